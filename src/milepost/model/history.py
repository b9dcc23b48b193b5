"""Accepted history: what every field of every item has been, in the order it was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from milepost.model.former import listed_ids
from milepost.model.item import PLAN, Item, Ref, Value
from milepost.model.reason import Reason

_SECONDS = 86_400  # of a day
_FIRST_DAY = date(1970, 1, 1).toordinal()
_LAST_SECOND = 253402300799  # 9999-12-31T23:59:59Z, the last that a date can name


class Identity(NamedTuple):
    """A person as git knows them, after the mailmap."""

    name: str
    email: str


@dataclass(frozen=True)  # without slots: what is cached needs room
class Revision:
    """A commit on the accepted (first-parent) chain, or on the side of a merge."""

    id: str  # full object id, in hexadecimal digits
    author: Identity
    time: int  # seconds since 1970 at which it was committed
    subject: str
    body: str = ""

    @cached_property
    def day(self) -> date | None:
        """The day it was accepted (committer date, UTC); None where the time is none a calendar knows."""
        if not 0 <= self.time <= _LAST_SECOND:
            return None
        return date.fromordinal(_FIRST_DAY + self.time // _SECONDS)

    @property
    def short_id(self) -> str:
        """The first seven digits, as git shows them."""
        return self.id[:7]


class Change(NamedTuple):
    """One accepted change of one field. `old` is None for a first value, `new` where it is no longer there.

    `item` is the identity at the tip; `path` is the file as it was named in that revision.
    """

    item: Ref
    field: str
    old: Value | None
    new: Value | None
    revision: Revision
    path: str
    by: Identity  # author of the last commit on the merged side that set the value
    reason: Reason | None = None

    @property
    def accepted_by(self) -> Identity:
        """Who accepted it: the author of the first-parent commit."""
        return self.revision.author

    def apply(self, fields: dict[str, Value]) -> None:
        """Makes the change to the fields of its item, as they were before."""
        if self.new is None:
            fields.pop(self.field, None)
        else:
            fields[self.field] = self.new


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file's revision that could not be read as it is meant, and why. The last value stands if it did not parse."""

    revision: Revision
    path: str
    message: str


@dataclass(frozen=True)  # without slots: what is cached needs room
class History:
    """Accepted history of a plan, oldest change first.

    `items` are the items at the tip. Days that follow from releases and the calendar are derived from the changes by
    the analyses. `duplicates` are revisions that parsed, with keys given twice.
    """

    branch: str
    tip: Revision
    changes: tuple[Change, ...]
    items: Mapping[Ref, Item] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    duplicates: tuple[Unreadable, ...] = ()

    @cached_property
    def by_item(self) -> Mapping[Ref, tuple[Change, ...]]:
        """The changes of every item that was ever accepted, oldest first."""
        found: dict[Ref, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.item, []).append(change)
        return {item: tuple(changes) for item, changes in found.items()}

    @property
    def ever(self) -> tuple[Ref, ...]:
        """The items at the tip, then those that are there no more."""
        return tuple(dict.fromkeys([*self.items, *(change.item for change in self.changes)]))

    @property
    def may_derive_moves(self) -> bool:
        """Whether a release or the calendar changed after a date was first written: else no date moved by that."""
        first = ""
        for change in [change for change in self.changes if change.field in ("due", "calendar")]:
            if change.item.kind == "release" or change.item == PLAN:
                if first and change.revision.id != first:
                    return True
            elif not first:
                first = change.revision.id
        return False

    @property
    def former_ids(self) -> dict[str, Ref]:
        """Ids that items had before, with the items that had them. What is in a gap gets a new one by `was` alone."""
        listed = [change for change in self.changes if change.field == "was"]
        said = {old: change.item for change in listed for old in listed_ids(change.item, change.new)}
        return said | {str(change.old): change.item for change in self.changes if change.field == "id" and change.old}

    def of(self, item: Ref) -> tuple[Change, ...]:
        """The changes of one item, oldest first."""
        return self.by_item.get(item, ())


def by_revision(changes: Iterable[Change]) -> Iterator[tuple[Revision, list[Change]]]:
    """Changes that were accepted together, in the order given; those of one revision stand side by side."""
    for _, group in groupby(changes, key=lambda change: change.revision.id):
        together = list(group)
        yield together[0].revision, together
