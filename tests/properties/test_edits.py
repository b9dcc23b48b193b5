"""An edit changes what it was asked to change and no other line, whatever the document looks like.

PyYAML, which Milepost does not use, is the judge of what a document holds and where its values are written.
"""

from __future__ import annotations

import copy
import os
import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from milepost.documents.edits import Append, Edit, EditError, New, Plain, Put, Remove, edit_document
from tests.properties.documents import documents

Path = tuple[str | int, ...]
Data = Any  # what a document holds, every scalar as text

NASTY = [
    "no",
    "12:30",
    "2024-01-02",
    "~",
    "",
    "a: b",
    "# x",
    " lead",
    "trail ",
    "two\nlines\n",
    "\n",
    "[x",
    "x, y",
    "it's",
]
NASTY += ['say "hi"', "back\\slash", "tab\there", "\x07", "\u2028", "%x", "@x", "- x", "? x", "x:", "null", "1e3", "<<"]
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=20))
plains = st.sampled_from(["2027-04-01", "30", "30%", "true", "3d..5d", "1.10"]).map(Plain)
scalars = st.one_of(texts, plains)
values: st.SearchStrategy[New] = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=5,
)


def read(text: str) -> Data:
    """The data, every scalar as text."""
    return yaml.load(text, yaml.BaseLoader)


def compose(text: str) -> yaml.Node:
    """The data with its places."""
    node = yaml.compose(text, yaml.SafeLoader)
    assert node is not None
    return node


def as_data(value: New) -> Data:
    if isinstance(value, dict):
        return {key: as_data(entry) for key, entry in value.items()}
    return [as_data(entry) for entry in value] if isinstance(value, list) else str(value)


def as_new(data: Data) -> New:
    """The same data, to be written again."""
    new: New = copy.deepcopy(data)
    return new


def nodes(node: yaml.Node, path: Path = ()) -> list[tuple[Path, yaml.Node]]:
    """Every value with what leads to it."""
    found = [(path, node)]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found += nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            found += nodes(value, (*path, number))
    return found


def last_line(text: str, node: yaml.Node) -> int:
    """The line that a value ends in, counted from 0."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return last_line(text, last[1] if isinstance(last, tuple) else last)
    written = text[node.start_mark.index : node.end_mark.index]
    header = written.partition("\n")[0].partition("#")[0]
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and "+" in header:
        written = written.rstrip(" ")  # blank lines at its end belong to it
        kept: int = node.start_mark.line + written.count("\n") - written.endswith("\n")
        return kept
    written = written.rstrip()
    end: int = node.start_mark.line + written.count("\n")
    return end


def lines_of(text: str, root: yaml.Node, path: Path) -> tuple[int, int]:
    """The first and the last line of an entry, its key or dash included."""
    where = dict(nodes(root))
    parent, node = where[path[:-1]], where[path]
    if in_brackets(root, path[:-1]):
        return parent.start_mark.line, last_line(text, parent)
    if isinstance(parent, yaml.MappingNode):
        key = next(key for key, value in parent.value if value is node)
        return key.start_mark.line, max(key.start_mark.line, last_line(text, node))
    number = path[-1]
    assert isinstance(number, int)
    first = last_line(text, parent.value[number - 1]) + 1 if number else parent.start_mark.line
    return min(first, node.start_mark.line), last_line(text, node)


def in_brackets(root: yaml.Node, path: Path) -> bool:
    where = dict(nodes(root))
    above = [where[path[:depth]] for depth in range(len(path) + 1)]
    return any(node.flow_style for node in above if isinstance(node, yaml.CollectionNode))


def edit(text: str, change: Edit) -> str:
    """The new text. What would change a block of text beside it is refused: its last lines depend on what follows."""
    try:
        return edit_document(text.encode(), [change]).decode()
    except EditError:
        has_block = re.search(r"[:-] [|>]([+]|[-]?[ \r\n])", text)
        assume(not has_block or (text.endswith("\n") and "|+" not in text and ">+" not in text))
        assume(not has_block or not isinstance(change, Remove))
        raise


def lines_in(text: str) -> list[str]:
    """The lines without their ends; an empty one at the end stands for the last line end."""
    return text.replace("\r\n", "\n").split("\n")


def require_same_form(old: str, new: str) -> None:
    """Line ends are of the same kind, and the last line has one or none as before."""
    assert new.count("\r\n") == (new.count("\n") if "\r\n" in old else 0)
    blank = "" in old.splitlines()  # where a blank line becomes the last one, it looks like a line end
    assert old.endswith("\n") == new.endswith("\n") or blank


def require_only_lines(old: str, new: str, first: int, last: int) -> None:
    """Nothing changed above the first line and below the last one."""
    before, after = lines_in(old), lines_in(new)
    below = before[last + 1 :]
    assert after[:first] == before[:first]
    assert after[len(after) - len(below) :] == below
    assert len(after) >= first + len(below)


def require_lines_added(old: str, new: str) -> None:
    """All old lines are there, and what is new is in one place."""
    before, after = lines_in(old), lines_in(new)
    count = len(after) - len(before)
    assert count > 0
    assert any(after[:at] + after[at + count :] == before for at in range(len(before) + 1))


def place(data: Data, path: Path) -> Data:
    for step in path:
        data = data[step]
    return data


@st.composite
def places(draw: st.DrawFn, kinds: tuple[type[yaml.Node], ...]) -> tuple[str, yaml.Node, Path]:
    """A document, and what leads to a value of some kind in it."""
    text = draw(documents())
    root = compose(text)
    paths = [path for path, node in nodes(root) if isinstance(node, kinds)]
    assume(paths)
    return text, root, draw(st.sampled_from(paths))


ANY = (yaml.Node,)
rounds = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None, max_examples=60
)


@rounds
@given(places(ANY), values)
def test_a_value_is_replaced(given: tuple[str, yaml.Node, Path], value: New) -> None:
    text, root, path = given
    assume(path)
    new = edit(text, Put(path, value))
    intended = read(text)
    old = place(intended, path)
    place(intended, path[:-1])[path[-1]] = as_data(value)
    assert read(new) == intended
    require_same_form(text, new)
    require_only_lines(text, new, *lines_of(text, root, path))
    place(intended, path[:-1])[path[-1]] = old
    assert read(edit(new, Put(path, as_new(old)))) == intended


@rounds
@given(places((yaml.ScalarNode,)), scalars)
def test_between_scalars_only_the_scalar_changes(given: tuple[str, yaml.Node, Path], value: str) -> None:
    text, root, path = given
    node = dict(nodes(root))[path]
    assert isinstance(node, yaml.ScalarNode)
    assume(node.style not in ("|", ">") and "\n" not in value)
    new = edit(text, Put(path, value))
    is_bare = node.start_mark.index == node.end_mark.index and text[: node.start_mark.index].rstrip()[-1] not in ":-"
    assume(not is_bare)  # a key without a colon, in brackets
    assert new.startswith(text[: node.start_mark.index].rstrip(" "))
    assert new.endswith(text[node.end_mark.index :])
    written = dict(nodes(compose(new)))[path]
    assert written.value == value
    if not isinstance(value, Plain):
        assert written.tag == "tag:yaml.org,2002:str"


@rounds
@given(places((yaml.MappingNode,)), values, st.permutations(["id", "title", "new key", "due", "x-y"]))
def test_a_key_is_added(given: tuple[str, yaml.Node, Path], value: New, order: list[str]) -> None:
    text, root, path = given
    new = edit(text, Put((*path, "new key"), value, tuple(order)))
    intended = read(text)
    place(intended, path)["new key"] = as_data(value)
    assert read(new) == intended
    require_same_form(text, new)
    if in_brackets(root, path):
        require_only_lines(text, new, *lines_of(text, root, path))
    else:
        require_lines_added(text, new)
    keys = list(place(read(new), path))
    before = [key for key in order[: order.index("new key")] if key in keys]
    assert keys.index("new key") == (keys.index(before[-1]) + 1 if before else len(keys) - 1)
    assert read(edit(new, Remove((*path, "new key")))) == read(text)


@rounds
@given(places((yaml.SequenceNode,)), values)
def test_an_entry_is_added(given: tuple[str, yaml.Node, Path], value: New) -> None:
    text, root, path = given
    new = edit(text, Append(path, value))
    intended = read(text)
    place(intended, path).append(as_data(value))
    assert read(new) == intended
    require_same_form(text, new)
    if in_brackets(root, path):
        require_only_lines(text, new, *lines_of(text, root, path))
    else:
        require_lines_added(text, new)
    assert read(edit(new, Remove((*path, len(place(intended, path)) - 1)))) == read(text)


@rounds
@given(places(ANY))
def test_an_entry_is_removed(given: tuple[str, yaml.Node, Path]) -> None:
    text, root, path = given
    assume(path)
    new = edit(text, Remove(path))
    intended = read(text)
    old = place(intended, path)
    del place(intended, path[:-1])[path[-1]]
    assert read(new) == intended
    require_same_form(text, new)
    is_alone = not place(intended, path[:-1]) and len(path) > 1
    first, last = lines_of(text, root, path[:-1] if is_alone else path)
    is_beside_dash = text.splitlines()[first].lstrip().startswith("- ")
    require_only_lines(text, new, first, last + is_beside_dash)  # what follows may take its place there
    if isinstance(path[-1], str):
        assert read(edit(new, Put(path, as_new(old)))) == read(text)


@pytest.mark.soak
@settings(rounds, max_examples=200 if os.environ.get("MILEPOST_SOAK") == "short" else 20_000)
@given(documents(), st.data())
def test_many_edits_in_a_row(text: str, data: st.DataObject) -> None:
    for _ in range(4):
        paths = [path for path, _ in nodes(compose(text)) if path]
        path, value = data.draw(st.sampled_from(paths)), data.draw(values)
        intended = read(text)
        place(intended, path[:-1])[path[-1]] = as_data(value)
        text = edit(text, Put(path, value))
        assert read(text) == intended
