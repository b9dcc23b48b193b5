"""A plan while it is edited: each change is made on the bytes of its file, and nothing is written here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from milepost.documents.edits import Append, Edit, EditError, New, Plain, Put, Remove, edit_document, write_document
from milepost.documents.foreign import read_foreign_file
from milepost.documents.marked import Text
from milepost.documents.quoting import is_plain_text
from milepost.documents.values import Keys, field_names, to_value
from milepost.errors import MilepostError
from milepost.loader.findings import find_all
from milepost.loader.layout import Layout
from milepost.loader.overlay import Overlay
from milepost.loader.plan import load_plan, plan_names
from milepost.model.finding import Finding, Level
from milepost.model.history import History
from milepost.model.item import Item, Place, Pointer, Value
from milepost.repository.files import Entry, Tree

_NAMING = ("id", "item", "text", "action", "who")  # keys by which an entry of a list is known


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What became of one field. `label` says what it belongs to where a file holds several items."""

    path: str
    label: str
    field: str
    old: Value | None
    new: Value | None


class Draft:
    """One version of a plan, and what some edits would make of it."""

    def __init__(self, tree: Tree, layout: Layout) -> None:
        self._tree = tree
        self._layout = layout
        #: The plan before the edits, and a line for each of its files that can't be read.
        self.plan, self.unreadable = load_plan(tree, layout)
        self._read: dict[str, bytes | None] = {}  # as the files were when they were first touched
        self._files: dict[str, bytes | None] = {}  # as they would be
        self._renamed: list[tuple[str, str]] = []
        self.changes: list[FieldChange] = []

    def unopened(self) -> list[str]:
        """Names of plan files that are no regular files, such as links: nobody knows which items they hold."""
        return [entry.path for entry in plan_names(self._tree, self._layout) if not entry.regular]

    def files(self) -> dict[str, tuple[bytes | None, bytes | None]]:
        """The files that would change: what they held (None: no file), and what they would hold (None: none)."""
        pairs = {path: (self._read[path], data) for path, data in self._files.items()}
        return {path: pair for path, pair in sorted(pairs.items()) if pair[0] != pair[1]}

    def value(self, item: Item, keys: Keys) -> Value | None:
        """What a field says by now; None where it says nothing."""
        if (short := self._short_release(item)) is not None:
            return short if keys == ("due",) else None
        return self._look_up(item.place.path, (*item.place.pointer, *keys))

    def put(self, item: Item, keys: Keys, value: New) -> None:
        """Gives a field a value. Where it has that already, nothing changes."""
        old, new = self.value(item, keys), to_value(value)
        if _says(old, value):
            return
        if (short := self._short_release(item)) is not None and keys != ("due",):
            long: dict[str, New] = {"due": Plain(short), keys[0]: value}
            self._edit(item.place.path, Put(item.place.pointer, long))
        else:
            pointer = item.place.pointer if short is not None else (*item.place.pointer, *keys)
            self._edit(item.place.path, Put(pointer, value, self._order(item, keys)))
        self._note(item, keys, old, new)

    def append(self, item: Item, keys: Keys, value: New) -> None:
        """Adds an entry to a list. Where it is there already, nothing changes."""
        old = self.value(item, keys)
        entries = old if isinstance(old, list) else []
        if to_value(value) in entries:
            return
        pointer = (*item.place.pointer, *keys)
        self._edit(item.place.path, Append(pointer, value, self._order(item, keys)))
        self._note(item, keys, old, [*entries, to_value(value)])

    def remove(self, item: Item, keys: Keys) -> None:
        """Takes a field out, and the mapping around it where that has nothing else."""
        old = self.value(item, keys)
        if old is None:
            return
        while len(keys) > 1 and isinstance(around := self.value(item, keys[:-1]), dict) and len(around) == 1:
            keys = keys[:-1]
        self._edit(item.place.path, Remove((*item.place.pointer, *keys)))
        self._note(item, keys, old, None)

    def remove_entry(self, item: Item, keys: Keys, entry: str) -> bool:
        """Takes an entry out of a list; a mapping is named by its first key, such as `item`. False: there is none."""
        old = self.value(item, keys)
        entries = old if isinstance(old, list) else []
        number = next((number for number, one in enumerate(entries) if _is_named(one, entry)), None)
        if number is None:
            return False
        if len(entries) == 1:
            self.remove(item, keys)
            return True
        self._edit(item.place.path, Remove((*item.place.pointer, *keys, number)))
        self._note(item, keys, old, [one for one in entries if one is not entries[number]])
        return True

    def rewrite(self, item: Item, place: Place, text: str) -> None:
        """Replaces one text somewhere in a field of an item."""
        old = self._look_up(*place)
        self._edit(place.path, Put(place.pointer, text))
        self._note(item, (str(place.pointer[len(item.place.pointer)]),), old, text)

    def create(self, path: str, fields: dict[str, New], header: str) -> None:
        """A new file. Raises where something of that name is there."""
        folder = path.rpartition("/")[0]
        names = {entry.path.casefold(): entry.path for entry in self._tree.entries(folder)}
        if path.casefold() in names:
            raise MilepostError(f"{names[path.casefold()]} is there already.", "give another id: --id ID")
        self._read[path], self._files[path] = None, write_document(fields, header)

    def move(self, path: str, target: str) -> None:
        """Gives a file another name. Raises where something of that name is there."""
        data = self._data(path)
        if any(entry.path.casefold() == target.casefold() for entry in self._tree.entries(target.rpartition("/")[0])):
            raise MilepostError(f"{target} is there already.", "leave out --move, the name of a file means nothing")
        self._read.setdefault(target, None)
        self._files[target], self._files[path] = data, None

    def say_renamed(self, old: str, new: str) -> None:
        """Tells that an id changed, so that an error which was there before is not taken for a new one."""
        self._renamed.append((old, new))

    def new_findings(self, today: date) -> list[Finding]:
        """The errors and warnings that the edits bring: those that were not there before."""
        after = _findings(Overlay(self._tree, self._files), self._layout, today)
        before = _findings(self._tree, self._layout, today) if after else []
        known, warned = Counter(map(self._key, before)), {(one.rule, one.place) for one in before}
        found = [finding for finding in after if _is_new(finding, known)]
        return [one for one in found if one.level is Level.ERROR or (one.rule, one.place) not in warned]

    def _key(self, finding: Finding) -> tuple[str, str]:
        message = finding.message
        for old, new in self._renamed:
            message = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, message)
        return finding.rule, message

    def _short_release(self, item: Item) -> Value | None:
        """The day of a release that is written without anything else, as in `v1.4: 2027-02-10`."""
        if item.ref.kind != "release":
            return None
        found = self._look_up(item.place.path, item.place.pointer)
        return found if isinstance(found, str) else None

    def _order(self, item: Item, keys: Keys) -> tuple[str, ...]:
        """The order of the keys of the mapping that a new key is added to."""
        depth = next((n for n in range(1, len(keys)) if self.value(item, keys[:n]) is None), len(keys))
        return field_names(item.ref.kind, keys[: depth - 1])

    def _edit(self, path: str, edit: Edit) -> None:
        try:
            self._files[path] = edit_document(self._data(path), [edit])
        except EditError as error:
            raise EditError(f"{path}: {error.message}", error.hint) from None

    def _data(self, path: str) -> bytes:
        if self._files.get(path) is None:
            self._files[path] = self._read[path] = self._tree.read(Entry(path, True))
        data = self._files[path]
        assert data is not None
        return data

    def _look_up(self, path: str, pointer: Pointer) -> Value | None:
        documents, _ = read_foreign_file(path, self._data(path))
        found: Value | None = documents[0] if documents else None
        for step in pointer:
            if isinstance(found, dict) and isinstance(step, str):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def _note(self, item: Item, keys: Keys, old: Value | None, new: Value | None) -> None:
        label = "" if item.place.pointer == () else item.ref.id.rpartition("/")[2]
        self.changes.append(FieldChange(item.place.path, label, ".".join(keys), old, new))


def _says(old: Value | None, new: New) -> bool:
    """Whether a value is written already, and as text where it is text: `no` without quotes says something else."""
    if old != to_value(new) or not isinstance(old, Text):
        return old == to_value(new)
    return old.plain if isinstance(new, Plain) else not old.plain or is_plain_text(old)


def _is_named(entry: Value, name: str) -> bool:
    return name in (entry.get(key) for key in _NAMING) if isinstance(entry, dict) else entry == name


def _findings(tree: Tree, layout: Layout, today: date) -> list[Finding]:
    """The errors and warnings of one version, by the team's own levels and as far as that needs no history."""
    return [one for one in find_all(tree, layout, today, _no_history).findings if one.level is not Level.ADVICE]


def _no_history() -> History:
    raise MilepostError("History is not looked at while the plan is edited.")


def _is_new(finding: Finding, known: Counter[tuple[str, str]]) -> bool:
    """Whether it was not there before; one that was counts only once."""
    key = finding.rule, finding.message
    known[key] -= 1
    return known[key] < 0
