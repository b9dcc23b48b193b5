"""Words that everything about sprints shares: amounts of work, spans of days, items in a line."""

from __future__ import annotations

from datetime import date

from milepost.analyses.sizes import Size
from milepost.model.calendar import Calendar
from milepost.model.estimate import Unit
from milepost.render.words import MONTHS, day_words


def amount_words(number: float, unit: Unit, calendar: Calendar) -> str:
    """`12.5d` of work, or `21pt`."""
    shown = amount_number(number, unit, calendar, 1)
    return f"{shown + 0:g}{'pt' if unit is Unit.POINTS else 'd'}"


def amount_number(number: float, unit: Unit, calendar: Calendar, digits: int = 3) -> float:
    """Days of work, or points; rounded, so that every machine prints the same."""
    return round(number if unit is Unit.POINTS else number / calendar.hours, digits) + 0.0


def unit_word(unit: Unit) -> str:
    """What amounts are counted in."""
    return "points" if unit is Unit.POINTS else "days"


def size_words(size: Size, calendar: Calendar) -> str:
    """`3d`, `5pt`, or `?` where it has no estimate."""
    if size.points:
        return amount_words(size.points, Unit.POINTS, calendar)
    return "?" if size.unknown and not size.hours else amount_words(size.hours, Unit.HOURS, calendar)


def span_words(start: date | None, end: date | None) -> str:
    """`16 to 27 Nov 2026`, as short as the two days allow."""
    if start is None or end is None:
        return "without dates"
    if start == end:
        return day_words(start)
    if start.year != end.year:
        return f"{day_words(start)} to {day_words(end)}"
    month = "" if start.month == end.month else f" {MONTHS[start.month - 1]}"
    return f"{start.day}{month} to {day_words(end)}"
