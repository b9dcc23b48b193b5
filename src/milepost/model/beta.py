"""The beta distribution between 0 and 1, for `pert` estimates. scipy has it too, and takes 0.8 s to import.

The cumulative distribution is the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22,
https://dlmf.nist.gov/8.17#v) and Lentz's way of evaluating one.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, lgamma, log

_TINY = 1e-300
_CLOSE = 1e-15
_MOST_TERMS = 500
_HALVINGS = 60  # after which an interval of 1 is as narrow as a float can tell


def beta_cdf(x: float, a: float, b: float) -> float:
    """The probability that a beta variable with shape `a`, `b` (both above 0) is at most `x`, 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges quickly below this only
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    return front / _fraction(x, a, b)


def beta_quantile(p: float, a: float, b: float) -> float:
    """The value that a beta variable does not exceed with probability `p`, 0 to 1."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + …)), by Lentz."""
    value = above = 1.0
    below = 0.0
    for term in _terms(x, a, b):
        below = 1 / ((1 + term * below) or _TINY)
        above = (1 + term / above) or _TINY
        value *= above * below
        if abs(above * below - 1) < _CLOSE:
            break
    return value


def _terms(x: float, a: float, b: float) -> Iterator[float]:
    for m in range(_MOST_TERMS):
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
