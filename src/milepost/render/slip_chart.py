"""The slip chart for a terminal: when it was said runs to the right, the day that was said upwards."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from string import ascii_uppercase

from milepost.analyses.breakdown import Breakdown
from milepost.analyses.trend import Said, measure_trend, said_dates
from milepost.render.flow import WIDTH
from milepost.render.paint import Paint
from milepost.render.slip import SlipReport, trend_words
from milepost.render.words import MONTHS, count_words, day_words, signed_days

_WIDTH, _HEIGHT = 64, 20
_ROOM = 68  # columns for a title
_MOST = len(ascii_uppercase)


def render_slip_chart(report: SlipReport, paint: Paint) -> str:
    """A letter for each milestone, at every date said of it; the dots are the diagonal, where a date is reached."""
    drawable = [one for one in report.all if said_dates(one.slip)]
    shown = sorted(drawable, key=_importance)[:_MOST]
    if not shown:
        return "No date was ever said.\n"
    lines = {letter: _known(one, report.today) for letter, one in zip(ascii_uppercase, shown, strict=False)}
    if len({said.on for line in lines.values() for said in line}) == 1:
        return "All dates were said on one day so far: there is no line to draw yet.\n"
    text = [*_grid(lines), ""]
    for letter, one in zip(ascii_uppercase, shown, strict=False):
        text.append(f"{letter}  {_legend(one, report, paint)}")
    if len(drawable) > len(shown):
        text.append(f"{count_words(len(drawable) - len(shown), 'more date')} moved less; name one to see it.")
    return "".join(f"{line}\n" for line in text)


def _importance(one: Breakdown) -> tuple[int, str]:
    return -abs(one.total), one.slip.item.id


def _known(one: Breakdown, today: date) -> list[Said]:
    """What was said, until it was reached or dropped, or until today."""
    said = list(said_dates(one.slip))
    until = min(one.slip.actual or one.slip.dropped or today, today)
    return [*said, Said(until, said[-1].day)] if until > said[-1].on else said


def _legend(one: Breakdown, report: SlipReport, paint: Paint) -> str:
    """How far it moved, its title, and where it ended or is heading: on the same line where there is room."""
    title = report.titles.get(one.slip.item, one.slip.item.id)
    end = _end(one, report.today)
    text = f"{title}  {end}".rstrip()
    lines = [text] if len(text) <= _ROOM else [*textwrap.wrap(title, _ROOM), *textwrap.wrap(end, _ROOM)]
    first, *rest = map(paint.text, lines)
    days = paint.days(one.total, f"{signed_days(one.total):>7}")
    return "\n".join([f"{days}  {first}", *(f"{'':{WIDTH - _ROOM}}{line}" for line in rest)])


def _end(one: Breakdown, today: date) -> str:
    """What became of a date, or where it is heading."""
    trend = measure_trend(said_dates(one.slip))
    if one.slip.dropped:
        return "dropped"
    if one.slip.actual:
        return f"reached {day_words(one.slip.actual)}"
    return trend_words(trend, today) if trend else ""


def _grid(lines: dict[str, list[Said]]) -> Iterator[str]:
    """The plot, with the day said at the left of every fifth row and the months of saying below."""
    every = [one for said in lines.values() for one in said]
    first, last = min(one.on for one in every), max(one.on for one in every)
    low, high = min(one.day for one in every), max(one.day for one in every)
    height = min((high - low).days + 1, _HEIGHT)
    rows = [[" "] * _WIDTH for _ in range(height)]
    for column in range(_WIDTH):
        day = first.toordinal() + column * max((last - first).days, 1) / (_WIDTH - 1)
        if low.toordinal() <= day <= high.toordinal():
            rows[_row(day, low, high, height)][column] = "·"
    for letter, said in reversed(lines.items()):
        _draw(rows, letter, said, (first, last), (low, high))
    for number, row in enumerate(rows):
        share = 1 - number / max(height - 1, 1)
        day_there = date.fromordinal(round(low.toordinal() + share * (high - low).days))
        label = day_words(day_there) if number % 5 == 0 or number == height - 1 else ""
        yield f"{label:>11} │{''.join(row).rstrip()}"
    yield f"{'':11} └{'─' * _WIDTH}"
    yield f"{'':13}{_month(first):<{_WIDTH - 8}}{_month(last):>8}"


def _draw(
    rows: list[list[str]], letter: str, said: Sequence[Said], across: tuple[date, date], up: tuple[date, date]
) -> None:
    """A step line: what was said stands until something else is said."""
    width = max((across[1] - across[0]).days, 1)
    columns = [round((one.on - across[0]).days / width * (_WIDTH - 1)) for one in said]
    for number, one in enumerate(said):
        row = rows[_row(one.day.toordinal(), *up, len(rows))]
        until = columns[number + 1] if number + 1 < len(said) else columns[number]
        for column in range(columns[number], until):
            row[column] = "─"
    for column, one in zip(columns, said, strict=True):
        rows[_row(one.day.toordinal(), *up, len(rows))][column] = letter


def _row(day: float, low: date, high: date, height: int) -> int:
    share = (day - low.toordinal()) / max((high - low).days, 1)
    return round((1 - share) * (height - 1))


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
