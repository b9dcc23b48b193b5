"""Parts that add up to a whole: each bar begins where the one before it ended, and the last one is the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

WIDTH = 400.0
_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: where its bar lies, and where it leaves the sum of all parts so far."""

    x: float
    width: float
    end: float


@dataclass(frozen=True, slots=True)
class Cascade:
    """The bars of all parts in the order given, the bar of the whole, and where nothing is."""

    zero: float
    bars: tuple[Bar, ...]
    total: Bar


def draw_cascade(parts: Sequence[int]) -> Cascade:
    """Lay parts out over `WIDTH` px; negative ones lead back to the left."""
    sums = list(accumulate(parts, initial=0))
    low, high = min(sums), max(sums)
    scale = (WIDTH - 2 * _EDGE) / max(high - low, 1)

    def bar(start: int, end: int) -> Bar:
        left, right = (_EDGE + (number - low) * scale for number in (min(start, end), max(start, end)))
        return Bar(round(left, 1), round(right - left, 1), round(right if end >= start else left, 1))

    bars = tuple(bar(start, end) for start, end in pairwise(sums))
    return Cascade(round(_EDGE - low * scale, 1), bars, bar(0, sums[-1]))
