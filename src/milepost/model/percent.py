"""A share as people read it, which never stands on the other side of a bound that a word depends on."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor


def whole_percent(share: float, least: Iterable[float] = (), most: Iterable[float] = ()) -> int:
    """A share from 0 to 1 in whole percent: rounded, but not up to `least` that it misses, nor down to `most`.

    Where 80 % are on track, 79.6 % are shown as 79; where at most 60 % may be, 60.4 % are shown as 61.
    """
    percent = round(share * 100)
    if any(share < bound <= percent / 100 for bound in least):
        return percent - 1
    if any(percent / 100 <= bound < share for bound in most):
        return floor(share * 100) + 1
    return percent
