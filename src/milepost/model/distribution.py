"""What an estimate means: which values are how likely (methods: estimates and distributions).

A single value is the median of a lognormal whose spread is that of public task data until the team's own history says
otherwise. A range is its P10 and P90. Three points are P10, P50 and P90: of a lognormal that begins later than 0 where
one fits, else of two half lognormals that meet in the median. `pert` is the best, the most likely and the worst case
of a beta distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from statistics import NormalDist
from typing import Protocol

from milepost.model.beta import beta_cdf, beta_quantile
from milepost.model.calendar import Calendar
from milepost.model.effort import to_hours
from milepost.model.estimate import Estimate, Form, Unit

#: Spread of the logarithm around a single value. SiP, CESAW and Renzo give 0.54 to 0.99.
USUAL_SIGMA = 0.6

_STANDARD = NormalDist()
_Z90 = _STANDARD.inv_cdf(0.9)


class Distribution(Protocol):
    """How much something may take: hours of effort, or points where the estimate is in points."""

    @property
    def mean(self) -> float:
        """The expected value, in closed form."""

    def quantile(self, p: float) -> float:
        """The value that is not exceeded with probability `p`, between 0 and 1. Raises StatisticsError outside."""

    def cdf(self, value: float) -> float:
        """The probability, 0 to 1, that a value is not exceeded."""

    def __hash__(self) -> int:
        """Equal distributions have the same: they are values."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """`shift` plus exp of a normal variable with `mu` and `sigma`."""

    mu: float
    sigma: float
    shift: float = 0.0

    @property
    def mean(self) -> float:
        return self.shift + exp(self.mu + self.sigma**2 / 2)

    def quantile(self, p: float) -> float:
        return self.shift + exp(self.mu + self.sigma * _STANDARD.inv_cdf(p))

    def cdf(self, value: float) -> float:
        if value <= self.shift:
            return 0.0
        return _share_below(log(value - self.shift) - self.mu, self.sigma)


@dataclass(frozen=True, slots=True)
class TwoPiece:
    """A lognormal with one spread below its median and another above it."""

    median: float
    below: float
    above: float

    @property
    def mean(self) -> float:
        low = exp(self.below**2 / 2) * _STANDARD.cdf(-self.below)
        high = exp(self.above**2 / 2) * _STANDARD.cdf(self.above)
        return self.median * (low + high)

    def quantile(self, p: float) -> float:
        z = _STANDARD.inv_cdf(p)
        return self.median * exp(self.below * min(z, 0.0) + self.above * max(z, 0.0))

    def cdf(self, value: float) -> float:
        if value <= 0:
            return 0.0
        distance = log(value) - log(self.median)  # of a tiny value, the quotient may be 0
        return _share_below(distance, self.below if distance < 0 else self.above)


@dataclass(frozen=True, slots=True)
class Pert:
    """A beta distribution between the best and the worst case, with four times the weight on the most likely one."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.likely + self.high) / 6

    def quantile(self, p: float) -> float:
        _STANDARD.inv_cdf(p)  # says what is wrong with a p that is none
        width = self.high - self.low
        return self.low + width * beta_quantile(p, *self._shape()) if width else self.low

    def cdf(self, value: float) -> float:
        width = self.high - self.low
        if not width:
            return float(value >= self.low)
        return beta_cdf(min(1.0, max(0.0, (value - self.low) / width)), *self._shape())

    def _shape(self) -> tuple[float, float]:
        width = self.high - self.low
        return 1 + 4 * (self.likely - self.low) / width, 1 + 4 * (self.high - self.likely) / width


def distribution_of(estimate: Estimate, calendar: Calendar) -> Distribution | None:
    """The distribution that an estimate means.

    None where its numbers don't go upwards from above 0, or points and time are mixed: `check` says so.
    """
    values = _values(estimate, calendar)
    if not values or values[0] <= 0 or values != sorted(values):
        return None
    match estimate.form, values:
        case Form.MEDIAN, [median]:
            return Lognormal(log(median), USUAL_SIGMA)
        case Form.RANGE, [low, high]:
            return Lognormal((log(low) + log(high)) / 2, log(high / low) / (2 * _Z90))
        case Form.THREE_POINT, [low, median, high]:
            return _three_points(low, median, high)
        case Form.PERT, [low, likely, high]:
            return Pert(low, likely, high)
    return None


@lru_cache(maxsize=65536)  # plans repeat themselves, and every rule about effort asks
def middle_of(estimate: Estimate, calendar: Calendar) -> float | None:
    """The median of an estimate in hours (points where it is in points): as written, where the median was given.

    None where the estimate has no distribution.
    """
    distribution = distribution_of(estimate, calendar)
    if distribution and estimate.form in (Form.MEDIAN, Form.THREE_POINT):
        values = _values(estimate, calendar)
        return values[len(values) // 2]
    return distribution.quantile(0.5) if distribution else None


def middle_hours(estimate: Estimate, calendar: Calendar) -> float | None:
    """The median in hours of effort; None for points, and where the estimate has no distribution."""
    return None if in_points(estimate) else middle_of(estimate, calendar)


def middle_points(estimate: Estimate, calendar: Calendar) -> float | None:
    """The median in points; None for time, and where the estimate has no distribution."""
    return middle_of(estimate, calendar) if in_points(estimate) else None


def in_points(estimate: Estimate) -> bool:
    """Whether all of its amounts are points."""
    return all(amount.unit is Unit.POINTS for amount in estimate.amounts)


def _three_points(low: float, median: float, high: float) -> Distribution:
    if low < median and high - median > median - low:
        shift = (low * high - median**2) / (low + high - 2 * median)
        if shift >= 0:
            return Lognormal(log(median - shift), log((high - shift) / (median - shift)) / _Z90, shift)
    return TwoPiece(median, log(median / low) / _Z90, log(high / median) / _Z90)


def _values(estimate: Estimate, calendar: Calendar) -> list[float]:
    """Its amounts in hours, or in points where all are; nothing where they are mixed."""
    if in_points(estimate):
        return [amount.number for amount in estimate.amounts]
    hours = [to_hours(amount, calendar) for amount in estimate.amounts]
    return [float(one) for one in hours if one is not None] if None not in hours else []


def _share_below(distance: float, sigma: float) -> float:
    """The share of a normal variable below a distance from its middle; with no spread, all of it is at the middle."""
    return _STANDARD.cdf(distance / sigma) if sigma else float(distance >= 0)
