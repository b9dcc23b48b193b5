"""Who set a value that a merge brought in: the author of the last commit on the merged side that did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from milepost.loader.ahead import Found
from milepost.loader.identity import find_renamed
from milepost.model.history import Change, Identity
from milepost.model.item import Item, Ref, Value

#: Reads the items of a file's version by path and blob id; None where it does not parse.
ReadItems = Callable[[str, str], "dict[Ref, Item] | None"]


@dataclass(frozen=True)  # without slots: what is cached needs room
class _Side:
    """A commit that a merge brought in, with what the files that it changed said before and after."""

    by: Identity
    before: Mapping[Ref, Item]
    after: Mapping[Ref, Item]

    @cached_property
    def earlier(self) -> Mapping[Ref, Ref]:
        """What items that have another id since were called before."""
        renamed = find_renamed({*self.before, *self.after}, self.before, self.after.get)
        return {new: old for old, new in renamed.items() if old in self.before}

    def has_set(self, name: Ref, change: Change) -> bool:
        """Whether it made the item say what the change says."""
        old = self.earlier.get(name, name)
        if change.field == "id":
            return old != name == change.item
        before, after = self.before.get(old), self.after.get(name)
        return _value(after, change.field) == change.new != _value(before, change.field)


class Attribution:
    """Authors of the values that merges brought in."""

    def __init__(self, read_items: ReadItems, sides: Mapping[str, Iterable[Found]]) -> None:
        self._read_items = read_items
        self._sides = {merge: [self._read(one) for one in side] for merge, side in sides.items()}

    def attribute(self, change: Change) -> Change:
        """The change by the author of the last side commit that made the field say this; else by the merge's own.

        The item is followed through the ids that it had on the side, whichever of the changed files holds it.
        """
        names = [change.item]
        for side in self._sides.get(change.revision.id, ()):
            if any(side.has_set(name, change) for name in names):
                return change._replace(by=side.by)
            names += [old for name in names if (old := side.earlier.get(name)) and old not in names]
        return change

    def _read(self, found: Found) -> _Side:
        files = found.step.files
        before = self._items((file.path, file.old_blob) for file in files)
        return _Side(found.revision.author, before, self._items((file.path, file.blob) for file in files))

    def _items(self, files: Iterable[tuple[str, str]]) -> dict[Ref, Item]:
        """What some files say; where several name an item, the first counts."""
        found: dict[Ref, Item] = {}
        for path, blob in files:
            items = self._read_items(path, blob) if blob else None
            found = {**items, **found} if items else found
        return found


def _value(item: Item | None, field: str) -> Value | None:
    return item.fields.get(field) if item else None
