"""How good have estimates been? Figures over pairs of what was said and what it took (methods: accuracy).

A ratio above 1 means that it took longer than was said. Every figure comes with how many pairs it rests on; intervals
are 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, fmean, median, stdev
from typing import NamedTuple

from milepost.model.beta import beta_cdf, beta_quantile

ENOUGH = 10  # ranges below which a hit rate says nothing
SURE = (0.1, 0.25, 0.5, 0.75, 0.9)  # levels at which ranges are looked at, from hardly sure to nearly certain
_ROUNDING = 1e-9  # of a probability: what was said exactly counts as enough
_Z95 = NormalDist().inv_cdf(0.975)


class Pair(NamedTuple):
    """What was said and what it took, both above 0 and in one unit."""

    estimate: float
    actual: float


class Interval(NamedTuple):
    """The two ends of a range of plausible values."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Legacy:
    """Figures that are still asked for, though they reward estimates that are too low (Tofallis 2015)."""

    mmre: float  # mean of |actual - estimate| / actual
    mdmre: float  # its median
    pred25: float  # share of pairs where it is at most 0.25


@dataclass(frozen=True, slots=True)
class Score:
    """How well some estimates did."""

    n: int
    median_ratio: float
    geometric_mean: float
    geometric_interval: Interval | None  # t interval; None for a single pair
    sd: float | None  # of ln(actual / estimate); None for a single pair
    ratio_p10: float
    ratio_p90: float
    under: float  # share that took longer than was said
    exact: float
    over: float  # share that took less
    under_mean: float | None  # geometric mean of the ratios of those that took longer; None without any
    over_mean: float | None  # the same of those that took less
    total_ratio: float  # all that it took, by all that was said
    mar: float  # mean |actual - estimate|
    accuracy: (
        float | None
    )  # standardised: 1 - MAR / MARP0; 0 is guessing, 1 is never wrong; None where all took the same
    legacy: Legacy


@dataclass(frozen=True, slots=True)
class RangeScore:
    """How often ranges held, beside how often they should have."""

    n: int
    hits: int
    nominal: float  # share that should hold
    interval: Interval  # Wilson
    tail: float  # chance of as few hits, or as many, if the ranges were right: the smaller of the two
    interval_score: float  # mean, Gneiting & Raftery 2007: width, and what was missed by; lower is better

    @property
    def is_enough(self) -> bool:
        """Whether there are enough ranges for the rate to say anything."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Level:
    """Of `n` ranges, how many things took at most what was `sure` to be enough with that probability."""

    sure: float
    held: int
    n: int
    interval: Interval  # Wilson


def score_pairs(pairs: Sequence[Pair]) -> Score | None:
    """The figures for some pairs; None without any."""
    if not pairs:
        return None
    ratios = sorted(pair.actual / pair.estimate for pair in pairs)
    logs = [log(ratio) for ratio in ratios]
    spread = stdev(logs) if len(logs) > 1 else None
    errors = [abs(pair.actual - pair.estimate) for pair in pairs]
    guessing = mean_difference([pair.actual for pair in pairs])
    return Score(
        n=len(pairs),
        median_ratio=median(ratios),
        geometric_mean=exp(fmean(logs)),
        geometric_interval=_t_interval(fmean(logs), spread, len(logs)) if spread is not None else None,
        sd=spread,
        ratio_p10=quantile_of(ratios, 0.1),
        ratio_p90=quantile_of(ratios, 0.9),
        under=sum(pair.actual > pair.estimate for pair in pairs) / len(pairs),
        exact=sum(pair.actual == pair.estimate for pair in pairs) / len(pairs),
        over=sum(pair.actual < pair.estimate for pair in pairs) / len(pairs),
        under_mean=_geometric_mean([one for one in logs if one > 0]),
        over_mean=_geometric_mean([one for one in logs if one < 0]),
        total_ratio=sum(pair.actual for pair in pairs) / sum(pair.estimate for pair in pairs),
        mar=fmean(errors),
        accuracy=1 - fmean(errors) / guessing if guessing else None,
        legacy=_legacy(pairs),
    )


def score_ranges(ranges: Sequence[tuple[Interval, float]], nominal: float = 0.8) -> RangeScore | None:
    """How ranges did against what came; `nominal` is the share that should hold. None without any."""
    if not ranges:
        return None
    hits = sum(low <= actual <= high for (low, high), actual in ranges)
    return RangeScore(
        n=len(ranges),
        hits=hits,
        nominal=nominal,
        interval=wilson_interval(hits, len(ranges)),
        tail=min(_at_most(hits, len(ranges), nominal), _at_most(len(ranges) - hits, len(ranges), 1 - nominal)),
        interval_score=fmean(_interval_score(range_, actual, 1 - nominal) for range_, actual in ranges),
    )


def score_levels(places: Sequence[float]) -> tuple[Level, ...]:
    """How sure was said against how often it was enough. A place is the probability that less would have been enough.

    This is a reliability diagram: where ranges are right, half of all things take at most the median, and so on.
    """
    n = len(places)
    counts = ((sure, sum(place <= sure + _ROUNDING for place in places)) for sure in SURE)
    return tuple(Level(sure, held, n, wilson_interval(held, n)) for sure, held in counts if n)


def _geometric_mean(logs: Sequence[float]) -> float | None:
    return exp(fmean(logs)) if logs else None


def mean_difference(values: Sequence[float]) -> float:
    """MARP0: the mean error of guessing each value by another one at random (Langdon et al. 2016), in n log n."""
    n = len(values)
    weighted = sum((2 * rank - n + 1) * value for rank, value in enumerate(sorted(values)))
    return 2 * weighted / n**2


def wilson_interval(hits: int, n: int) -> Interval:
    """Where a rate plausibly is, 95 %, after `hits` of `n` (Wilson 1927)."""
    rate, z2 = hits / n, _Z95**2
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * sqrt(rate * (1 - rate) / n + z2 / (4 * n**2))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def quantile_of(ordered: Sequence[float], p: float) -> float:
    """A quantile of sorted values, interpolated between neighbours (type 7 of Hyndman & Fan 1996)."""
    at = p * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def t_quantile(p: float, freedom: int) -> float:
    """The quantile of Student's t, from the beta distribution; `p` is between 0.5 and 1."""
    share = beta_quantile(2 * (1 - p), freedom / 2, 0.5)
    return sqrt(freedom * (1 - share) / share)


def _t_interval(mean: float, sd: float, n: int) -> Interval:
    half = t_quantile(0.975, n - 1) * sd / sqrt(n)
    return Interval(exp(mean - half), exp(mean + half))


def _legacy(pairs: Sequence[Pair]) -> Legacy:
    errors = [abs(pair.actual - pair.estimate) / pair.actual for pair in pairs]
    return Legacy(fmean(errors), median(errors), sum(error <= 0.25 for error in errors) / len(errors))


def _at_most(hits: int, n: int, rate: float) -> float:
    """The chance of no more than `hits` of `n`: the binomial's tail as a beta distribution (DLMF 8.17.5)."""
    return 1.0 if hits == n else beta_cdf(1 - rate, n - hits, hits + 1)


def _interval_score(range_: Interval, actual: float, alpha: float) -> float:
    missed = max(range_.low - actual, actual - range_.high, 0.0)
    return range_.high - range_.low + 2 / alpha * missed
