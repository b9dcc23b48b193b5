"""Commits are read from their bytes as leniently as git reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.repository.commits import NO_TIME, describe_commit, parse_commit
from milepost.repository.objects import DamagedError, Object

ID, TREE, ONE, TWO = ("1" * 40, "a" * 40, "b" * 40, "c" * 40)
PEOPLE = "author Ada Ash <ada@example.org> 1 +0000\ncommitter Bo Lind <bo@example.org> 1799000000 +0100"


def commit(head: str, message: bytes = b"Subject\n") -> Object:
    return Object("commit", head.encode() + b"\n\n" + message)


@pytest.mark.parametrize("parents", [(), (ONE,), (ONE, TWO)])
def test_its_place_in_history(parents: tuple[str, ...]) -> None:
    lines = [f"tree {TREE}", *(f"parent {parent}" for parent in parents), PEOPLE]
    found = parse_commit(ID, commit("\n".join(lines)))
    assert (found.tree, found.parents) == (TREE, parents)


def test_a_parent_that_the_message_names_is_none() -> None:
    found = parse_commit(
        ID, commit(f"tree {TREE}\n{PEOPLE}\nmergetag object {ONE}\n parent {ONE}", b"parent " + ONE.encode())
    )
    assert found.parents == ()


@pytest.mark.parametrize("head", ["", "tree 12", f"parent {ONE}", f"tree {TREE[:-1]}g"])
def test_without_a_tree_it_is_damaged(head: str) -> None:
    with pytest.raises(DamagedError, match=ID):
        parse_commit(ID, commit(head))


def test_another_kind_of_object_is_damage() -> None:
    with pytest.raises(DamagedError, match="is a blob where a commit is expected"):
        parse_commit(ID, Object("blob", b""))


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (PEOPLE, ("Ada Ash", "ada@example.org", 1799000000)),
        ("author A <a@b> 1 +0\ncommitter A <a@b> -5 +0000", ("A", "a@b", -5)),
        ("author A <a@b> 1 +0\ncommitter A <a@b> 100000000000000 +9959", ("A", "a@b", 100000000000000)),
        ("author A <a@b> 1 +0\ncommitter A <a@b> 12", ("A", "a@b", 12)),
        ("author A <a@b> 1 +0\ncommitter A <a@b> " + "9" * 30 + " +0000", ("A", "a@b", NO_TIME)),
        ("author A <a@b> 1 +0\ncommitter A <a@b> soon", ("A", "a@b", NO_TIME)),
        ("author A <a@b> 1 +0\ncommitter A <x> 7 <a@b> 5 +0000", ("A", "a@b", 5)),
        ("author  A   <  a@b > 1 +0\ncommitter A <a@b> 5 +0000", ("A", "a@b", 5)),
        ("author A\ncommitter", ("A", "", NO_TIME)),
        ("author <>\ncommitter <>", ("", "", NO_TIME)),
        ("", ("", "", NO_TIME)),
    ],
)
def test_people_and_times(people: str, told: tuple[str, str, int]) -> None:
    found = describe_commit(parse_commit(ID, commit(f"tree {TREE}\n{people}")))
    assert (found.name, found.email, found.time) == told


@pytest.mark.parametrize(
    ("header", "message", "text"),
    [
        ("", "Löschen".encode(), "Löschen"),
        ("encoding ISO-8859-1", "Löschen".encode("latin-1"), "Löschen"),
        ("encoding nonsense", "Löschen".encode(), "Löschen"),
        ("encoding \u0661", "Löschen".encode(), "Löschen"),
        ("", b"L\xf6schen", "L\ufffdschen"),
        ("", b"\n\n  a \n\n b\0 \n", "a \n\n b\ufffd"),
        ("", b"", ""),
    ],
)
def test_messages(header: str, message: bytes, text: str) -> None:
    head = "\n".join([f"tree {TREE}", PEOPLE, *([header] if header else [])])
    assert describe_commit(parse_commit(ID, commit(head, message))).message == text


LINES = st.binary(max_size=20).map(lambda raw: raw.replace(b"\n", b""))


@given(LINES, LINES, st.integers(0, 10**19), st.binary(max_size=40))
def test_a_usual_head_is_read_as_any_other(name: bytes, email: bytes, when: int, message: bytes) -> None:
    person = b"%s <%s> %d +0100" % (name, email, when)
    head = b"tree %s\nparent %s\nauthor %s\ncommitter %s" % (TREE.encode(), ONE.encode(), person, person)
    usual, other = (
        describe_commit(parse_commit(ID, Object("commit", head + more + b"\n\n" + message)))
        for more in (b"", b"\nencoding utf-8")
    )
    assert usual == other
