"""What was said of one date over time, and the line that it draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from milepost.model.item import Ref
from milepost.render.charts.scale import DayScale, add_days

_ROOM = 60  # days beside all that was said, within which a forecast is shown


class Likely(NamedTuple):
    """What would have been forecast on a day: by when it is done as likely as not, and with 80 %."""

    on: date
    even: date
    sure: date


@dataclass(frozen=True, slots=True)
class Track:
    """What was said of one date: pairs of the day it was accepted and the day it said (None: taken away)."""

    item: Ref
    said: tuple[tuple[date, date | None], ...]
    until: date  # the last day it is followed to: today, or when it was reached or dropped
    reached: date | None = None
    label: str = ""
    rank: int = 0  # which line matters most: 0 first
    heading: date | None = None  # when it would be reached if it went on as it has; after `until`
    likely: tuple[Likely, ...] = ()  # what would have been forecast, oldest first

    @property
    def days(self) -> int | None:
        """Calendar days from the first date said to the last; None where it has been taken away."""
        first, last = self.said[0][1], self.said[-1][1]
        return (last - first).days if first and last else None

    @property
    def tone(self) -> str:
        """Which way the date moved in all: `later`, `earlier` or `still`."""
        return "still" if not self.days else "later" if self.days > 0 else "earlier"

    @property
    def days_said(self) -> tuple[date, ...]:
        """Every day that was said, the day it was reached, and the day on which it would be."""
        said = (*(day for _, day in self.said), self.reached, self.heading)
        return tuple(day for day in said if day)

    @property
    def days_likely(self) -> tuple[date, ...]:
        """The days that would have been forecast, as far as they leave room for those that were said."""
        if not self.likely or not self.days_said:
            return ()
        low, high = min(self.days_said), max(self.days_said)
        room = max((high - low).days, _ROOM)
        first, last = add_days(low, -room), add_days(high, room)
        return tuple(min(max(day, first), last) for one in self.likely for day in (one.even, one.sure))

    @property
    def days_accepted(self) -> tuple[date, ...]:
        """Every day on which something was said, and the last one it is followed to."""
        return (*(day for day, _ in self.said), self.until, *((self.heading,) if self.heading else ()))


@dataclass(frozen=True, slots=True)
class Point:
    """A position in a chart."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A track as it is drawn. `points` are where something was said."""

    item: Ref
    path: str
    points: tuple[Point, ...]
    end: Point
    reached: bool
    tone: str
    heading: Point | None = None  # where it would be reached if it went on as it has
    band: str = ""  # from as likely as not to 80 % sure, as it would have been forecast


def draw_line(track: Track, x: DayScale, y: DayScale) -> Line:
    """Steps: a date stands until another one is accepted. Where it was taken away, the line has a gap."""
    parts: list[str] = []
    height: float | None = None
    for accepted, said in track.said:
        parts += _step(x.at(accepted), y.at(said) if said else None, height)
        height = y.at(said) if said else None
    end = x.at(max(track.until, track.said[-1][0]))
    parts += [f"H{end}"] if height is not None else []
    if track.reached and height is not None:
        height = y.at(track.reached)
        parts.append(f"V{height}")
    points = tuple(Point(x.at(accepted), y.at(said)) for accepted, said in track.said if said)
    last = Point(end, height) if height is not None else points[-1] if points else Point(end, y.start)
    heading = Point(x.at(track.heading), y.at(track.heading)) if track.heading and height is not None else None
    return Line(
        track.item, "".join(parts), points, last, track.reached is not None, track.tone, heading, _band(track, x, y)
    )


def _band(track: Track, x: DayScale, y: DayScale) -> str:
    """A rectangle from each forecast to the next one."""
    ends = [*(later.on for later in track.likely[1:]), track.until]
    parts = ((x.at(one.on), x.at(max(one.on, end)), one) for one, end in zip(track.likely, ends, strict=False))
    return "".join(
        f"M{left} {y.at(one.sure)}H{right}V{y.at(one.even)}H{left}z" for left, right, one in parts if right > left
    )


def _step(x: float, new: float | None, old: float | None) -> list[str]:
    """From one height to another at one place; None: there is no line on that side."""
    if old is None:
        return [f"M{x} {new}"] if new is not None else []
    return [f"H{x}", f"V{new}"] if new is not None else [f"H{x}"]
