"""Where a date is heading: the slope of its slip chart, and the day on which the line meets the diagonal.

Milestone trend analysis: the day something was said runs to the right, the day that was said upwards. A slope of 0 is
a date that stands; at 1 the date moves as fast as time does, and is never reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from milepost.analyses.slip import Slip

AMBER, RED = 0.2, 0.5  # slopes from which a trend deserves attention
FEWEST = 3  # statements that make a trend
_FARTHEST = 36525  # days ahead; a line that is nearly parallel to the diagonal meets it at no useful day


class Said(NamedTuple):
    """A day on which something was said, and the day that was said."""

    on: date
    day: date


@dataclass(frozen=True, slots=True)
class Trend:
    """The line through all that was said. `meets` is the day it would be reached if it went on like this."""

    n: int
    slope: float  # days later for each day that goes by
    meets: date | None

    @property
    def colour(self) -> str:
        """green, amber or red."""
        return "red" if self.slope > RED else "amber" if self.slope > AMBER else "green"

    def days_later(self, days: int, digits: int = 0) -> float:
        """Days by which it moves while some days go by, rounded; not up to as many as that, if it is ever reached."""
        moved = round(self.slope * days, digits)
        return moved if self.meets is None or moved < days else days - 10**-digits


def said_dates(slip: Slip) -> tuple[Said, ...]:
    """Everything that was said of a date, oldest first; statements without a day are left out."""
    said = [(slip.said, slip.original), *((move.revision, move.new) for move in slip.moves)]
    return tuple(Said(revision.day, due.day) for revision, due in said if due and due.day and revision.day)


def measure_trend(said: Sequence[Said]) -> Trend | None:
    """The line of least squares; None for fewer than three statements, or all made on one day."""
    if len(said) < FEWEST:
        return None
    first = said[0].on
    xs = [(one.on - first).days for one in said]
    ys = [(one.day - first).days for one in said]
    n, sum_x, sum_y = len(said), sum(xs), sum(ys)
    spread = n * sum(x * x for x in xs) - sum_x**2
    if not spread:
        return None
    # Whole numbers up to the division: what moves as fast as time has a slope of 1, and not of nearly that.
    slope = (n * sum(x * y for x, y in zip(xs, ys, strict=True)) - sum_x * sum_y) / spread
    return Trend(n, slope, _meets(first, slope, (sum_y - slope * sum_x) / n))


def _meets(first: date, slope: float, start: float) -> date | None:
    """The day on which a line from `start` days after the first meets the diagonal."""
    if slope >= 1:
        return None
    days = start / (1 - slope)
    return first + timedelta(days=round(days)) if 0 <= days <= _FARTHEST else None
