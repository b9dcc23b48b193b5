"""An item is one thing a plan names, with its fields as they were written.

Items are the common form of everything that is read: files of our own format, `sources` of another shape, and every
historical version of both. Typed records (`plan.py`) are made from items; histories compare items.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: A value as written: text, or lists and mappings of text. Numbers and dates stay text, so `1.10` is never `1.1`.
Value = str | list["Value"] | dict[str, "Value"]

#: Keys and positions that lead from a file's root to a value, such as `("tasks", 2, "due")`.
Pointer = tuple[str | int, ...]


class Ref(NamedTuple):
    """An item's identity: its kind and its id. A task's id is `milestone/task`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return self.id


#: The plan itself, as an item.
PLAN = Ref("plan", "plan")


class Place(NamedTuple):
    """Where something was written: a file, and the keys that lead to it there."""

    path: str
    pointer: Pointer = ()

    def at(self, *keys: str | int) -> Place:
        """The place below this one that the keys lead to."""
        return Place(self.path, (*self.pointer, *keys))


class Item(NamedTuple):
    """One thing that a plan names, of whatever kind, as written at one place. The plan itself is one too."""

    ref: Ref
    fields: Mapping[str, Value]
    place: Place
