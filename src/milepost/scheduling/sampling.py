"""Drawing what is not known: each item from a stream of random numbers of its own, with what is common to all.

A stream depends on the seed and on the id only. Another item moves nobody's values, and two versions of a plan are
compared in the same worlds.
"""

from __future__ import annotations

from math import inf, nextafter, sqrt
from zlib import crc32

import numpy as np

from milepost.model.distribution import Distribution
from milepost.scheduling.drawing import draw, draw_beyond
from milepost.scheduling.sample import Row, Sample, fixed

SAMPLES = 10_000
#: How much items go wrong together. Real tasks (SiP) that are added up are covered as said with it, too seldom without.
CORRELATION = 0.15

_MOST = 1e12  # nothing takes longer: what is infinite can't be subtracted
_OWN, _COIN, _COMMON = range(3)  # streams of an id


class Sampler:
    """Draws samples. The same seed and count give the same ones, with any version of numpy."""

    def __init__(self, seed: int, count: int = SAMPLES, correlation: float = CORRELATION) -> None:
        """`seed` is 0 or more, `correlation` 0 to 1."""
        self.count = count
        self._seed = seed
        self._own_weight = sqrt(1 - correlation)
        self._common = self._normals("", _COMMON) * sqrt(correlation)

    def work(
        self, id: str, distribution: Distribution, *, scale: float = 1.0, past: float = 0.0, cap: float = inf
    ) -> Sample:
        """How long an item takes. It shares with all other work what is common to it.

        `past` is what it has taken already, and `cap` what it may take at most (a timebox), in the distribution's
        unit; `scale` is how many working days that unit is. Every value exceeds `past`, even where the cap does not.
        """
        z = self._normals(id, _OWN)
        z *= self._own_weight
        z += self._common
        row = draw_beyond(distribution, z, past) if past > 0 else draw(distribution, z, out=z)
        np.minimum(row, max(min(cap, _MOST), nextafter(past, inf) if past > 0 else 0.0), out=row)
        if scale != 1:
            row *= scale
        return Sample(row)

    def alone(self, id: str, distribution: Distribution, *, scale: float = 1.0) -> Sample:
        """Something that has nothing in common with the rest, such as how much work is yet to be found."""
        return Sample(np.minimum(draw(distribution, self._normals(id, _OWN)), _MOST) * scale)

    def risk(self, id: str, probability: float, impact: Distribution, *, scale: float = 1.0) -> Sample:
        """What a risk costs: nothing, or with its probability a value of its impact.

        The coin and the impact are drawn from two streams, so that a lower probability is a part of the same worlds,
        and another impact comes in the same ones.
        """
        return Sample(self.alone(id, impact, scale=scale).row * (self._uniforms(id) < probability))

    def fixed(self, value: float) -> Sample:
        """What is known."""
        return fixed(value, self.count)

    def _normals(self, id: str, stream: int) -> Row:
        return self._stream(id, stream).standard_normal(self.count)

    def _uniforms(self, id: str) -> Row:
        return self._stream(id, _COIN).random_sample(self.count)

    def _stream(self, id: str, stream: int) -> np.random.RandomState:
        """RandomState, because what it draws never changes between versions of numpy (NEP 19): Generator's may."""
        entropy = (self._seed, crc32(id.encode()), stream)
        return np.random.RandomState(np.random.SFC64(np.random.SeedSequence(entropy)))
