"""Every move of a date in accepted history, with what made it move.

The day that a `due` means follows from the text, the releases and the calendar of its version, so all three are
replayed here in the order of accepted history. A date that moves only because a release or the calendar did is a move
too, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from milepost.model.calendar import Calendar, parse_calendar, parse_date
from milepost.model.due import Commitment, Due, parse_due
from milepost.model.history import Change, History, Identity, Revision, by_revision
from milepost.model.item import PLAN, Ref, Value
from milepost.model.reason import Reason


class Cause(StrEnum):
    """What made a date move: somebody changed it, or what it hangs on."""

    CHANGE = "change"
    RELEASE = "release"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Move:
    """One accepted move of a date. `old` is None when a date is set anew, `new` when it is taken away."""

    old: Due | None
    new: Due | None
    cause: Cause
    revision: Revision
    by: Identity
    reason: Reason | None

    @property
    def days(self) -> int | None:
        """Calendar days by which the date moved; None where one side has no day. Positive is later."""
        if self.old is None or self.new is None or self.old.day is None or self.new.day is None:
            return None
        return (self.new.day - self.old.day).days


class Dated(NamedTuple):
    """A move, whose it is, and whether the date was a promise from then on."""

    item: Ref
    move: Move
    promised: bool


def is_derived(move: Move) -> bool:
    """Whether a date moved though nobody changed it: a release or the calendar moved it."""
    return move.cause is not Cause.CHANGE and move.old != move.new


@dataclass(slots=True)
class _Dates:
    """The present state of one replay: what is written, and the days it means."""

    written: dict[Ref, Value]
    commitment: dict[Ref, Value]
    releases: dict[str, date | None]
    calendar: Calendar

    def apply(self, change: Change) -> None:
        match change.item.kind, change.field:
            case "release", "due":
                self.releases[change.item.id] = parse_date(change.new)
            case _, "due":
                _put(self.written, change.item, change.new)
            case _, "commitment":
                _put(self.commitment, change.item, change.new)
            case "plan", "calendar":
                self.calendar = parse_calendar(change.new)
            case _:
                pass

    def due(self, item: Ref) -> Due | None:
        return parse_due(self.written.get(item), self.releases, self.calendar)


def replay_moves(history: History) -> Iterator[Dated]:
    """Every move in accepted order, first dates included, and every change of what is promised."""
    dates = _Dates({}, {}, {}, Calendar())
    last: dict[Ref, tuple[Due | None, bool]] = {}
    bearing = filter(_bears_on_dates, history.changes)
    for _, changes in by_revision(bearing):
        for change in changes:
            dates.apply(change)
        for item in _affected(changes, dates):
            due, promised = dates.due(item), dates.commitment.get(item) == Commitment.PROMISE
            before, was_promised = last.get(item, (None, False))
            if due != before or promised != was_promised:
                last[item] = due, promised
                yield Dated(item, _move(item, before, due, changes), promised)


def _bears_on_dates(change: Change) -> bool:
    return change.field in ("due", "commitment") or (change.field == "calendar" and change.item == PLAN)


def _affected(changes: list[Change], dates: _Dates) -> list[Ref]:
    """Items whose date these changes may have moved, each once."""
    own = [change.item for change in changes if change.item.kind not in ("release", "plan")]
    releases = {change.item.id for change in changes if change.item.kind == "release"}
    if any(change.item == PLAN for change in changes):
        return list(dict.fromkeys([*dates.written, *own]))
    moved = [item for item, written in dates.written.items() if _names(written, releases)] if releases else []
    return list(dict.fromkeys([*moved, *own]))


def _names(written: Value, releases: set[str]) -> bool:
    return isinstance(written, str) and written in releases


def _move(item: Ref, old: Due | None, new: Due | None, changes: list[Change]) -> Move:
    revision = changes[0].revision
    # Who only changed what is promised did not move the date: that was its release, or the calendar.
    own = next((c for c in changes if c.item == item and (c.field == "due" or old == new)), None)
    if own:
        return Move(old, new, Cause.CHANGE, revision, own.by, own.reason)
    name = new.written if new else ""
    release = next((c for c in changes if c.item == Ref("release", name)), None)
    if release:
        return Move(old, new, Cause.RELEASE, revision, release.by, release.reason)
    calendar = next((c for c in changes if c.item == PLAN), None)
    return Move(old, new, Cause.CALENDAR, revision, calendar.by if calendar else revision.author, None)


def _put(values: dict[Ref, Value], item: Ref, value: Value | None) -> None:
    if value is None:
        values.pop(item, None)
    else:
        values[item] = value
