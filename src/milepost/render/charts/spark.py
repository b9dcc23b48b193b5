"""A tiny line of a date's moves, small enough for a card."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.render.charts.scale import DayScale, span_of
from milepost.render.charts.track import Point, Track


@dataclass(frozen=True, slots=True)
class Spark:
    """A tiny chart: the steps of one date, and where it ends."""

    width: float
    height: float
    path: str
    end: Point


def draw_spark(track: Track, width: float = 60.0, height: float = 24.0) -> Spark | None:
    """The steps of one date from left to right; None where it was never said. Later is higher."""
    said = [(accepted, day) for accepted, day in track.said if day]
    if not said:
        return None
    first, last = span_of([accepted for accepted, _ in said] + [track.until], 0)
    low, high = span_of([day for _, day in said], 0)
    x = DayScale(first, last, 2.0, width - 4.0)
    y = DayScale(low, high, height - 4.0, 4.0 if low < high else height - 4.0)
    steps = "".join(f"H{x.at(accepted)}V{y.at(day)}" for accepted, day in said[1:])
    end = Point(x.at(last), y.at(said[-1][1]))
    return Spark(width, height, f"M{x.at(said[0][0])} {y.at(said[0][1])}{steps}H{end.x}", end)
