"""Distributions made from others: what is left of work that has begun, work with a limit, work in another unit."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from milepost.model.distribution import Distribution

_MOST = 1 - 1e-9  # beyond, a distribution says nothing: what takes so long is not the work that was estimated
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is still to be done, where `elapsed` was done already and the work is not finished.

    Work that has taken long is likely to take longer: this is the whole, given that it exceeds what elapsed, less that.
    """

    whole: Distribution
    elapsed: float  # above 0, in the unit of the whole

    @property
    def mean(self) -> float:
        """The expected value, as the mean of quantiles in the middle of equal parts."""
        return fmean(self.quantile((step + 0.5) / _STEPS) for step in range(_STEPS))

    def quantile(self, p: float) -> float:
        """The value that is not exceeded with probability `p`, between 0 and 1."""
        past = self.whole.cdf(self.elapsed)
        return max(0.0, self.whole.quantile(min(_MOST, past + (1 - past) * p)) - self.elapsed)

    def cdf(self, value: float) -> float:
        """The probability, 0 to 1, that a value is not exceeded."""
        past = self.whole.cdf(self.elapsed)
        return (self.whole.cdf(self.elapsed + value) - past) / (1 - past) if past < _MOST and value >= 0 else 1.0


@dataclass(frozen=True, slots=True)
class Capped:
    """Work that ends when it has taken `limit`, whatever was found out: research with a timebox."""

    whole: Distribution
    limit: float

    @property
    def mean(self) -> float:
        """The expected value, as the mean of quantiles in the middle of equal parts."""
        return fmean(self.quantile((step + 0.5) / _STEPS) for step in range(_STEPS))

    def quantile(self, p: float) -> float:
        """The value that is not exceeded with probability `p`, between 0 and 1."""
        return min(self.limit, self.whole.quantile(p))

    def cdf(self, value: float) -> float:
        """The probability, 0 to 1, that a value is not exceeded."""
        return 1.0 if value >= self.limit else self.whole.cdf(value)


@dataclass(frozen=True, slots=True)
class Scaled:
    """The same work in another unit, or by the experience of a team: every value times `factor`, above 0."""

    whole: Distribution
    factor: float

    @property
    def mean(self) -> float:
        """The expected value."""
        return self.whole.mean * self.factor

    def quantile(self, p: float) -> float:
        """The value that is not exceeded with probability `p`, between 0 and 1."""
        return self.whole.quantile(p) * self.factor

    def cdf(self, value: float) -> float:
        """The probability, 0 to 1, that a value is not exceeded."""
        return self.whole.cdf(value / self.factor)
