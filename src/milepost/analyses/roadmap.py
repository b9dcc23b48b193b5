"""What comes now, next and later, what has shipped, and which promise needs a word first?

There is no schedule here: a milestone's place follows from its dates alone, as far as they are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from milepost.analyses.slip import Slip
from milepost.model.due import Commitment, Due
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status

NOW_DAYS = 6 * 7
NEXT_DAYS = 13 * 7

_NO_DAY = date.max


class Standing(StrEnum):
    """Where a milestone stands, as far as that can be known without a forecast."""

    OVERDUE = "Overdue"
    IN_PROGRESS = "In progress"
    PLANNED = "Planned"
    DONE = "Done"
    DROPPED = "Dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone on the roadmap, with the history of its date and what it still waits for."""

    milestone: Milestone
    standing: Standing
    slip: Slip | None
    waits_for: tuple[Ref, ...] = ()

    @property
    def due(self) -> Due | None:
        """When it is due, where that is a known day."""
        return self.milestone.due if self.milestone.due and self.milestone.due.day else None

    @property
    def days(self) -> int | None:
        """Calendar days from the date first said to the present one; None where either is unknown."""
        return self.slip.days if self.slip else None

    @property
    def moves(self) -> int:
        """How often its date has moved."""
        return len(self.slip.moves) if self.slip else 0

    @property
    def is_promise(self) -> bool:
        """Whether its date is a promise that is still open."""
        return self.milestone.commitment is Commitment.PROMISE and self.milestone.status.is_open


@dataclass(frozen=True, slots=True)
class Roadmap:
    """All milestones, each in one place. `first` is the one to speak of first: the worst promise, else what is next."""

    now: tuple[Entry, ...]
    next: tuple[Entry, ...]
    later: tuple[Entry, ...]
    shipped: tuple[Entry, ...]  # newest first
    dropped: tuple[Entry, ...]
    first: Entry | None

    @property
    def open(self) -> tuple[Entry, ...]:
        """What is still to be reached, soonest first."""
        return (*self.now, *self.next, *self.later)

    @property
    def all(self) -> tuple[Entry, ...]:
        """Every milestone: open ones, then shipped, then dropped."""
        return (*self.open, *self.shipped, *self.dropped)

    @property
    def promises(self) -> tuple[Entry, ...]:
        """The promises that are open."""
        return tuple(entry for entry in self.open if entry.is_promise)


def arrange_roadmap(plan: Plan, slips: Iterable[Slip], today: date) -> Roadmap:
    """Put every milestone of a plan where it belongs on the day that is `today`."""
    by_item = {slip.item: slip for slip in slips}
    done = _done(plan)
    entries = [_entry(milestone, by_item, done, today) for milestone in plan.milestones]
    still_open = sorted((entry for entry in entries if entry.milestone.status.is_open), key=_soonest)
    shipped = (entry for entry in entries if entry.standing is Standing.DONE)
    return Roadmap(
        now=tuple(entry for entry in still_open if _column(entry, today) == 0),
        next=tuple(entry for entry in still_open if _column(entry, today) == 1),
        later=tuple(entry for entry in still_open if _column(entry, today) == 2),
        shipped=tuple(sorted(shipped, key=_newest)),
        dropped=tuple(sorted((entry for entry in entries if entry.standing is Standing.DROPPED), key=_newest)),
        first=_first(still_open, today),
    )


def standing_of(milestone: Milestone, today: date) -> Standing:
    """Where a milestone stands on a day: overdue is what is open after the day it is due."""
    day = milestone.due.day if milestone.due else None
    match milestone.status:
        case Status.DONE:
            return Standing.DONE
        case Status.DROPPED:
            return Standing.DROPPED
        case _ if day and day < today:
            return Standing.OVERDUE
        case Status.IN_PROGRESS:
            return Standing.IN_PROGRESS
    return Standing.PLANNED


def _entry(milestone: Milestone, slips: Mapping[Ref, Slip], done: frozenset[Ref], today: date) -> Entry:
    waits_for = dict.fromkeys(link.item for link in milestone.depends_on if link.item not in done)
    standing = standing_of(milestone, today)
    return Entry(milestone, standing, slips.get(milestone.ref), tuple(waits_for) if milestone.status.is_open else ())


def _done(plan: Plan) -> frozenset[Ref]:
    milestones = (milestone.ref for milestone in plan.milestones if not milestone.status.is_open)
    return frozenset(milestones) | {task.ref for task in plan.tasks() if not task.status.is_open}


def _column(entry: Entry, today: date) -> int:
    days = (entry.due.day - today).days if entry.due and entry.due.day else None
    if entry.standing is not Standing.PLANNED or (days is not None and days <= NOW_DAYS):
        return 0
    return 1 if days is not None and days <= NEXT_DAYS else 2


def _soonest(entry: Entry) -> tuple[date, int, str]:
    day = entry.due.day if entry.due else None
    return day or _NO_DAY, entry.milestone.rank or 0, entry.milestone.id


def _newest(entry: Entry) -> tuple[int, str]:
    day = entry.milestone.finish or entry.milestone.dropped or date.min
    return -day.toordinal(), entry.milestone.id


def _first(still_open: list[Entry], today: date) -> Entry | None:
    """The worst promise: the longest past its date, else the most moved. Without a promise, the next date."""
    promises = [entry for entry in still_open if entry.is_promise and entry.due]
    if promises:
        return min(promises, key=lambda entry: (_days_left(entry, today), -(entry.days or 0), _soonest(entry)))
    dated = (entry for entry in still_open if entry.due)
    return next(dated, still_open[0] if still_open else None)


def _days_left(entry: Entry, today: date) -> int:
    """Negative for a date that is past, else 0."""
    day = entry.due.day if entry.due else None
    return min((day - today).days, 0) if day else 0
