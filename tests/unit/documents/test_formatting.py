"""The standard layout: what is laid out how, and where comments stay."""

from __future__ import annotations

from textwrap import dedent

import pytest

from milepost.documents.formatting import format_document
from milepost.documents.ignores import find_ignores
from milepost.documents.quoting import EditError

STANDARD = """\
    # yaml-language-server: $schema=../.schemas/milestone.schema.json
    # A comment on the file.

    # about the id
    id: public-beta
    title: Public beta
    measures:
      - 8 of 10 testers publish unaided
      - {text: p95 under 60 s, met: 2027-02-20}

    due: 2027-03-15  # the fair
    owner: ada           # aligned with something
    depends_on: [design-freeze, {item: importer/schema, type: SS}]
    tasks:  # the work
      - {id: schema, title: Agree the schema, estimate: 3d..5d,
         owner: bo, depends_on: [a,
                                 b]}
      # between tasks
      - id: server
        title: "Serve: tiles"
        notes: |-
          One
            two   \n
          # no comment
        # at the end of the task
      # at the end of the tasks
    notes: >  # folded
      a
      b
    # labels: [maps]
"""

CASES = {
    "keys in the order of the schema": ("due: 2027-03-15\ntitle: A\nid: a\n", "id: a\ntitle: A\ndue: 2027-03-15\n"),
    "in brackets too": (
        "id: a\ntasks: [{title: B, id: b, estimate: 3d}]\n",
        "id: a\ntasks: [{id: b, title: B, estimate: 3d}]\n",
    ),
    "an unknown key stays behind its neighbour": ("due: 1\nowr: x\nid: a\n", "id: a\ndue: 1\nowr: x\n"),
    "a list is indented under its key": ("labels:\n- a\n-   b\n", "labels:\n  - a\n  - b\n"),
    "indentation is two spaces": (
        "because:\n        scope: x\ntasks:\n    -   id: a\n        title: A\n",
        "because:\n  scope: x\ntasks:\n  - id: a\n    title: A\n",
    ),
    "one blank line at most, none at the ends": ("\n\nid: a\n\n\n\ntitle: A\n\n\n", "id: a\n\ntitle: A\n"),
    "no spaces at the ends of lines": ("id: a  \ntitle: A\t\n  \n", "id: a\ntitle: A\n"),
    "one space behind a colon": ("id:   a\ntitle:\n  A\n", "id: a\ntitle: A\n"),
    "spaces in brackets": ("labels: [ a,b , c ]\nbecause: { scope: x }\n", "because: {scope: x}\nlabels: [a, b, c]\n"),
    "a line end at the end": ("id: a", "id: a\n"),
    "no quotes that nobody needs": ("id: 'a'\n\"title\": \"A b\"\n", "id: a\ntitle: A b\n"),
    "quotes that some reader needs": (
        "title: 'no'\ndue: \"2027-03-15\"\nnotes: '8'\noutcome: 'a: b'\n",
        "title: 'no'\noutcome: 'a: b'\ndue: \"2027-03-15\"\nnotes: '8'\n",
    ),
    "quotes that brackets need": ("labels: ['a, b', 'c']\n", "labels: ['a, b', c]\n"),
    "lines that end in CRLF": ("title: A\r\nid: a\r\n\r\n", "id: a\r\ntitle: A\r\n"),
    "a file in brackets": ("{title: A, id: a}", "id: a\ntitle: A\n"),
    "the line --- goes": ("--- # c\nid: a\n...\n", "# c\nid: a\n"),
    "a comment goes where its key goes": (
        "# about the title\ntitle: A  # beside\n# about the id\nid: a\n",
        "# about the id\nid: a\n# about the title\ntitle: A  # beside\n",
    ),
    "a comment on the file stays at its top": ("# file\n\ntitle: A\nid: a\n", "# file\n\nid: a\ntitle: A\n"),
    "a line for editors stays at the top": ("# yaml-language-server: x\ntitle: A\nid: a\n",
                                            "# yaml-language-server: x\nid: a\ntitle: A\n"),
    "a comment at the end stays there": ("title: A\nid: a\n# owner: ada\n", "id: a\ntitle: A\n# owner: ada\n"),
    "a comment before a value": ("title:\n  # why\n  A\n", "# why\ntitle: A\n"),
    "a comment behind a dash": ("labels:\n  - # c\n    a\n", "labels:\n  - a  # c\n"),
    "a comment above the first key of an entry": (
        "tasks:\n  -\n    # c\n    id: a\n",
        "tasks:\n  # c\n  - id: a\n",
    ),
    "a comment in brackets makes lines of them": (
        "because: {  # why\n  # really\n  scope: x, # beside\n}\nlabels: [\n  a, # first\n  b\n  # last\n]\n",
        "because:  # why\n  # really\n  scope: x  # beside\nlabels:\n  - a  # first\n  - b\n  # last\n",
    ),
    "text over several lines": ("title: 'A\n     b\n\n  c'\n", "title: 'A\n  b\n\n  c'\n"),
    "blank lines that belong to text": ("notes: |+\n    a\n\n\nid: x\n", "id: x\nnotes: |+\n  a\n\n\n"),
    "text that begins with spaces": ("notes: |4\n      a\n    b\n", "notes: |2\n    a\n  b\n"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CASES.values(), ids=CASES)
def test_a_file_is_laid_out(old: str, new: str) -> None:
    assert format_document("milestone", old.encode()).decode() == new


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_standard_file_stays_byte_for_byte(end: str) -> None:
    data = dedent(STANDARD).replace("\n", end).encode()
    assert format_document("milestone", data) == data


@pytest.mark.parametrize("text", ["", "# only a comment", "  \n", "- a list\n", "text\n"])
def test_a_file_without_keys_stays_as_it_is(text: str) -> None:
    assert format_document("milestone", text.encode()) == text.encode()


@pytest.mark.parametrize(
    "text", ["id: [", "id: &a b\n", "a: 1\n---\nb: 2\n", "id: \udc80", "\ufeffid: a\n", "a: b\rc: d"]
)
def test_a_file_that_can_not_be_read_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(EditError, match=r"^Line \d+, column \d+: "):
        format_document("milestone", text.encode("utf-8", "surrogateescape"))


def test_a_key_that_is_given_twice_is_left_for_check() -> None:
    assert format_document("milestone", b"title: B\nid: a\ntitle: A\n") == b"id: a\ntitle: B\ntitle: A\n"


def test_tasks_people_and_actions_have_orders_of_their_own() -> None:
    plan = b"people:\n  zoe: {team: maps, name: Zoe}\n  ada:\n    works: 4d/w\n    name: Ada\ntitle: T\nmilepost: 1\n"
    assert format_document("plan", plan).decode() == (
        "milepost: 1\ntitle: T\npeople:\n  zoe: {name: Zoe, team: maps}\n  ada:\n    name: Ada\n    works: 4d/w\n"
    )
    risk = b"mitigation:\n  - {done: 2027-01-01, action: Ask}\nid: a\n"
    assert format_document("risk", risk) == b"id: a\nmitigation:\n  - {action: Ask, done: 2027-01-01}\n"


SILENCED = [
    "# milepost: ignore[no-owner] why\n\ntitle: A\nid: a\n",
    "# About all.\n# milepost: ignore[no-owner] why\n\ntitle: A\nid: a\n",
    "# About all.\n\n# milepost: ignore[no-owner] why\n\n# and more\n\ntitle: A\nid: a\n",
    "tasks:\n  - id: t\n  # milepost: ignore[no-owner] why\n\ntitle: A\nid: a\n",
    "tasks:\n  - title: T\n    id: t\n    # milepost: ignore[a] b\n  - id: u\n# milepost: ignore[a] b\nid: a\n",
]


@pytest.mark.parametrize("text", SILENCED)
def test_a_comment_that_silences_stays_above_what_it_is_about(text: str) -> None:
    def targets(data: bytes) -> list[tuple[tuple[str, ...], str]]:
        lines = data.decode().split("\n")
        return sorted((one.rules, lines[one.target - 1].strip(" -")) for one in find_ignores(data))

    new = format_document("milestone", text.encode())
    assert new.decode() != text
    assert targets(new) == targets(text.encode())
    assert format_document("milestone", new) == new
