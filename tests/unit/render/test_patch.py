"""What an edit is said to have changed, and the difference that `--dry-run` shows."""

from __future__ import annotations

from milepost.render.patch import Change, render_patch, render_saved


def test_a_line_for_each_file_with_each_field_once() -> None:
    files = {"a.yaml": (b"x", b"y"), "b.yaml": (None, b"z")}
    changes: list[Change] = [
        ("a.yaml", "labels", None, ["x"]),
        ("a.yaml", "labels", ["x"], ["x", "y"]),
        ("a.yaml", "items", "one", "two"),
        ("a.yaml", "items", "three", "four"),
        ("a.yaml", "because", {"risk": "old"}, {"scope": "new: words"}),
    ]
    assert render_saved(files, changes).splitlines() == [
        "a.yaml: labels [x, y], items one → two, items three → four, because scope: new: words",
        "b.yaml: new",
    ]


def test_a_moved_file_is_one_line() -> None:
    files = {"a.yaml": (b"x", None), "b.yaml": (None, b"y")}
    assert render_saved(files, [("a.yaml", "id", "a", "b")]) == "b.yaml: id a → b (was a.yaml)\n"


def test_the_difference_is_harmless_and_knows_line_ends() -> None:
    old, new = b"a: 1\r\nb: 2", b"a: \x1b[2J\r\nb: 2"
    shown = render_patch({"a\n.yaml": (old, new)}, False)
    assert shown.splitlines() == [
        "--- a/a\\x0a.yaml", "+++ b/a\\x0a.yaml", "@@ -1,3 +1,3 @@", "-a: 1", "+a: \\x1b[2J", " b: 2",
        "\\ No newline at end of file",
    ]  # fmt: skip
    assert "\x1b[32m+a: 2\x1b[0m" in render_patch({"a": (b"a: 1\n", b"a: 2\n")}, True)
