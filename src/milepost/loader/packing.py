"""Changes and items as plain data and back. What many of them share is written once, and the rest in columns."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, Generic, TypeVar, cast

from milepost.model.history import Change, Identity, Revision, Unreadable
from milepost.model.item import Item, Place, Ref, Value
from milepost.model.reason import Category, Reason

_T = TypeVar("_T", bound=Hashable)


class _Table(Generic[_T]):
    """Values by their numbers, in the order in which they are met."""

    def __init__(self, pack: Callable[[_T], Any]) -> None:
        self._pack = pack
        self._numbers: dict[_T, int] = {}
        self.packed: list[Any] = []

    def number(self, value: _T) -> int:
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.packed)
            self.packed.append(self._pack(value))
        return found


class Packed:
    """What a part of a history tells: numbered changes, and the revisions that could not be read as they are meant."""

    def __init__(self) -> None:
        self._texts = _Table[str](str)
        self._people = _Table[Identity](lambda person: [*person])
        self._reasons = _Table[Reason](lambda reason: [reason.category, reason.text])
        self._revisions = _Table[str](lambda id: self._revision(self._by_id[id]))
        self._by_id: dict[str, Revision] = {}
        self._values: list[Value | None] = [None]
        self._numbers: dict[str, int] = {}  # of values that are text

    def pack(
        self, changes: Iterable[tuple[int, Change]], unreadable: list[Unreadable], duplicates: list[Unreadable]
    ) -> dict[str, Any]:
        """All of it as data."""
        rows = {
            "changes": [_write_column(column) for column in zip(*(self._change(*one) for one in changes), strict=True)],
            "unreadable": [self._flaw(flaw) for flaw in unreadable],
            "duplicates": [self._flaw(flaw) for flaw in duplicates],
        }
        tables = {"texts": self._texts.packed, "people": self._people.packed, "reasons": self._reasons.packed}
        return {**rows, **tables, "values": self._values, "revisions": self._revisions.packed}

    def _change(self, number: int, change: Change) -> tuple[int, ...]:
        return (
            number,
            self._texts.number(change.field),
            self._value(change.old),
            self._value(change.new),
            self._told(change.revision),
            self._texts.number(change.path),
            self._people.number(change.by),
            0 if change.reason is None else self._reasons.number(change.reason) + 1,
        )

    def _value(self, value: Value | None) -> int:
        """The number of a value. Of two changes of a field one says what the other said."""
        if value is None:
            return 0
        number = self._numbers.get(value) if isinstance(value, str) else None
        if number is None:
            number = len(self._values)
            self._values.append(value)
            if isinstance(value, str):
                self._numbers[value] = number
        return number

    def _flaw(self, flaw: Unreadable) -> list[Any]:
        return [self._told(flaw.revision), flaw.path, flaw.message]

    def _told(self, revision: Revision) -> int:
        self._by_id[revision.id] = revision
        return self._revisions.number(revision.id)

    def _revision(self, revision: Revision) -> list[Any]:
        return [
            revision.id, self._people.number(revision.author), revision.time, revision.subject, revision.body
        ]  # fmt: skip


class Unpacked:
    """The same, from data. `names` says which item each number is now."""

    def __init__(self, data: Mapping[str, Any], names: Mapping[int, Ref]) -> None:
        self._data = data
        self._names = names
        people = [Identity(*person) for person in data["people"]]
        self._people = people
        self._revisions = [Revision(id, people[author], *rest) for id, author, *rest in data["revisions"]]

    def changes(self) -> Iterator[tuple[int, Change]]:
        """The numbered changes, each under the present identity of its item."""
        if not self._data["changes"]:
            return iter(())
        texts, values = self._data["texts"], self._data["values"]
        reasons = [None, *(Reason(Category(category), text) for category, text in self._data["reasons"])]
        numbers, fields, olds, news, revisions, paths, people, given = map(_read_column, self._data["changes"])
        columns = (
            map(self._names.__getitem__, numbers),
            map(texts.__getitem__, fields),
            map(values.__getitem__, olds),
            map(values.__getitem__, news),
            map(self._revisions.__getitem__, revisions),
            map(texts.__getitem__, paths),
            map(self._people.__getitem__, people),
            map(reasons.__getitem__, given),
        )
        made = map(tuple.__new__, repeat(Change), zip(*columns, strict=True))  # as Change._make does, one by one
        return zip(numbers, cast("Iterator[Change]", made), strict=True)

    def flaws(self, name: str) -> Iterator[Unreadable]:
        """`unreadable` or `duplicates`."""
        for revision, path, message in self._data[name]:
            yield Unreadable(self._revisions[revision], path, message)


def _write_column(numbers: Iterable[int]) -> str:
    """Numbers as text: JSON takes ten times as long to read them one by one."""
    column = array("I", numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return b64encode(column.tobytes()).decode("ascii")


def _read_column(text: str) -> array[int]:
    column = array("I", b64decode(text))
    if sys.byteorder == "big":
        column.byteswap()
    return column


def pack_item(item: Item) -> list[Any]:
    """An item as data."""
    return [*item.ref, item.fields, *item.place]


def unpack_item(data: list[Any]) -> Item:
    """An item from data."""
    kind, id, fields, path, pointer = data
    return Item(Ref(kind, id), fields, Place(path, tuple(pointer)))
