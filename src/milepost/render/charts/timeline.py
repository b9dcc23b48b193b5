"""The timeline: a row for each milestone, from its first day of work to its date, with today and what waits for what.

A milestone is a point in time, so its date is a mark; the bar before it is the span of its work, as far as begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.model.item import Ref
from milepost.render.charts.arrow import Arrow, Place, draw_arrow
from milepost.render.charts.scale import DayScale, Tick, month_ticks, near, span_of
from milepost.render.charts.text import isolate, shorten, text_width

PITCH = 44.0  # px from row to row; WCAG 2.5.8 asks for targets of 24
TOP = 44.0
MARK = 7.0  # half a mark

_LONGEST_LABEL = 440.0
_EDGE = 16.0
_WIDTH = 1104.0
_WIDEST = 2208.0
_PIXELS_PER_DAY = 1.6


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the timeline has to know of one milestone."""

    item: Ref
    label: str
    tone: str
    start: date | None
    end: date  # when it was reached, else when it is due
    original: date | None = None  # the date first said, where it is another
    after: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone's row: `y` is the middle of its bar, its label stands above."""

    item: Ref
    label: str
    tone: str
    y: float
    start: float | None
    end: float
    original: float | None
    label_x: float
    anchor: str  # start | end
    hit: tuple[float, float]  # where the area that can be clicked begins, and how wide it is


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline, ready to be drawn."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    today: float
    rows: tuple[Row, ...]
    arrows: tuple[Arrow, ...]
    outside: int  # milestones left out because their dates lie too far away


def draw_timeline(stretches: Iterable[Stretch], today: date) -> Timeline | None:
    """Lay a timeline out in the order given; None where nothing has a date."""
    everything = list(stretches)
    drawn = [stretch for stretch in everything if all(near(day, today, 5) for day in _days(stretch))]
    if not drawn:
        return None
    scale = _scale(drawn, today)
    rows = tuple(_row(stretch, scale, n) for n, stretch in enumerate(drawn))
    return Timeline(
        width=scale.end + _EDGE,
        height=TOP + PITCH * len(rows) + 12.0,
        ticks=month_ticks(scale, int((scale.end - scale.start) // 56)),
        today=scale.at(today),
        rows=rows,
        arrows=_arrows(drawn, {row.item: row for row in rows}),
        outside=len(everything) - len(drawn),
    )


def _days(stretch: Stretch) -> list[date]:
    return [day for day in (stretch.start, stretch.end, stretch.original) if day]


def _scale(stretches: Sequence[Stretch], today: date) -> DayScale:
    first, last = span_of([today, *(day for stretch in stretches for day in _days(stretch))], 10)
    width = min(max((last - first).days * _PIXELS_PER_DAY, _WIDTH), _WIDEST)
    return DayScale(first, last, _EDGE, round(width - _EDGE, 1))


def _row(stretch: Stretch, scale: DayScale, number: int) -> Row:
    end = scale.at(stretch.end)
    start = scale.at(stretch.start) if stretch.start and stretch.start < stretch.end else None
    original = scale.at(stretch.original) if stretch.original and stretch.original != stretch.end else None
    left = min(position for position in (start, end - MARK, original) if position is not None)
    label = isolate(shorten(stretch.label, _LONGEST_LABEL))
    label_x, anchor, first, last = _place_label(text_width(label), left, end + MARK, scale.end)
    first, last = min(first, left - MARK), max(last, end + MARK, original or 0.0)
    hit = round(first, 1), round(last - first, 1)
    y = TOP + PITCH * number + 30.0
    return Row(stretch.item, label, stretch.tone, y, start, end, original, label_x, anchor, hit)


def _place_label(width: float, left: float, right: float, edge: float) -> tuple[float, str, float, float]:
    """A label begins where its row's drawing does, or ends where that does. Also: where it begins and ends."""
    if left + width <= edge:
        return left, "start", left, left + width
    return right, "end", right - width, right


def _arrows(stretches: Sequence[Stretch], rows: Mapping[Ref, Row]) -> tuple[Arrow, ...]:
    pairs = ((rows[ref], rows[stretch.item]) for stretch in stretches for ref in stretch.after if ref in rows)
    places = ((Place(one.start, one.end, one.y), Place(other.start, other.end, other.y)) for one, other in pairs)
    return tuple(draw_arrow(first, then, MARK) for first, then in places if first != then)
