"""From standard normal values to values of a distribution.

Everything is drawn by its quantile function at a normal value, so that what is correlated as normal values stays so
with any distributions (a Gaussian copula), and each keeps its own distribution.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import erfc, inf, log, nextafter, pi, sqrt
from statistics import NormalDist

import numpy as np

from milepost.model.distribution import USUAL_SIGMA, Distribution, Lognormal, Pert, TwoPiece
from milepost.scheduling.sample import Row

_STANDARD = NormalDist()
_REACH = 6  # a value farther out comes once in a thousand million: tables end there
_STEPS = 64  # entries of a table for each standard deviation
_PLACES = [place / _STEPS - _REACH for place in range(2 * _REACH * _STEPS + 1)]
_PANELS = 4096
_HARDLY = 1e-9


def draw(distribution: Distribution, z: Row, out: Row | None = None) -> Row:
    """The values of a distribution at standard normal values: its quantile at the share that is below each.

    `out` may be used for the result, and may be `z`: new memory takes longer than the arithmetic.
    """
    match distribution:
        case Lognormal(mu, sigma, shift):
            row = np.multiply(z, sigma, out=out)
            row += mu
            _exp(row)
            row += shift
            return row
        case TwoPiece(median, below, above):
            row = np.multiply(z, np.where(z < 0, below, above), out=out)
            row += log(median)
            return _exp(row)
        case Pert(low, likely, high):
            width = high - low
            return low + width * _look_up(_pert_table((likely - low) / width), z) if width else np.full_like(z, low)
    return _look_up(_table(distribution), z)


def draw_beyond(distribution: Distribution, z: Row, past: float) -> Row:
    """The same for what is known to exceed a value: time that something has taken already.

    Where the distribution leaves less than one chance in a thousand million for that, it was wrong, and says nothing
    of what is to come: then a lognormal with the usual spread around `past` is used.
    """
    place = _place_of(distribution, past)
    if place == -inf:
        return draw(distribution, z)
    if _share_above(place) < _HARDLY:
        distribution, place = Lognormal(log(past), USUAL_SIGMA), 0.0
    row = draw(distribution, _look_up(_table_beyond(place), z))
    return np.maximum(row, nextafter(past, inf), out=row)


def _place_of(distribution: Distribution, value: float) -> float:
    """The standard normal value that belongs to a value, ±infinity outside of the distribution."""
    match distribution:
        case Lognormal(mu, sigma, shift) if sigma and value > shift:
            return (log(value - shift) - mu) / sigma
        case TwoPiece(median, below, above) if value > 0 and (spread := below if value < median else above):
            return (log(value) - log(median)) / spread
    share = distribution.cdf(value)
    return _STANDARD.inv_cdf(share) if 0 < share < 1 else (inf if share else -inf)


def _share_above(place: float) -> float:
    return erfc(place / sqrt(2)) / 2  # 1 - cdf has no digits left far out


@lru_cache(maxsize=256)
def _table_beyond(place: float) -> Row:
    """The normal values that belong to normal values, if only the part above a place is left of them."""
    left = _share_above(place)
    return _array(-_STANDARD.inv_cdf(left * _share_above(z)) for z in _PLACES)


@lru_cache(maxsize=256)
def _table(distribution: Distribution) -> Row:
    return _array(distribution.quantile(_STANDARD.cdf(z)) for z in _PLACES)


@lru_cache(maxsize=256)
def _pert_table(likely: float) -> Row:
    """Quantiles of the beta-PERT distribution from 0 to 1, by summing its density over x = sin², where it is smooth."""
    angle = np.linspace(0, pi / 2, _PANELS + 1)
    x = np.sin(angle) ** 2
    density = np.sin(angle) ** (1 + 8 * likely) * np.abs(np.cos(angle)) ** (1 + 8 * (1 - likely))
    below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    shares = _array(map(_STANDARD.cdf, _PLACES))
    table: Row = np.interp(shares, below / below[-1], x)
    return table


def _exp(row: Row) -> Row:
    """In place. Estimates may be so large that it is infinite, which is no reason to warn."""
    with np.errstate(over="ignore"):
        return np.exp(row, out=row)


def _look_up(table: Row, z: Row) -> Row:
    """Between the two nearest entries; np.interp, which knows nothing of even steps, takes five times as long."""
    place = np.clip(z, -_REACH, _REACH - 1e-12)
    place += _REACH
    place *= _STEPS
    entry = place.astype(np.intp)
    place -= entry
    place *= np.diff(table)[entry]
    place += table[entry]
    return place


def _array(values: Iterable[float]) -> Row:
    return np.fromiter(values, dtype=np.float64)
