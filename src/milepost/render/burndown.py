"""The burn-down for a terminal: a bar for what is left at the end of each working day, dots for a steady pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from milepost.analyses.sprints.burndown import Burndown
from milepost.model.calendar import Calendar
from milepost.render.sprint_words import amount_number, unit_word

_HEIGHT, _WIDTH = 8, 66
_LEAST, _MOST = 3, 6  # columns of a day
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class _Bar(NamedTuple):
    label: str
    steady: float
    left: float | None


def draw_burndown(burndown: Burndown, calendar: Calendar, today: date) -> Iterator[str]:
    """The lines of the picture, 80 columns at most; none where nothing is estimated."""
    bars = [_Bar("", burndown.committed, burndown.committed)]
    bars += [_Bar(_label(point.day, today), point.steady, point.left) for point in burndown.points]
    every = -(-len(bars) // (_WIDTH // _LEAST))
    shown = bars[::every] if len(bars) > 1 else []
    top = max((value for bar in shown for value in (bar.steady, bar.left or 0.0)), default=0.0)
    if not top:
        return
    slot = max(_LEAST, min(_MOST, _WIDTH // len(shown)))
    yield f"{unit_word(burndown.unit).capitalize()} of work left at the end of each day; · is a steady pace"
    for row in range(_HEIGHT, 0, -1):
        label = f"{amount_number(top * row / _HEIGHT, burndown.unit, calendar, 1):g}" if row in (_HEIGHT, 4) else ""
        cells = "".join(_cell(bar, row, top, slot) for bar in shown)
        yield f"{label:>6} │{cells}".rstrip()
    yield f"{0:>6} └{'─' * (slot * len(shown))}"
    yield f"{'':8}{''.join(f'{bar.label:<{slot}}' for bar in shown)}".rstrip()


def _cell(bar: _Bar, row: int, top: float, slot: int) -> str:
    """One row of a day: the bar, then the dot beside it, so that neither hides the other."""
    filled = min(1.0, max(0.0, (bar.left or 0.0) / top * _HEIGHT - (row - 1)))
    block = _EIGHTHS[round(filled * 8)] * (slot - 2)
    is_there = row == max(1, round(bar.steady / top * _HEIGHT))
    return f"{block}{'·' if is_there else ' '} "


def _label(day: date, today: date) -> str:
    return f"{day.day}{'◂' if day == today else ''}"
