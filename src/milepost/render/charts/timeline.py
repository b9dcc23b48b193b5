"""The timeline: a row for each milestone and for each of its tasks, with today and what waits for what.

A milestone is a point in time, so its date is a mark. The bar is the span of its work: as it is scheduled, else as
far as it has begun. A line after the bar shows for how long it may still be put off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from milepost.model.item import Ref
from milepost.render.charts.arrow import Arrow, Place, draw_arrow
from milepost.render.charts.scale import DayScale, Tick, add_days, month_ticks, near, span_of
from milepost.render.charts.text import isolate, shorten, text_width

PITCH = 44.0  # px from row to row; WCAG 2.5.8 asks for targets of 24
TASK_PITCH = 34.0
TOP = 44.0
MARK = 7.0  # half a mark

_LONGEST_LABEL = 440.0
_EDGE = 16.0
_MARGIN = 4.0  # px that a label keeps from the edge of the picture
_BEFORE = 90.0  # px before today that are seen when a picture opens that is wider than the screen
_LEAST = 24.0  # px that can be clicked
_WIDTHS = (1104.0, 4416.0)  # px, the least and the most
_PIXELS_PER_DAY = 1.6
_SPARE = 10  # days on both sides
_YEARS = 10  # what is further away is not drawn
PAST = 120  # days before today that are drawn of work begun long ago, where there is no room for more
MOST_DAYS = int(_WIDTHS[0] / _PIXELS_PER_DAY)  # that have room where nothing is scrolled


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the timeline has to know of one milestone, or of one task."""

    item: Ref
    label: str
    tone: str
    start: date | None  # the first day of work, as it was or as it is scheduled
    end: date | None  # when a milestone was reached, else when it is due
    original: date | None = None  # the date first said, where it is another
    after: tuple[Ref, ...] = ()
    rest: date | None = None  # when what is left of begun work is taken up
    finish: date | None = None  # when the last work is scheduled to end
    late: date | None = None  # until when it may end, with no effect on anything said
    is_driving: bool = False
    even: date | None = None  # the days by which it is done as likely as not,
    sure: date | None = None  # and with 80 %

    @property
    def is_task(self) -> bool:
        """Whether it is a task."""
        return self.item.kind == "task"

    @property
    def height(self) -> float:
        """Px from its row to the next."""
        return TASK_PITCH if self.is_task else PITCH

    @property
    def ends(self) -> list[date]:
        """The days that have to be seen: its mark, and the end of its work."""
        return [day for day in (self.end, self.finish) if day]

    def likely(self, today: date) -> tuple[date, ...]:
        """The ends of its whisker, where they are not too far away to be drawn."""
        days = (self.even, self.sure)
        return tuple(day for day in days if day) if all(day and near(day, today, _YEARS) for day in days) else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `y` is the middle of its bar, its label stands above."""

    item: Ref
    label: str
    tone: str
    y: float
    start: float | None
    end: float  # its mark; of what has none, where its bar ends
    original: float | None
    label_x: float
    anchor: str  # start | end
    seen_x: float | None  # where it begins on a narrow screen, to be seen beside today; None for the same
    hit: tuple[float, float]  # where the area that can be clicked begins, and how wide it is
    bar: tuple[float, float] | None  # where what is left, or all of it, begins and ends
    begun: tuple[float, float] | None  # where what has been done begins and ends
    room: float | None  # how far it may be put off
    has_mark: bool
    is_driving: bool
    whisker: tuple[float, float] | None = None  # from as likely as not to 80 % sure

    @property
    def is_task(self) -> bool:
        """Whether it is a task's."""
        return self.item.kind == "task"


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
    drawn = [one for one in everything if (ends := one.ends) and all(near(day, today, _YEARS) for day in ends)]
    return lay_out(drawn, scale_of(drawn, today), today, len(everything) - len(drawn)) if drawn else None


def lay_out(stretches: Sequence[Stretch], scale: DayScale, today: date, outside: int = 0) -> Timeline:
    """A row below the other for each, on a scale that has all of their days."""
    tops = list(accumulate((one.height for one in stretches), initial=TOP))
    rows = tuple(_row(stretch, scale, top, today) for stretch, top in zip(stretches, tops, strict=False))
    return Timeline(
        width=scale.end + _EDGE,
        height=tops[-1] + 12.0,
        ticks=month_ticks(scale, int((scale.end - scale.start) // 56)),
        today=scale.at(today),
        rows=rows,
        arrows=_arrows(stretches, {row.item: row for row in rows}),
        outside=outside,
    )


def scale_of(stretches: Sequence[Stretch], today: date, widths: tuple[float, float] = _WIDTHS) -> DayScale:
    """All days that have to be seen. Of what began before them as much as there is room for, so that it stays short."""
    ends = [today, *(day for stretch in stretches for day in (*stretch.ends, *stretch.likely(today)))]
    others = [day for one in stretches for day in (one.start, one.original) if day and near(day, today, _YEARS)]
    last = max(ends + others)
    begin = min(add_days(today, -PAST), add_days(last, -MOST_DAYS))
    first, last = span_of([*ends, *(max(day, begin) for day in others)], _SPARE)
    width = min(max((last - first).days * _PIXELS_PER_DAY, widths[0]), widths[1])
    return DayScale(first, last, _EDGE, round(width - _EDGE, 1))


def _begin(scale: DayScale, day: date) -> float:
    """Where something begins. What began before the scale does runs in from the edge of the picture."""
    return scale.at(day) if day >= scale.first else 0.0


def _row(stretch: Stretch, scale: DayScale, top: float, today: date) -> Row:
    last = stretch.end or stretch.finish
    assert last, "what has no date is not drawn"
    start = _begin(scale, stretch.start) if stretch.start and stretch.start < last else None
    bar, begun, room = _bars(stretch, scale, today)
    first_said = stretch.original if stretch.original != stretch.end else None
    original = scale.at(first_said) if first_said and scale.first <= first_said <= scale.last else None
    mark = scale.at(last) if stretch.end else None
    lefts = (start, None if mark is None else mark - MARK, original, bar and bar[0], begun and begun[0])
    left = min(position for position in lefts if position is not None)
    likely = [scale.at(add_days(day, 1)) for day in stretch.likely(today)]
    ends = (mark + MARK if mark else 0.0, original or 0.0, bar[1] if bar else 0.0, room or 0.0, *likely)
    right = max(ends)
    label = isolate(shorten(stretch.label, _LONGEST_LABEL))
    seen = scale.at(today) - _BEFORE
    passes = left < seen < right
    begin = seen if passes and scale.end > _WIDTHS[0] else left
    label_x, anchor, first, last_x = _place_label(text_width(label), begin, scale.at(last) + MARK, scale.end)
    first, last_x = min(first, left), max(last_x, right)
    return Row(
        item=stretch.item,
        label=label,
        tone=stretch.tone,
        y=top + (22.0 if stretch.is_task else 30.0),
        start=start,
        end=scale.at(last),
        original=original,
        label_x=label_x,
        anchor=anchor,
        seen_x=seen if passes and anchor == "start" and seen > label_x else None,
        hit=(round(first, 1), round(max(last_x - first, _LEAST), 1)),
        bar=bar,
        begun=begun,
        room=room,
        has_mark=mark is not None,
        is_driving=stretch.is_driving,
        whisker=(likely[0], likely[1]) if likely else None,
    )


def _bars(
    stretch: Stretch, scale: DayScale, today: date
) -> tuple[tuple[float, float] | None, tuple[float, float] | None, float | None]:
    """What is left, what has been done, and how far that may be put off. A bar ends with its last day."""
    finish = stretch.finish or stretch.end
    if not (stretch.start and finish) or (stretch.finish is None and stretch.start >= finish):
        return None, None, None
    end = scale.at(add_days(finish, 1) if stretch.finish else finish)
    room = scale.at(add_days(stretch.late, 1)) if stretch.late and stretch.late > finish else None
    if stretch.rest is None:
        return (_begin(scale, stretch.start), end), None, room
    return (scale.at(stretch.rest), end), (_begin(scale, stretch.start), scale.at(min(today, stretch.rest))), room


def _place_label(width: float, left: float, right: float, edge: float) -> tuple[float, str, float, float]:
    """A label begins where its row's drawing does, or ends where that does. Also: where it begins and ends."""
    if left + width <= edge:
        begin = max(left, _MARGIN)
        return begin, "start", begin, begin + width
    return right, "end", right - width, right


def _arrows(stretches: Sequence[Stretch], rows: Mapping[Ref, Row]) -> tuple[Arrow, ...]:
    pairs = ((rows[ref], rows[stretch.item]) for stretch in stretches for ref in stretch.after if ref in rows)
    places = ((Place(one.start, one.end, one.y), Place(other.start, other.end, other.y)) for one, other in pairs)
    return tuple(draw_arrow(first, then, MARK) for first, then in places if first != then)
