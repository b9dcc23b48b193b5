"""How much work is it? Sums of estimates, in hours or in points, which never become each other here.

An estimate counts with its median. What has none is counted, and never taken as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from milepost.analyses.remainder import Remainder
from milepost.model.calendar import Calendar
from milepost.model.distribution import distribution_of, in_points, middle_of
from milepost.model.effort import to_hours
from milepost.model.estimate import Amount, Estimate, Unit
from milepost.model.work import Milestone, Work

UNITS = (Unit.HOURS, Unit.POINTS)


class Gap(StrEnum):
    """Why nobody knows how much some work is, or how long it takes."""

    NO_ESTIMATE = "no estimate"
    POINTS = "points"  # and not how long a point takes
    UNCLEAR = "unclear"  # its numbers are 0, go downwards, or mix points with time


def gap_of(estimate: Estimate | None, calendar: Calendar) -> Gap:
    """Why nobody knows how much some work is that has no other estimate than this."""
    if estimate is None:
        return Gap.NO_ESTIMATE
    return Gap.POINTS if in_points(estimate) and distribution_of(estimate, calendar) else Gap.UNCLEAR


@dataclass(frozen=True, slots=True)
class Size:
    """Effort of some pieces of work. `unknown` is how many of them have no estimate."""

    hours: float = 0.0
    points: float = 0.0
    unknown: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.hours + other.hours, self.points + other.points, self.unknown + other.unknown)

    def measure(self, unit: Unit) -> float:
        """How much of it is in a unit: hours or points."""
        return self.points if unit is Unit.POINTS else self.hours

    def is_in(self, unit: Unit) -> bool:
        """Whether it is known, and in a unit: nothing at all is in both."""
        return not self.unknown and not (self.hours if unit is Unit.POINTS else self.points)


def size_of(work: Work, calendar: Calendar) -> Size:
    """The size of one piece of work, by its own estimate."""
    middle = middle_of(work.estimate, calendar) if work.estimate else None
    if not middle or work.estimate is None:
        return Size(unknown=1)
    return Size(points=middle) if in_points(work.estimate) else Size(hours=middle)


def size_left(work: Work, milestone: Milestone, remainder: Remainder) -> Size:
    """What is left to do of one piece of work: for what is ahead. Points stay whole."""
    calendar = remainder.plan.calendar
    size = size_of(work, calendar)
    whole = distribution_of(work.estimate, calendar) if work.estimate and size.hours else None
    left = remainder.of(work, milestone, whole) if whole else None
    return size if left is None or left is whole else Size(hours=left.quantile(0.5))


def total_size(sizes: Iterable[Size]) -> Size:
    """All of them together."""
    return sum(sizes, Size())


def measure_amount(amount: Amount, unit: Unit, calendar: Calendar) -> float | None:
    """An amount in hours, or in points; None where it is the other one."""
    hours = to_hours(amount, calendar)
    if unit is Unit.POINTS:
        return amount.number if hours is None else None
    return None if hours is None else float(hours)


def usual_unit(sizes: Iterable[Size]) -> Unit:
    """The unit that most of some work is estimated in; hours where that is undecided."""
    known = list(sizes)
    points, hours = sum(size.points > 0 for size in known), sum(size.hours > 0 for size in known)
    return Unit.POINTS if points > hours else Unit.HOURS
