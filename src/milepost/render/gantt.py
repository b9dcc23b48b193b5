"""A schedule drawn with characters: a row for each item, on a scale of weeks that fits a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.analyses.schedules.rows import Row
from milepost.model.work import Status
from milepost.render.words import MONTHS

WIDTH = 32  # characters of the chart itself

_DAYS_PER_COLUMN = (1.0, 2.0, 3.5, 7.0, 14.0, 28.0, 91.0, 364.0)
_BACK = timedelta(weeks=6)  # what is longer ago is drawn at the edge
_DONE, _OPEN, _DRIVING, _FLOAT = "━", "▒", "█", "·"
_SPAN, _DRIVING_SPAN = "─", "═"
_REACHED, _DUE, _TODAY = "◆", "◇", "│"


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as columns. What lies outside is at the edge."""

    first: date
    days_per_column: float

    def at(self, day: date) -> int:
        """The column of a day, from 0 on."""
        return min(max(int((day - self.first).days // self.days_per_column), 0), WIDTH - 1)

    @property
    def end(self) -> date:
        """The first day that has no column."""
        return self.first + timedelta(days=min(int(self.days_per_column * WIDTH), (date.max - self.first).days))

    def holds(self, day: date) -> bool:
        """Whether a day has a column of its own."""
        return self.first <= day < self.end


def choose_scale(rows: Sequence[Row], today: date) -> Scale:
    """The finest scale on which all that is drawn finds room. What is far away is left to the edges."""
    days = sorted(day for row in rows for day in (row.start, row.rest, row.finish, _due(row)) if day)
    is_past = not any(row.is_open for row in rows)
    first = min(days[0] if days else today, today)
    first = first if is_past else max(first, _earlier(today, _BACK))
    first = _earlier(first, timedelta(days=first.weekday()))
    ends = [row.finish for row in rows if row.finish] or [today]
    last = max(ends) if is_past else min(max([*days, today]), _limit(max([*ends, today]), today))
    needed = (last - first).days + 1
    fitting = (step for step in _DAYS_PER_COLUMN if step * WIDTH >= needed)
    return Scale(first, next(fitting, _DAYS_PER_COLUMN[-1]))


def draw_axis(scale: Scale, today: date) -> Iterator[str]:
    """Years, months, and where today is."""
    months = list(_months(scale))
    yield _labels(
        [(column, str(year)) for column, year, month in months if month == 1 or (column, year) == months[0][:2]]
    )
    if scale.days_per_column < 91:
        yield _labels([(column, MONTHS[month - 1]) for column, _, month in months])
    if scale.holds(today):
        column = scale.at(today)
        word = f"{_TODAY} today" if column + 7 <= WIDTH else f"today {_TODAY}"
        yield " " * (column if word.startswith(_TODAY) else column - 6) + word


def draw_row(row: Row, scale: Scale, today: date) -> str:
    """One row: what is done, what is left, and how much later it may be finished."""
    cells = [" "] * WIDTH
    if scale.holds(today):
        cells[scale.at(today)] = _TODAY
    if row.is_dated:
        (_draw_work if row.is_work else _draw_span)(cells, row, scale, today)
    if (due := _due(row)) and row.is_open:
        _put(cells, scale, due, _DUE)
    if row.is_milestone and row.finish:
        _put(cells, scale, row.finish, _REACHED)
    return "".join(cells)


def draw_key(is_levelled: bool) -> str:
    """What the characters mean."""
    driving = "driving" if is_levelled else "critical"
    words = (
        f"{_DONE} done", f"{_OPEN} to do", f"{_DRIVING} {driving}", f"{_FLOAT} float", f"{_REACHED} reached",
        f"{_DUE} due", f"{_TODAY} today",
    )  # fmt: skip
    return "  ".join(words)


def _draw_work(cells: list[str], row: Row, scale: Scale, today: date) -> None:
    if row.finish and row.late_finish and (row.total_float or 0) > 0:
        _fill(cells, scale, row.finish, row.late_finish, _FLOAT)
    if row.status is Status.DONE:
        _fill(cells, scale, row.start or row.finish, row.finish, _DONE)
        return
    if row.rest:
        _fill(cells, scale, row.start, min(today, row.rest), _DONE)
    _fill(cells, scale, row.rest or row.start, row.finish or date.max, _DRIVING if row.is_driving else _OPEN)


def _draw_span(cells: list[str], row: Row, scale: Scale, _: date) -> None:
    fill = _DONE if row.status is Status.DONE else _DRIVING_SPAN if row.is_driving else _SPAN
    _fill(cells, scale, row.start or row.finish, row.finish or date.max, fill)


def _fill(cells: list[str], scale: Scale, start: date | None, finish: date | None, mark: str) -> None:
    if start and finish and start < scale.end and finish >= scale.first:
        for column in range(scale.at(start), scale.at(max(start, finish)) + 1):
            cells[column] = mark
        if finish >= scale.end:
            cells[-1] = "›"
        if start < scale.first:
            cells[0] = "‹"


def _put(cells: list[str], scale: Scale, day: date, mark: str) -> None:
    cells[scale.at(day)] = mark if scale.holds(day) else "‹" if day < scale.first else "›"


def _due(row: Row) -> date | None:
    return row.due.day if row.due else None


def _limit(last: date, today: date) -> date:
    """How far a due date may stretch the scale: as far again as the work, and some weeks."""
    return date.fromordinal(min(last.toordinal() + max((last - today).days, 0) + 56, date.max.toordinal()))


def _earlier(day: date, by: timedelta) -> date:
    return day - min(by, day - date.min)


def _months(scale: Scale) -> Iterator[tuple[int, int, int]]:
    """Column, year and month of the first column, and of every month that begins later."""
    year, month = scale.first.year, scale.first.month
    yield 0, year, month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if year > date.max.year or not scale.holds(date(year, month, 1)):
            return
        yield scale.at(date(year, month, 1)), year, month


def _labels(labels: Sequence[tuple[int, str]]) -> str:
    """Labels at their columns, as far as there is room."""
    line = ""
    for column, label in labels:
        if (not line or len(line) < column) and column + len(label) <= WIDTH:
            line = f"{line:<{column}}{label}"
    return line
