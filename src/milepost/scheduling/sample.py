"""Ten thousand equally likely values of one quantity, and what can be said of it.

Whoever asks needs no numpy: samples are added and multiplied as they are, and answer in plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]

_NOTHING = 1e-9  # what is left of sums of fractions, and of n times p
_Z95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, eq=False)  # without slots: what is cached needs room
class Sample:
    """Values of one quantity. Those of two samples belong together one by one: they come from the same world."""

    row: Row  # one value for each world; of no use outside this room

    def __add__(self, other: Sample | float) -> Sample:
        return Sample(self.row + _row_of(other))

    def __sub__(self, other: Sample | float) -> Sample:
        return Sample(self.row - _row_of(other))

    def __mul__(self, other: Sample | float) -> Sample:
        return Sample(self.row * _row_of(other))

    __radd__ = __add__
    __rmul__ = __mul__

    def __len__(self) -> int:
        return len(self.row)

    @property
    def mean(self) -> float:
        """The mean of the values."""
        return float(self.row.mean())

    @property
    def spread(self) -> float:
        """Their standard deviation."""
        return float(self.row.std())

    @cached_property
    def ordered(self) -> Row:
        """The values, smallest first."""
        return np.sort(self.row)

    def quantile(self, p: float) -> float:
        """The smallest value that a share `p` of all does not exceed (inverted distribution, no value in between)."""
        return self._ranked(len(self) * p)

    def quantile_range(self, p: float) -> tuple[float, float]:
        """Where that quantile is with 95 %, were there any number of samples, by order statistics."""
        n = len(self)
        half = _Z95 * sqrt(n * p * (1 - p))
        return self._ranked(n * p - half), self._ranked(n * p + half + 1)

    def chance(self, most: float) -> float:
        """The share of values that are at most so large."""
        return self.chances([most])[0]

    def chances(self, limits: Sequence[float]) -> tuple[float, ...]:
        """The share of values up to each of some limits: what a chart of the distribution needs."""
        found = np.searchsorted(self.ordered, np.asarray(limits, dtype=np.float64) + _NOTHING, side="right")
        return tuple(int(count) / len(self) for count in found)

    def chance_error(self, most: float) -> float:
        """The standard error of that share, because samples are finite."""
        share = self.chance(most)
        return sqrt(share * (1 - share) / len(self))

    def latest(self, confidence: float) -> float:
        """The largest value that a share `confidence` of all values reaches or exceeds."""
        return self._ranked(floor(len(self) * (1 - confidence) + _NOTHING) + 1)

    def _ranked(self, rank: float) -> float:
        """The value with a rank, the smallest having 1."""
        place = min(len(self), max(1, ceil(rank - _NOTHING)))
        return float(self.ordered[place - 1])


def fixed(value: float, count: int) -> Sample:
    """The same value in every world, in the room that one takes."""
    return Sample(np.broadcast_to(np.float64(value), count))


def last_of(samples: Iterable[Sample]) -> Sample:
    """The largest of some values in each world. Raises ValueError without any."""
    first, *others = samples
    row = first.row
    for sample in others:
        row = np.maximum(row, sample.row)
    return Sample(row)


def _row_of(value: Sample | float) -> Row | float:
    return value.row if isinstance(value, Sample) else value
