"""Changes and items as plain data and back. What many of them share is written once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from milepost.model.history import Change, Identity, Revision, Unreadable
from milepost.model.item import Item, Place, Ref
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

    def pack(
        self, changes: Iterable[tuple[int, Change]], unreadable: list[Unreadable], duplicates: list[Unreadable]
    ) -> dict[str, Any]:
        """All of it as data."""
        rows = {
            "changes": [self._change(*one) for one in changes],
            "unreadable": [self._flaw(flaw) for flaw in unreadable],
            "duplicates": [self._flaw(flaw) for flaw in duplicates],
        }
        tables = {"texts": self._texts.packed, "people": self._people.packed, "reasons": self._reasons.packed}
        return {**rows, **tables, "revisions": self._revisions.packed}

    def _change(self, number: int, change: Change) -> list[Any]:
        reason = None if change.reason is None else self._reasons.number(change.reason)
        revision, path, field = self._told(change.revision), change.path, change.field
        return [
            number, self._texts.number(field), change.old, change.new, revision, self._texts.number(path),
            self._people.number(change.by), reason,
        ]  # fmt: skip

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
        names, texts, people, revisions = self._names, self._data["texts"], self._people, self._revisions
        reasons = [Reason(Category(category), text) for category, text in self._data["reasons"]]
        for number, field, old, new, revision, path, by, reason in self._data["changes"]:
            why = None if reason is None else reasons[reason]
            ref = names[number]
            yield number, Change(ref, texts[field], old, new, revisions[revision], texts[path], people[by], why)

    def flaws(self, name: str) -> Iterator[Unreadable]:
        """`unreadable` or `duplicates`."""
        for revision, path, message in self._data[name]:
            yield Unreadable(self._revisions[revision], path, message)


def pack_item(item: Item) -> list[Any]:
    """An item as data."""
    return [*item.ref, item.fields, *item.place]


def unpack_item(data: list[Any]) -> Item:
    """An item from data."""
    kind, id, fields, path, pointer = data
    return Item(Ref(kind, id), fields, Place(path, tuple(pointer)))
