"""The timeline on paper: it can't be scrolled, its letters can't be enlarged, and no picture may go on overleaf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from milepost.render.charts.scale import add_days
from milepost.render.charts.timeline import MOST_DAYS, PAST, Stretch, Timeline, lay_out, scale_of

#: Px of a drawing that is as wide as A4 or Letter: its letters are then 7 points high.
WIDTH = 900.0
#: Px of rows in one picture: two of them stand on a page, one of them below the first words of the first page.
HEIGHT = 520.0
#: Px of the rows of one milestone with many tasks, which go on in the next picture beyond that.
TALLEST = 1000.0


def draw_on_paper(stretches: Iterable[Stretch], today: date) -> tuple[Timeline, ...]:
    """What ends on the days of `paper_days`, as pictures of one scale, none of them taller than a page."""
    fitting = fit_on_paper(stretches, today)
    if not fitting:
        return ()
    scale = scale_of(fitting, today, (WIDTH, WIDTH))
    return tuple(lay_out(rows, scale, today) for rows in _pictures(fitting))


def paper_days(today: date) -> tuple[date, date]:
    """The first and the last day that something drawn on paper may end on."""
    return add_days(today, -PAST), add_days(today, MOST_DAYS - PAST)


def fit_on_paper(stretches: Iterable[Stretch], today: date) -> list[Stretch]:
    """What ends within the days that a page has room for, and only what has room of it."""
    fitting = [one for one in stretches if one.ends and all(_is_on_paper(day, today) for day in one.ends)]
    return [_without_far_days(one, today) for one in fitting]


def _is_on_paper(day: date, today: date) -> bool:
    first, last = paper_days(today)
    return first <= day <= last


def _without_far_days(stretch: Stretch, today: date) -> Stretch:
    """The same without a date first said, or likely days, that would make the picture wider than a page."""
    near = all(_is_on_paper(day, today) for day in stretch.likely(today))
    even, sure = (stretch.even, stretch.sure) if near else (None, None)
    said = stretch.original if stretch.original and _is_on_paper(stretch.original, today) else None
    return replace(stretch, original=said, even=even, sure=sure)


def _pictures(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Rows of one picture each. A milestone stays with its tasks, as far as a page has room for them."""
    picture: list[Stretch] = []
    for group in _groups(stretches):
        if picture and _height(picture) + _height(group) > HEIGHT:
            yield picture
            picture = []
        picture = picture + group
    yield picture


def _groups(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Each milestone and its tasks."""
    group: list[Stretch] = []
    for one in stretches:
        if group and (not one.is_task or _height(group) + one.height > TALLEST):
            yield group
            group = []
        group.append(one)
    yield group


def _height(rows: Iterable[Stretch]) -> float:
    return sum(one.height for one in rows)
