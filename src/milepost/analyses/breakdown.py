"""What makes up the slip of a date: each accepted move with its days and reason, and what was never announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.analyses.slip import Slip
from milepost.model.moves import Cause, Move

UNEXPLAINED = "unexplained"
_FEWEST = 3  # statements that make a habit
_ROLLING = 0.2  # share by which the distance to a rolling date varies at most: of its mean, and of the time it took


@dataclass(frozen=True, slots=True)
class Part:
    """Calendar days that one accepted move brought, positive for later. A date taken away brings none."""

    move: Move
    days: int

    @property
    def category(self) -> str:
        """The reason's category, `release` or `calendar` where those moved it, else `unexplained`."""
        if self.move.reason:
            return self.move.reason.category
        return UNEXPLAINED if self.move.cause is Cause.CHANGE else self.move.cause


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The slip of one item as parts that add up: `total` is the days of all parts and `unannounced` together.

    `total` counts from the date first said to the day it was reached, or else to the date said now. `unannounced` is
    what came between the last date said and the day it was reached.
    """

    slip: Slip
    parts: tuple[Part, ...]
    unannounced: int
    total: int
    silent: int  # days since the date passed with nothing changed; 0 where it has not, or was reached
    rolling: int | None  # days ahead at which the date has always been said anew; None where it was not

    @property
    def by_category(self) -> Mapping[str, int]:
        """Days for each category, in the order in which each came first."""
        days: dict[str, int] = {}
        for part in self.parts:
            days[part.category] = days.get(part.category, 0) + part.days
        return days


def break_down(slip: Slip, is_open: bool, today: date) -> Breakdown | None:
    """The parts of a slip; None where no day was ever said. `is_open` is whether it is still to be reached."""
    parts = tuple(_parts(slip))
    said = [day for day in (slip.original.day, *(move.new.day for move in slip.moves if move.new)) if day]
    if not said:
        return None
    unannounced = (slip.actual - said[-1]).days if slip.actual else 0
    is_silent = is_open and slip.now is not None and slip.now.day is not None and slip.now.day < today
    return Breakdown(
        slip=slip,
        parts=parts,
        unannounced=unannounced,
        total=((slip.actual or said[-1]) - said[0]).days,
        silent=(today - said[-1]).days if is_silent else 0,
        rolling=_rolling(slip),
    )


def _parts(slip: Slip) -> Iterator[Part]:
    """Each move against the last day that was known, so that a date that was gone for a while loses nothing."""
    known = slip.original.day
    for move in slip.moves:
        day = move.new.day if move.new else None
        yield Part(move, (day - known).days if day and known else 0)
        known = day or known


def _rolling(slip: Slip) -> int | None:
    """How far ahead a date is always said, where that hardly varies: it moves as fast as time does.

    A far date that hardly moves is about as far ahead for a while too, but as time goes by it comes nearer.
    """
    said = [(slip.said, slip.original), *((move.revision, move.new) for move in slip.moves)]
    days = [(revision.day, due.day) for revision, due in said if due and due.day and revision.day]
    ahead = [(day - on).days for on, day in days]
    if len(ahead) <= _FEWEST:
        return None
    mean, passed = sum(ahead) / len(ahead), (days[-1][0] - days[0][0]).days
    return round(mean) if max(ahead) - min(ahead) <= _ROLLING * min(mean, passed) and mean > 0 < passed else None


def total_by_category(breakdowns: Sequence[Breakdown]) -> dict[str, int]:
    """The days of many slips for each category, most first; names decide where equal."""
    days: dict[str, int] = {}
    for breakdown in breakdowns:
        for category, count in breakdown.by_category.items():
            days[category] = days.get(category, 0) + count
    return dict(sorted(days.items(), key=lambda pair: (-pair[1], pair[0])))
