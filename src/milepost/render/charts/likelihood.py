"""How likely each day is: a histogram on an axis of days, with the day that is due and those we are sure of.

Areas are chances, so that bars of different widths can be compared. What lies after the due date has another colour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from milepost.analyses.forecasts.curve import Reached
from milepost.render.charts.scale import DayScale, Tick, add_days, month_ticks

WIDTH, HEIGHT = 600.0, 140.0
LEFT, RIGHT, TOP, BASE = 20.0, 40.0, 28.0, 92.0

_STEPS = (1, 7, 14, 28, 91)  # days in a bar
_LEAST = 7.0  # px that a bar is wide
_SHORTEST = 28  # days on an axis
_TICKS = 7
_LABEL = 58.0  # px that the label of a day may take, where letters are large
_MONTH, _NARROW = 60.0, 104.0  # px from month to month, and where letters are large
_START = 60.0  # px: a label before it begins at its month, others have it in their middle
_NOTHING = 0.005  # chance that is not told


class Bar(NamedTuple):
    """The chance of some days beside each other."""

    x: float
    y: float
    width: float
    height: float
    is_late: bool


class Mark(NamedTuple):
    """A day below the axis, or a flag above it, with its label and where that begins or ends."""

    x: float
    label: str
    anchor: str  # start | middle | end


class Month(NamedTuple):
    """Where a month begins. `is_fine` is left out where there is little room; a label may be empty for want of it."""

    at: float
    label: str
    strong: bool
    is_fine: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right, the same for all pictures that are to be compared."""

    scale: DayScale
    ticks: tuple[Month, ...]
    edges: tuple[date, ...]  # where bars begin; the last one ends with the last


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A picture, ready to be drawn. `beyond` is the chance that it is later than the axis shows, 0 for none."""

    ticks: tuple[Month, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    due: Mark | None
    beyond: float


def lay_axis(days: Iterable[date], today: date) -> Axis:
    """An axis from today on that reaches as far as some days."""
    last = max(add_days(max(days, default=today), 2), add_days(today, _SHORTEST))
    scale = DayScale(today, last, LEFT, WIDTH - RIGHT)
    span = (last - today).days
    step = next((one for one in _STEPS if (scale.end - scale.start) * one / span >= _LEAST), _STEPS[-1])
    first = add_days(today, -today.weekday()) if step > 1 else today
    starts = (add_days(first, number) for number in range(0, span + 8, step))
    edges = (today, *(day for day in starts if today < day < last), last)
    return Axis(scale, tuple(_months(month_ticks(scale, _TICKS))), edges)


def _months(ticks: Sequence[Tick]) -> Iterable[Month]:
    """Months with labels as far as there is room; a year that begins is named before the month ahead of it is."""
    last = last_wide = -_NARROW
    for number, tick in enumerate(ticks):
        following = ticks[number + 1] if number + 1 < len(ticks) else None
        yields = following is not None and following.strong and not tick.strong
        room = following.at - tick.at if following and yields else _NARROW
        is_shown = tick.at - last >= _MONTH * (1.0 if number else 0.0) and room >= _MONTH + (
            0.0 if number else 32.0 if tick.at < _START else 16.0
        )
        is_wide = is_shown and tick.at - last_wide >= _NARROW and room >= _NARROW
        last, last_wide = tick.at if is_shown else last, tick.at if is_wide else last_wide
        yield Month(tick.at, tick.label if is_shown else "", tick.strong, not is_wide)


def draw_likelihood(
    curve: Sequence[Reached], axis: Axis, due: date | None, even: date | None, sure: date | None
) -> Likelihood | None:
    """Lay the picture of one date out; None where there is nothing to draw."""
    if not curve:
        return None
    turn = add_days(due, 1) if due else None  # a day is over with its end
    edges = sorted({*axis.edges, *([turn] if turn and axis.scale.first < turn < axis.scale.last else [])})
    parts = [(begin, end, _by(curve, end) - _by(curve, begin)) for begin, end in pairwise(edges)]
    top = max(chance / (end - begin).days for begin, end, chance in parts)
    if top <= 0:
        return None
    bars = (_bar(axis.scale, begin, end, chance / (end - begin).days / top, turn) for begin, end, chance in parts)
    beyond = 1.0 - _by(curve, axis.scale.last)
    return Likelihood(
        ticks=axis.ticks,
        bars=tuple(bar for bar in bars if bar.height),
        marks=tuple(_marks(axis.scale, even, sure)),
        due=_flag(axis.scale, due) if due else None,
        beyond=beyond if beyond >= _NOTHING else 0.0,
    )


def _by(curve: Sequence[Reached], day: date) -> float:
    """The chance of what is done before a day begins."""
    number = bisect_right(curve, add_days(day, -1), key=lambda one: one.day)
    return curve[number - 1].chance if number else 0.0


def _bar(scale: DayScale, begin: date, end: date, share: float, turn: date | None) -> Bar:
    left, right = scale.at(begin), scale.at(end)
    height = round(share * (BASE - TOP - 4.0), 1)
    gap = 1.0 if right - left >= 4.0 else 0.0
    is_late = turn is not None and begin >= turn
    return Bar(left, round(BASE - height, 1), round(max(right - left - gap, 1.0), 1), height, is_late)


def _marks(scale: DayScale, even: date | None, sure: date | None) -> Iterable[Mark]:
    """The days that are 50 % and 80 % sure; their labels make room for each other."""
    places = [scale.at(add_days(day, 1)) if day and day < scale.last else None for day in (even, sure)]
    first, last = places
    is_close = first is not None and last is not None and last - first < _LABEL
    if first is not None:
        yield Mark(first, "" if is_close and first < _LABEL else "50\u202f%", "end" if is_close else "middle")
    if last is not None:
        yield Mark(last, "80\u202f%", "start" if is_close or last < _LABEL else "middle")


def _flag(scale: DayScale, due: date) -> Mark | None:
    """The end of the due date, where that is on the axis."""
    if not scale.first <= due < scale.last:
        return None
    x = scale.at(add_days(due, 1))
    return Mark(x, "due", "end" if x > WIDTH - RIGHT - _LABEL else "start")
