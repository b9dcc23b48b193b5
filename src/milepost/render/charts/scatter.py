"""What it took against what was first said, on scales where twice as much is the same step everywhere.

On the diagonal it took what was said; on the two lines beside it twice as much, or half. Dots carry no names and lie
in the order of their sizes: the picture is about estimates, and says nothing of whose they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

from milepost.analyses.scoring import Pair
from milepost.render.charts.plot import Plot
from milepost.render.charts.track import Point

SIDE = 440.0
LEFT, TOP, RIGHT, BOTTOM = 64.0, 28.0, 76.0, 52.0

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500, 1000)
_MOST_TICKS = 7
_LEAST = 8.0  # from one end of the scales to the other
_DOT, _LARGEST_DOT = 5.0, 14.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One or more pairs at the same place; its area grows with their number."""

    x: float
    y: float
    r: float
    n: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A line on which it took `times` what was said; its label stands at its upper end, which is always free."""

    start: Point
    end: Point
    label: str
    at: Point
    is_diagonal: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on both axes, which have the same scale."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Scatter(Plot):
    """A scatter plot, ready to be drawn."""

    marks: tuple[Mark, ...]
    guides: tuple[Guide, ...]
    dots: tuple[Dot, ...]


def draw_scatter(pairs: Iterable[Pair]) -> Scatter | None:
    """Lay pairs out, all in one unit; None without any."""
    counts = Counter(Pair(*(float(f"{number:.3g}") for number in pair)) for pair in pairs)
    if not counts:
        return None
    scale = _scale(counts)
    return Scatter(
        width=LEFT + SIDE + RIGHT, height=TOP + SIDE + BOTTOM,
        left=LEFT, right=LEFT + SIDE, top=TOP, bottom=TOP + SIDE,
        marks=tuple(scale.mark(step) for step in _steps(scale)),
        guides=tuple(scale.guide(times, label) for times, label in ((2.0, "2 ×"), (1.0, "as said"), (0.5, "½ ×"))),
        dots=tuple(scale.dot(pair, n) for pair, n in sorted(counts.items())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    """Both axes: from `low` to `high`, in powers."""

    low: float
    high: float

    def share(self, value: float) -> float:
        return log2(value / self.low) / log2(self.high / self.low)

    def x(self, value: float) -> float:
        return round(LEFT + self.share(value) * SIDE, 1)

    def y(self, value: float) -> float:
        return round(TOP + (1 - self.share(value)) * SIDE, 1)

    def mark(self, value: float) -> Mark:
        return Mark(self.x(value), self.y(value), f"{value:g}")

    def dot(self, pair: Pair, n: int) -> Dot:
        return Dot(self.x(pair.estimate), self.y(pair.actual), round(min(_DOT * n**0.5, _LARGEST_DOT), 1), n)

    def guide(self, times: float, label: str) -> Guide:
        """From one edge of the plot to another."""
        first = max(self.low, self.low / times)
        last = min(self.high, self.high / times)
        end = Point(self.x(last), self.y(min(last * times, self.high)))
        at = Point(end.x + 6.0, end.y + 4.0) if times <= 1.0 else Point(end.x, end.y - 8.0)
        return Guide(Point(self.x(first), self.y(first * times)), end, label, at, times == 1.0)


def _scale(pairs: Iterable[Pair]) -> _Scale:
    """Room around all pairs, and at least enough for the lines beside the diagonal."""
    values = [value for pair in pairs for value in pair]
    low, high = min(values) / 1.3, max(values) * 1.3
    wider = max((_LEAST * low / high) ** 0.5, 1.0)
    return _Scale(low / wider, high * wider)


def _steps(scale: _Scale) -> list[float]:
    """Round numbers within the scale, thinned out from the largest down where there are too many."""
    inside = [step for step in _STEPS if scale.low <= step <= scale.high]
    every = -(-len(inside) // _MOST_TICKS) or 1
    return inside[::-1][::every][::-1]
