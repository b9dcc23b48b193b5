"""The story of one value: what was first said, each accepted change with its reason, and how long it has stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.analyses.slip import measure_slips
from milepost.model.calendar import parse_date
from milepost.model.due import Due
from milepost.model.history import History, Identity, Revision
from milepost.model.item import Ref, Value
from milepost.model.moves import Cause
from milepost.model.reason import Reason


@dataclass(frozen=True, slots=True)
class Step:
    """One accepted value. `days` is set where a date moved: calendar days, positive is later."""

    old: Value | None
    new: Value | None
    day: date | None  # that a date means
    days: int | None
    cause: Cause
    by: Identity
    revision: Revision
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Story:
    """A field of an item through accepted history, oldest step first. There is at least one."""

    item: Ref
    title: str
    field: str
    steps: tuple[Step, ...]

    @property
    def now(self) -> Value | None:
        """The present value; None where it was taken away."""
        return self.steps[-1].new

    def age(self, today: date) -> int | None:
        """For how many days the present value has stood; None where the day of its acceptance is unknown."""
        since = self.steps[-1].revision.day
        return (today - since).days if since else None


def tell_story(history: History, item: Ref, field: str, title: str) -> Story | None:
    """The story of a field; None where it never had a value. A `due` moves with its release and the calendar too."""
    steps = _dated(history, item) if field == "due" else ()
    return Story(item, title, field, found) if (found := steps or _written(history, item, field)) else None


def _written(history: History, item: Ref, field: str) -> tuple[Step, ...]:
    steps = []
    for change in history.of(item):
        if change.field == field:
            old, new = parse_date(change.old), parse_date(change.new)
            days = (new - old).days if old and new else None
            steps.append(
                Step(change.old, change.new, new, days, Cause.CHANGE, change.by, change.revision, change.reason)
            )
    return tuple(steps)


def _dated(history: History, item: Ref) -> tuple[Step, ...]:
    """The steps of a date that means a day."""
    slip = next((slip for slip in measure_slips(history) if slip.item == item), None)
    if slip is None:
        return ()
    first = next(change for change in history.of(item) if change.field == "due")
    start = Step(
        None, slip.original.written, slip.original.day, None, Cause.CHANGE, slip.said_by, slip.said, first.reason
    )
    return (start, *(
        Step(_text(move.old), _text(move.new), move.new.day if move.new else None, move.days, move.cause, move.by,
             move.revision, move.reason)
        for move in slip.moves
    ))  # fmt: skip


def _text(due: Due | None) -> str | None:
    return due.written if due else None
