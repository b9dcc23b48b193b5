"""How sure was said against how often it was enough: the reliability diagram of ranges.

On the diagonal ranges are right. Above it less would have done, below it more was needed than they allowed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from milepost.analyses.scoring import Level
from milepost.render.charts.plot import Plot
from milepost.render.charts.scatter import Mark
from milepost.render.charts.track import Point

SIDE = 300.0
LEFT, TOP, RIGHT, BOTTOM = 64.0, 28.0, 60.0, 52.0
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Held:
    """A level: where it lies, and the two ends of what is plausible."""

    at: Point
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration(Plot):
    """The diagram, ready to be drawn."""

    marks: tuple[Mark, ...]
    levels: tuple[Held, ...]
    path: str  # from level to level


def draw_calibration(levels: Sequence[Level]) -> Calibration:
    """Lay levels out, which have shares from 0 to 1 on both axes."""
    held = tuple(_held(level) for level in levels)
    return Calibration(
        width=LEFT + SIDE + RIGHT, height=TOP + SIDE + BOTTOM,
        left=LEFT, right=LEFT + SIDE, top=TOP, bottom=TOP + SIDE,
        marks=tuple(Mark(_x(share), _y(share), f"{share * 100:.0f}") for share in _MARKS),
        levels=held,
        path="M" + "L".join(f"{one.at.x} {one.at.y}" for one in held) if held else "",
    )  # fmt: skip


def _held(level: Level) -> Held:
    at = Point(_x(level.sure), _y(level.held / level.n))
    return Held(at, _y(level.interval.low), _y(level.interval.high))


def _x(share: float) -> float:
    return round(LEFT + share * SIDE, 1)


def _y(share: float) -> float:
    return round(TOP + (1 - share) * SIDE, 1)
