"""The slip chart (milestone trend analysis): when it was said runs to the right, what was said runs upwards.

A date that never moved is a horizontal line, a date that moves later climbs. The diagonal is where the date said is
the day itself, so a line ends on it when its milestone is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.model.item import Ref
from milepost.render.charts.labels import spread
from milepost.render.charts.plot import Plot
from milepost.render.charts.scale import DayScale, Tick, month_ticks, near, span_of
from milepost.render.charts.text import text_width
from milepost.render.charts.track import Line, Point, Track, draw_line
from milepost.render.words import day_words

_WORST = 5  # lines that stand out of a crowd in which nothing runs any more


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a chart has, in px. `gutter` is kept free at the right for `labels` labels.

    Up to `days` different days said are marked one by one at the left; with more, the months are.
    """

    width: float = 1104.0
    height: float = 560.0
    gutter: float = 250.0
    labels: int = 12
    days: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A line with its label, which stands at the right of the chart, beside the line's end, or nowhere."""

    line: Line
    label: str
    label_y: float | None  # its height at the right
    beside: bool  # beside the end of a line that is reached: below the diagonal no line runs
    quiet: bool  # drawn as background, because others matter more


@dataclass(frozen=True, slots=True)
class Trend(Plot):
    """A slip chart, ready to be drawn."""

    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    diagonal: tuple[Point, Point] | None
    lines: tuple[Named, ...]  # the ones that matter most are drawn last
    outside: int  # lines left out because their dates lie too far away


def draw_trend(tracks: Iterable[Track], today: date, frame: Frame | None = None) -> Trend | None:
    """Lay a slip chart out; None where there is nothing to draw."""
    frame = frame or Frame()
    everything = [track for track in tracks if track.said]
    middle = min(today, max((track.until for track in everything), default=today))  # of a plan long done: its end
    drawn = [t for t in everything if all(near(day, middle) for day in (*t.days_said, *t.days_accepted))]
    if not drawn:
        return None
    x, y = _scales(drawn, frame)
    return Trend(
        width=frame.width, height=frame.height, left=x.start, right=x.end, top=y.end, bottom=y.start,
        across=month_ticks(x, 14) or _ends(x), upwards=_upwards(drawn, y, frame), diagonal=_diagonal(x, y),
        lines=_lines(drawn, x, y, frame), outside=len(everything) - len(drawn),
    )  # fmt: skip


def _scales(tracks: Sequence[Track], frame: Frame) -> tuple[DayScale, DayScale]:
    first, last = span_of([day for track in tracks for day in track.days_accepted], 0)
    said = [day for track in tracks for day in track.days_said] or [first, last]
    shown = [*said, *(day for track in tracks for day in track.days_likely)]
    lowest, highest = span_of(shown, max((max(shown) - min(shown)).days // 20, 7))
    across = DayScale(first, last, 88.0, frame.width - frame.gutter)
    return across, DayScale(lowest, highest, frame.height - 44.0, 32.0)


def _ends(x: DayScale) -> tuple[Tick, ...]:
    """The first and the last day, where no month begins between them."""
    return tuple(Tick(x.at(day), day_words(day), False) for day in dict.fromkeys((x.first, x.last)))


def _upwards(tracks: Sequence[Track], y: DayScale, frame: Frame) -> tuple[Tick, ...]:
    said = sorted({day for track in tracks for day in track.days_said})
    months = month_ticks(y, 12)
    if len(said) > frame.days and months:
        return months
    heights = spread({day: y.at(day) for day in said}, 16.0, y.end, y.start)
    return tuple(Tick(y.at(day), day_words(day), False, heights[day]) for day in said)


def _diagonal(x: DayScale, y: DayScale) -> tuple[Point, Point] | None:
    """Where the day said is the day it was said, as far as both scales reach and it can be seen."""
    first, last = max(x.first, y.first), min(x.last, y.last)
    visible = first < last and x.at(last) - x.at(first) >= 40.0
    return (Point(x.at(first), y.at(first)), Point(x.at(last), y.at(last))) if visible else None


def _lines(tracks: Sequence[Track], x: DayScale, y: DayScale, frame: Frame) -> tuple[Named, ...]:
    heights, is_crowd = _label_heights(tracks, y, frame), len(tracks) > 2 * max(frame.labels, 1)
    ordered = sorted(tracks, key=lambda track: (-track.rank, track.item))
    beside = frozenset() if is_crowd or not frame.labels else _named_beside(tracks, x, y)
    return tuple(
        Named(
            line=draw_line(track, x, y),
            label=track.label,
            label_y=heights.get(track.item),
            beside=track.item in beside,
            quiet=bool(frame.labels) and track.item not in heights and (is_crowd or not track.reached),
        )
        for track in ordered
    )


def _label_heights(tracks: Sequence[Track], y: DayScale, frame: Frame) -> dict[Ref, float]:
    """Heights of the labels at the right: of lines that run to the end, the most important ones first.

    In a crowd in which nothing runs any more, the few that matter most are named.
    """
    last = max(track.until for track in tracks)
    running = [track for track in tracks if track.label and track.until == last and not track.reached]
    is_over = not running and len(tracks) > 2 * frame.labels > 0
    candidates, most = ([t for t in tracks if t.label], _WORST) if is_over else (running, frame.labels)
    chosen = sorted(candidates, key=lambda track: (track.rank, track.item))[:most]
    ends = {track.item: track.reached or track.said[-1][1] for track in chosen}
    wanted = {item: y.at(day) for item, day in ends.items() if day}
    return spread(wanted, 20.0, y.end, y.start)


def _named_beside(tracks: Sequence[Track], x: DayScale, y: DayScale) -> frozenset[Ref]:
    """Reached milestones whose label has room beside the diagonal, the latest ones first."""
    found: set[Ref] = set()
    lowest = y.end
    reached = [(track.reached, track) for track in tracks if track.reached and track.label]
    for day, track in sorted(reached, key=lambda pair: (-pair[0].toordinal(), pair[1].item)):
        if y.at(day) - lowest >= 18.0 and x.at(day) + text_width(track.label) + 24.0 < x.end:
            found.add(track.item)
            lowest = y.at(day)
    return frozenset(found)
