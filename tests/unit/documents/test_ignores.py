"""Comments that silence a finding: which lines are such comments, what they are about, and how they are taken out."""

from __future__ import annotations

import pytest

from milepost.documents.ignores import drop_ignores, find_ignores
from milepost.documents.yaml import read_plan_file

# a file, and for each comment its line, column, rules, reason and the line that it is about
FILES = [
    ("id: a\n", []),
    ("# milepost: ignore[no-owner] later\nid: a\n", [(1, 1, ("no-owner",), "later", 2)]),
    ("#milepost:ignore[ a , b-c ]: why\nid: a\n", [(1, 1, ("a", "b-c"), "why", 2)]),
    ("id: a\n  # milepost: ignore[a]\n\n# and more\ntitle: A\n", [(2, 3, ("a",), "", 5)]),
    ("# milepost: ignore[a] x\n# milepost: ignore[b] y\nid: a\n", [(1, 1, ("a",), "x", 3), (2, 1, ("b",), "y", 3)]),
    ("id: a\n# milepost: ignore[a] at the end\n", [(2, 1, ("a",), "at the end", 0)]),
    ("# milepost: ignore everything\nid: a\n", [(1, 1, (), "", 2)]),
    ("# milepost: ignored[a]\nid: a\n", []),
    ("id: a # milepost: ignore[a] behind something\n", []),
    ("id: a\r\n# milepost: ignore[a] x\r\ntitle: A\r\n", [(2, 1, ("a",), "x", 3)]),
    ("notes: |\n  # milepost: ignore[a] in a block\n\n  # milepost: ignore[b]\nid: a\n", []),
    ("notes: |\n  text\n# milepost: ignore[a] below a block\nid: a\n", [(3, 1, ("a",), "below a block", 4)]),
    ("notes: >-\n  text\n\n\n# milepost: ignore[a] below\nid: a\n", [(5, 1, ("a",), "below", 6)]),
    ('title: "x\n  # milepost: ignore[a] in quotes\n  y"\n', []),
    ("title: 'x\n\n  # milepost: ignore[a] in quotes'\nid: a\n", []),
    ("title: x\n  y\n  # milepost: ignore[a] z\nid: a\n", [(3, 3, ("a",), "z", 4)]),
    ("labels: [a,\n  # milepost: ignore[a] in brackets\n  b]\n", [(2, 3, ("a",), "in brackets", 3)]),
    ("id: [\n# milepost: ignore[a] does not parse\n", []),
    ("id: a\n# milepost: ignore[a] \u202e\ntitle: A\n", []),
]


@pytest.mark.parametrize(("text", "expected"), FILES)
def test_comments_are_found_and_texts_are_not(text: str, expected: list[tuple[object, ...]]) -> None:
    found = find_ignores(text.encode())
    assert [(one.line, one.column, one.rules, one.reason, one.target) for one in found] == expected


def test_a_rule_is_named_once() -> None:
    (one,) = find_ignores(b"# milepost: ignore[a, b, a, a] x\nid: a\n")
    assert one.rules == ("a", "b")


def test_many_comments_take_a_moment() -> None:
    found = find_ignores(b"# milepost: ignore[a] x\n" * 40_000 + b"id: a\n")
    assert {one.target for one in found} == {40_001}


def test_a_file_that_is_no_text_has_no_comments() -> None:
    assert find_ignores(b"# milepost: ignore[a]\xff\n") == []


# a file, what is named in vain, and what is left
DROPPED = [
    ("# milepost: ignore[a] x\nid: a\n", {1: {"a"}}, "id: a\n"),
    ("# milepost: ignore[a, b] x\nid: a\n", {1: {"a"}}, "# milepost: ignore[b] x\nid: a\n"),
    ("id: a\r\n  # milepost: ignore[a]\r\ntitle: é", {2: {"a"}}, "id: a\r\ntitle: é"),
    ("id: a\n# milepost: ignore[a]", {2: {"a"}}, "id: a\n"),
    ("# milepost: ignore[a]\n# milepost: ignore[b]\nid: a\n", {2: {"b"}}, "# milepost: ignore[a]\nid: a\n"),
    ("# milepost: ignore[a]\nid: a\n", {2: {"a"}}, "# milepost: ignore[a]\nid: a\n"),
]


@pytest.mark.parametrize(("text", "unused", "left"), DROPPED)
def test_only_what_is_named_in_vain_is_taken_out(text: str, unused: dict[int, set[str]], left: str) -> None:
    frozen = {line: frozenset(rules) for line, rules in unused.items()}
    assert drop_ignores(text.encode(), frozen) == left.encode()


KEPT = [  # a file in which a text keeps its blank lines, and what is left of it
    ("notes: |+\n  a\n\n# milepost: ignore[a] x\n\nid: a\n", "notes: |+\n  a\n\nid: a\n"),
    ("notes: |+\n  a\n# milepost: ignore[a] x\n\n\n# more\nid: a\n", "notes: |+\n  a\n# more\nid: a\n"),
]


@pytest.mark.parametrize(("text", "left"), KEPT)
def test_no_text_grows_where_a_comment_is_taken_out(text: str, left: str) -> None:
    (ignore,) = find_ignores(text.encode())
    mended = drop_ignores(text.encode(), {ignore.line: frozenset({"a"})})
    assert mended == left.encode()
    assert read_plan_file(mended).data == read_plan_file(text.encode()).data
