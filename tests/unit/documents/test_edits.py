"""What an edit does to a file, line by line; and what it refuses rather than change more than it was asked to."""

from __future__ import annotations

import difflib

import pytest

from milepost.documents.edits import Append, Edit, EditError, New, Plain, Put, Remove, edit_document, write_document
from milepost.documents.yaml import read_plan_file

PLAN = """\
# yaml-language-server: $schema=milestone.schema.json
id: public-beta   # the id
title: Public beta

due: 2027-03-15      # time-bound:
                     # a date or a release
because:             # the reason
  # for the latest change
  dependency: vendor   # two weeks late
labels: [maps]
blocked: {since: 2027-02-03, by: no API key,   # from the vendor
          owner: ada}
measures:
  - {text: 8 of 10, met: 2027-02-20}   # the first
  - text: p95
    met: 2027-01-01 # seen
notes: |  # Markdown
  hello

  world

estimate:
tasks:
- id: schema
  title: Agree
  # nothing more yet
# the end
"""
ORDER = ("id", "title", "goal", "due", "owner", "estimate", "labels", "tasks", "finished")


def difference(before: str, edits: list[Edit]) -> list[str]:
    """The lines that are gone and new, each with `-` or `+`. Whatever was asked for, the result is a plan file."""
    after = edit_document(before.encode(), edits).decode()
    assert read_plan_file(after.encode()).problems == ()
    return [line for line in difflib.ndiff(before.splitlines(True), after.splitlines(True)) if line[0] in "-+"]


CASES: dict[str, tuple[Edit, list[str]]] = {
    "a date, and its comment stays": (
        Put(("due",), Plain("2027-04-15")),
        ["- due: 2027-03-15      # time-bound:\n", "+ due: 2027-04-15      # time-bound:\n"],
    ),
    "text that looks like a date is quoted": (
        Put(("title",), "2024-01-02"),
        ["- title: Public beta\n", '+ title: "2024-01-02"\n'],
    ),
    "text that looks like a word of YAML is quoted": (
        Put(("title",), "no"),
        ["- title: Public beta\n", '+ title: "no"\n'],
    ),
    "text that looks like a time is quoted": (
        Put(("title",), "12:30"),
        ["- title: Public beta\n", '+ title: "12:30"\n'],
    ),
    "the same value": (Put(("labels",), ["maps"]), []),
    "a value in brackets": (
        Put(("blocked", "by"), "no key, no map"),
        [
            "- blocked: {since: 2027-02-03, by: no API key,   # from the vendor\n",
            '+ blocked: {since: 2027-02-03, by: "no key, no map",   # from the vendor\n',
        ],
    ),
    "a key in brackets": (
        Put(("blocked", "why"), "x"),
        ["-           owner: ada}\n", "+           owner: ada, why: x}\n"],
    ),
    "a value where none was": (Put(("estimate",), Plain("3d")), ["- estimate:\n", "+ estimate: 3d\n"]),
    "a new key goes to its place, below the comment there": (Put(("owner",), "ada", ORDER), ["+ owner: ada\n"]),
    "a new key that has no place goes last": (Put(("audience",), "public", ORDER), ["+ audience: public\n"]),
    "a mapping over a mapping": (
        Put(("because",), {"scope": "sales # 2"}),
        ["-   dependency: vendor   # two weeks late\n", '+   scope: "sales # 2"   # two weeks late\n'],
    ),
    "text over a mapping": (
        Put(("because",), "unknown"),
        [
            "- because:             # the reason\n",
            "+ because: unknown             # the reason\n",
            "-   dependency: vendor   # two weeks late\n",
        ],
    ),
    "a mapping over text": (Put(("title",), {"scope": "text"}), ["- title: Public beta\n", "+ title: {scope: text}\n"]),
    "a long mapping over text": (
        Put(("title",), {"scope": "w" * 60, "risk": "v" * 60}),
        ["- title: Public beta\n", "+ title:\n", f"+   scope: {'w' * 60}\n", f"+   risk: {'v' * 60}\n"],
    ),
    "a mapping in a mapping": (
        Put(("title",), {"v1.5": {"due": Plain("2027-06-09"), "because": {"external": "the store"}}}),
        ["- title: Public beta\n", "+ title:\n", "+   v1.5:\n", "+     due: 2027-06-09\n",
         "+     because: {external: the store}\n"],
    ),
    "one line over a block of text": (
        Put(("notes",), "short"),
        ["- notes: |  # Markdown\n", "-   hello\n", "- \n", "-   world\n", "+ notes: short  # Markdown\n"],
    ),
    "a block of text over one line": (
        Put(("title",), "# One\n\ntwo"),
        ["- title: Public beta\n", "+ title: |-\n", "+   # One\n", "+ \n", "+   two\n"],
    ),
    "an entry of a list": (Append(("labels",), "a: b"), ["- labels: [maps]\n", '+ labels: [maps, "a: b"]\n']),
    "an entry laid out as the others": (
        Append(("tasks",), {"id": "tiles", "title": "Serve tiles"}),
        ["+ - id: tiles\n", "+   title: Serve tiles\n"],
    ),
    "an entry below one in lines": (
        Append(("measures",), {"text": "fast", "met": Plain("2027-03-01")}),
        ["+   - text: fast\n", "+     met: 2027-03-01\n"],
    ),
    "an entry of a list that is not there yet": (Append(("links",), "https://x.y"), ['+ links: ["https://x.y"]\n']),
    "an entry of a list that is empty": (Append(("estimate",), "word"), ["- estimate:\n", "+ estimate: [word]\n"]),
    "a key of an entry": (Put(("tasks", 0, "finished"), Plain("2027-03-01"), ORDER), ["+   finished: 2027-03-01\n"]),
    "a key of a mapping that is missing": (Put(("raci", "informed"), ["sales"]), ["+ raci: {informed: [sales]}\n"]),
    "a key and its comments are removed": (Remove(("estimate",)), ["- estimate:\n"]),
    "a mapping is removed": (
        Remove(("because",)),
        ["- because:             # the reason\n", "-   # for the latest change\n",
         "-   dependency: vendor   # two weeks late\n"],
    ),
    "a block of text is removed": (
        Remove(("notes",)),
        ["- notes: |  # Markdown\n", "-   hello\n", "- \n", "-   world\n"],
    ),
    "an entry is removed": (
        Remove(("measures", 0)),
        ["-   - {text: 8 of 10, met: 2027-02-20}   # the first\n"],
    ),
    "the first key of an entry is removed": (
        Remove(("measures", 1, "text")),
        ["-   - text: p95\n", "-     met: 2027-01-01 # seen\n", "+   - met: 2027-01-01 # seen\n"],
    ),
    "the first key in brackets is removed": (
        Remove(("measures", 0, "text")),
        ["-   - {text: 8 of 10, met: 2027-02-20}   # the first\n", "+   - {met: 2027-02-20}   # the first\n"],
    ),
    "the only entry is removed": (Remove(("labels", 0)), ["- labels: [maps]\n", "+ labels: []\n"]),
}  # fmt: skip


def lines_of(difference: list[str]) -> list[str]:
    return [line for line in difference if not line.startswith("?")]


@pytest.mark.parametrize(("edit", "expected"), CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_the_lines_that_were_meant(edit: Edit, expected: list[str], line_break: str) -> None:
    found = difference(PLAN.replace("\n", line_break), [edit])
    assert sorted(lines_of(found)) == sorted(line.replace("\n", line_break) for line in expected)


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("", Put(("a",), "b"), "a: b\n"),
        ("# only\n# comments\n", Put(("a",), "b"), "# only\n# comments\na: b\n"),
        ("# no line end", Put(("a",), "b"), "# no line end\na: b"),
        ("---\n# x\n", Put(("a",), {"b": "c"}), "---\n# x\na: {b: c}\n"),
        ("{}\n", Put(("a",), "b"), "{a: b}\n"),
        ("a: 1", Put(("b",), "c"), "a: 1\nb: c"),
        ("a: 1\nb: 2", Remove(("b",)), "a: 1"),
        ("a: |\n  x\nb: 2", Remove(("b",)), "a: |\n  x\n"),
        ("a:\t1\t# tab\n", Put(("a",), "b"), "a:\tb\t# tab\n"),
        ("a:   # c\n", Put(("a",), "b"), "a: b   # c\n"),
        ("a:\n- 1\n-\n", Put(("a", 1), "x"), "a:\n- 1\n- x\n"),
        ("a: |+\n  x\n\nb: 1\n", Put(("c",), "d", ("a", "c")), "a: |+\n  x\n\nc: d\nb: 1\n"),
        ("a:\n  long\n  text # c\n", Put(("a",), "b"), "a:\n  b # c\n"),
        ("a:\n  b: 1 # c\nd: 2\n", Put(("a",), {"e": "f"}), "a:\n  e: f # c\nd: 2\n"),
        ("a: # c\n  # d\n  b: 1 # e", Put(("a",), {"f": "g"}), "a: # c\n  # d\n  f: g # e"),
        ('a: "x\n  y" # c\n', Put(("a",), ["b"]), "a: [b] # c\n"),
        ("a: {b, c: , }\n", Put(("a", "b"), "x"), "a: {b: x, c: , }\n"),
        ("a: {b, c: , }\n", Put(("a", "c"), "x"), "a: {b, c: x , }\n"),
        ("a: [b, # c\n  d]\n", Remove(("a", 0)), "a: [d]\n"),
        ("a: [b, # c\n  d]\n", Remove(("a", 1)), "a: [b, # c\n  ]\n"),
        ("- - a\n  - b\n- c\n", Remove((0, 0)), "- - b\n- c\n"),
        ("- a: 1\n  # b\n  b: 2\n", Remove((0, "a")), "-\n  # b\n  b: 2\n"),
        ("a: !foo 1\nb: &x 2\nc: *x\n", Put(("a",), "b"), "a: b\nb: &x 2\nc: *x\n"),
        ("a: &x 2\nb: *x\n", Put(("b",), "c"), "a: &x 2\nb: c\n"),
        ("\ufeffa: 1\n", Put(("a",), "b"), "\ufeffa: b\n"),
        ("a: 1\nb: 2\n", Put((), {"c": "d"}), "c: d\n"),
    ],
)  # fmt: skip
def test_small_files(before: str, edit: Edit, after: str) -> None:
    assert edit_document(before.encode(), [edit]).decode() == after


def test_a_long_line_in_brackets_goes_on_below_its_first_key() -> None:
    task = (
        "tasks:\n  - {id: sign-in, title: Both customers sign in as themselves, estimate: 1d..3d, owner: dana}  # c\n"
    )
    after = edit_document(task.encode(), [Put(("tasks", 0, "started"), Plain("2026-11-09"))]).decode()
    assert after == task.replace("dana}", "dana,\n     started: 2026-11-09}")


def test_edits_build_on_each_other() -> None:
    edits: list[Edit] = [Append(("tasks",), {"id": "one"}), Put(("tasks", 0, "owner"), "ada"), Remove(("due",))]
    assert (
        edit_document(b"due: 2027-01-01\n", [Put(("id",), "x"), *edits])
        == b"id: x\ntasks:\n  - {id: one, owner: ada}\n"
    )


@pytest.mark.parametrize(
    ("before", "edit", "message"),
    [
        ("a: [\n", Put(("a",), "b"), "Line 2, column 1: This is not valid YAML"),
        ("a: 1\n---\nb: 2\n", Put(("a",), "b"), "A second document begins in line 2"),
        ("a: 1\na: 2\n", Put(("a",), "b"), "a is given 2 times"),
        ("a: &x 1\nb: *x\n", Put(("a",), "b"), "named &x"),
        ("a: {b: &x 1}\nb: *x\n", Remove(("a",)), "named &x"),
        ("a: &x {b: 1}\nb: *x\n", Put(("b", "b"), "c"), "that *x repeats"),
        ("a: 1\n", Put(("a", "b"), "c"), "no place for b"),
        ("a: [1]\n", Put(("a", 1), "c"), "no place for entry 2"),
        ("a: 1\n", Append(("a",), "c"), "added to a list only"),
        ("a: 1\n", Remove(("b",)), "There is no b in this file"),
        ("a: 1\n", Remove(("a", "b")), "There is no b in this file"),
        ("a: 1\n", Put(("b",), Plain("12:30")), "12:30 means different things"),
        ("a: 1\n", Put(("b",), Plain("x # y")), "can't be written without quotes"),
        ("a: 1\rb: 2\r", Put(("a",), "b"), "lone carriage return"),
        ("a: |\n  x", Put(("b",), "c"), "Changing b would change other parts"),
        ("? a\n: 1\n", Put(("b",), "c"), "Changing b would change other parts"),
        ("a: 1\n", Put(("b",), "x" * (1 << 20)), "more than 1,048,576 bytes"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_alone_is_refused(before: str, edit: Edit, message: str) -> None:
    with pytest.raises(EditError, match=message.replace("*", r"\*")) as caught:
        edit_document(before.encode(), [edit])
    assert caught.value.exit_code == 3
    assert caught.value.hint


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(EditError, match="not UTF-8"):
        edit_document(b"a: \xff\n", [Put(("a",), "b")])


def test_a_new_file_is_laid_out_the_standard_way() -> None:
    task: New = {"id": "schema", "title": "Agree: what?", "estimate": Plain("2d"), "depends_on": ["a", "b"]}
    written = write_document(
        {
            "id": "public-beta",
            "due": Plain("2027-03-15"),
            "because": {"scope": "no"},
            "labels": ["maps", "yes"],
            "measures": ["8 of 10 testers publish unaided"],
            "notes": "# One\n\ntwo\n",
            "tasks": [task, {"id": "long", "title": "t" * 100}],
        },
        "yaml-language-server: $schema=x.json",
    )
    assert written.decode() == (
        "# yaml-language-server: $schema=x.json\n"
        "id: public-beta\n"
        "due: 2027-03-15\n"
        'because: {scope: "no"}\n'
        'labels: [maps, "yes"]\n'
        "measures:\n"
        "  - 8 of 10 testers publish unaided\n"
        "notes: |\n"
        "  # One\n"
        "\n"
        "  two\n"
        "tasks:\n"
        '  - {id: schema, title: "Agree: what?", estimate: 2d, depends_on: [a, b]}\n'
        "  - id: long\n"
        f"    title: {'t' * 100}\n"
    )
    assert read_plan_file(written).problems == ()


def test_an_empty_new_file() -> None:
    assert write_document({}, "# nothing") == b"# nothing\n{}\n"
