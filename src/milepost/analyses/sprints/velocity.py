"""How much does this team finish in a sprint, and how much does that vary?

Past sprints count by what they finished for each hour of working time that people had then, so that a short sprint, a
holiday or a new colleague is not taken for a change of pace. What is to be expected of another sprint follows from its
own hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean, median, stdev

from milepost.analyses.focus import UNKNOWN, Focus
from milepost.analyses.scoring import Interval, quantile_of, t_quantile
from milepost.analyses.sprints.course import Course
from milepost.model.estimate import Unit

FEWEST_FOR_FOCUS = 3
FEWEST_FOR_QUANTILES = 5  # below, the spread of so few is that of Student's t
FEWEST_FOR_RANGE = 10  # the outer tenths of fewer sprints are not to be seen in them
USUAL_FOCUS = 0.7  # of working time goes into planned work, until the past shows another share (Kniberg 2007)
SURE = 0.8  # how often what is committed should be finished


@dataclass(frozen=True, slots=True)
class Pace:
    """What one past sprint committed and finished, in hours or points, and its hours of working time."""

    id: str
    end: date
    committed: float
    finished: float
    hours: float


@dataclass(frozen=True, slots=True)
class Velocity:
    """Past sprints in one unit, oldest first. A sprint counts where it had estimated items and somebody was there.

    `outside` is what finished tasks say of the focus by their estimates, in a sprint or not.
    """

    unit: Unit
    paces: tuple[Pace, ...]
    outside: Focus = UNKNOWN

    @property
    def n(self) -> int:
        """How many sprints it rests on."""
        return len(self.paces)

    @property
    def rates(self) -> tuple[float, ...]:
        """What was finished in an hour of working time, in the order of the sprints."""
        return tuple(pace.finished / pace.hours for pace in self.paces)

    @property
    def middle(self) -> float | None:
        """What half of the sprints finished, or more."""
        return median(pace.finished for pace in self.paces) if self.paces else None

    @property
    def spread(self) -> Interval | None:
        """What eight sprints of ten finished, as far as these tell; the least and the most of fewer than ten."""
        ordered = sorted(pace.finished for pace in self.paces)
        if self.n >= FEWEST_FOR_RANGE:
            return Interval(quantile_of(ordered, 0.1), quantile_of(ordered, 0.9))
        return Interval(ordered[0], ordered[-1]) if self.n > 1 else None

    @property
    def focus(self) -> float:
        """The share of working time that becomes finished work: of hours only, while there are too few sprints that of
        all finished tasks, and while there are too few of these the usual one.

        Of points it is how many are finished in an hour; 0 where nothing is known.
        """
        hours = sum(pace.hours for pace in self.paces)
        if self.unit is Unit.POINTS or self.n >= FEWEST_FOR_FOCUS:
            return sum(pace.finished for pace in self.paces) / hours if hours else 0.0
        return USUAL_FOCUS if self.outside.share is None else self.outside.pace

    def committable(self, hours: float) -> float | None:
        """What a sprint of some hours of working time finishes with a probability of 80 %; None for under two sprints.

        The 20th percentile of past sprints; of fewer than five the one-sided bound of Student's t for one more.
        """
        quantiles = self.n >= FEWEST_FOR_QUANTILES
        return self._expect(1 - SURE, hours, quantiles) if self.n > 1 else None

    def likely(self, hours: float) -> Interval | None:
        """Between what and what it finishes with a probability of 80 %; None for under two sprints."""
        quantiles = self.n >= FEWEST_FOR_RANGE
        if self.n < 2:
            return None
        return Interval(self._expect(0.1, hours, quantiles), self._expect(0.9, hours, quantiles))

    def _expect(self, p: float, hours: float, quantiles: bool) -> float:
        """What is not reached with a probability `p`: as seen, or as the spread of one more value has it."""
        rates = sorted(self.rates)
        if quantiles:
            return quantile_of(rates, p) * hours
        half = t_quantile(max(p, 1 - p), self.n - 1) * stdev(rates) * sqrt(1 + 1 / self.n)
        return max(0.0, fmean(rates) + (half if p > 0.5 else -half)) * hours


def measure_velocity(courses: Iterable[Course], unit: Unit, outside: Focus = UNKNOWN) -> Velocity:
    """The velocity over all sprints that are over, in hours or points."""
    over = [course for course in courses if course.is_over and course.time.hours > 0]
    counted = (one for one in over if any(entry.size.measure(unit) for entry in one.entries))
    return Velocity(unit, tuple(_pace(one, unit) for one in counted), outside)


def _pace(course: Course, unit: Unit) -> Pace:
    committed, finished = course.committed.measure(unit), course.finished.measure(unit)
    return Pace(course.sprint.id, course.end, committed, finished, course.time.hours)
