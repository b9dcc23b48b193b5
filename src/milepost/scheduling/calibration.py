"""What a team's own past says of its estimates: how much longer things take than was said.

The distribution of the ratio is that of the past itself, of three groups within each other: the same owner's items of
the same size, everybody's of that size, and all. A group of n counts n / (n + 20), and the rest is left to the next
wider one; what is left at the end is the usual spread of public data. No person is ever compared with another one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp
from statistics import NormalDist
from typing import NamedTuple

from milepost.model.distribution import USUAL_SIGMA

FEWEST = 8  # finished items below which the past says nothing
_HALF = 20  # how many items it takes for a group to count as much as all that is around it
_CERTAIN = 1e-12  # what is left of sums of weights

#: Stands for a lognormal around 1.
USUAL = tuple(exp(NormalDist(0, USUAL_SIGMA).inv_cdf((place + 0.5) / 40)) for place in range(40))


class Past(NamedTuple):
    """A finished item: whose it was, how large it was said to be, and its actual by its estimate (above 0)."""

    owner: str | None
    size: str
    ratio: float


@dataclass(frozen=True, slots=True, eq=False)
class Ratios:
    """A distribution of ratios; each `value` is as likely as its part of `shares`, which are added up to 1."""

    values: tuple[float, ...]  # ascending
    shares: tuple[float, ...]

    @property
    def parts(self) -> Iterator[tuple[float, float]]:
        """Each value with how likely it is."""
        for value, share, before in zip(self.values, self.shares, (0.0, *self.shares[:-1]), strict=True):
            yield value, share - before

    @property
    def mean(self) -> float:
        return sum(value * part for value, part in self.parts)

    def quantile(self, p: float) -> float:
        NormalDist().inv_cdf(p)  # says what is wrong with a p that is none
        return self.values[min(bisect_left(self.shares, p - _CERTAIN), len(self.values) - 1)]

    def cdf(self, value: float) -> float:
        place = bisect_right(self.values, value)
        return self.shares[place - 1] if place else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `n` finished items say."""

    past: tuple[Past, ...]
    _found: dict[tuple[str | None, str], Ratios] = field(default_factory=dict, repr=False, compare=False)

    @property
    def n(self) -> int:
        """How many finished items it rests on."""
        return len(self.past)

    def ratios(self, owner: str | None, size: str) -> Ratios:
        """How much longer an item of an owner and size may take than its estimate's median."""
        if (owner, size) not in self._found:
            alike = [one for one in self.past if one.size == size]
            own = [one.ratio for one in alike if owner is not None and one.owner == owner]
            self._found[owner, size] = shrunken([own, [one.ratio for one in alike], [one.ratio for one in self.past]])
        return self._found[owner, size]


def calibrate(past: Iterable[Past]) -> Calibration | None:
    """What finished items say; None where they are too few."""
    items = tuple(past)
    return Calibration(items) if len(items) >= FEWEST else None


def shrunken(groups: Sequence[Sequence[float]]) -> Ratios:
    """The distribution of groups, the narrowest first, each with its weight of what is left by those before it.

    What is left at the end is the usual spread.
    """
    left = 1.0
    weighted: list[tuple[float, float]] = []
    for group in groups:
        weight = left * len(group) / (len(group) + _HALF)
        left -= weight
        weighted.extend((ratio, weight / len(group)) for ratio in group)
    weighted.extend((ratio, left / len(USUAL)) for ratio in USUAL)
    weighted.sort()
    return Ratios(tuple(ratio for ratio, _ in weighted), tuple(accumulate(weight for _, weight in weighted)))
