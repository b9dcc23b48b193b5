"""The course of a value: what a field of an item was, as numbers that can be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from milepost.model.calendar import Calendar, parse_date
from milepost.model.distribution import middle_of
from milepost.model.estimate import parse_estimate
from milepost.model.history import Change, History
from milepost.model.item import Ref, Value
from milepost.model.moves import replay_moves


@dataclass(frozen=True, slots=True)
class FieldCourse:
    """All accepted values of one field, oldest first. `numbers` has None where a value is no number, or was absent.

    Days are ordinals, estimates medians in hours (points where they are in points), the rest as written.
    """

    item: Ref
    field: str
    values: tuple[Value | None, ...]
    numbers: tuple[float | None, ...]


def follow_courses(history: History, changes: Iterable[Change], calendar: Calendar) -> tuple[FieldCourse, ...]:
    """The courses of the fields that changes are about, in the order in which they first changed; oldest change first.

    Left out are fields that never were a number. A `due` is the day it means: moved by a release or the calendar too.
    """
    days = _days(history)
    found: dict[tuple[Ref, str], list[tuple[Value | None, float | None]]] = {}
    for change in changes:
        key = change.item, change.field
        if change.field == "due" and change.item in days:
            found.setdefault(key, days[change.item])
        else:
            found.setdefault(key, []).append((change.new, to_number(change.new, calendar)))
    return tuple(
        FieldCourse(item, field, tuple(value for value, _ in said), tuple(number for _, number in said))
        for (item, field), said in found.items()
        if any(number is not None for _, number in said)
    )


def to_number(value: Value | None, calendar: Calendar) -> float | None:
    """A value as a number: a date, an estimate, a percentage or a number; None for anything else."""
    if value is None:
        return None
    if day := parse_date(value):
        return float(day.toordinal())
    if estimate := parse_estimate(value):
        return middle_of(estimate, calendar)
    try:
        return float(value.removesuffix("%")) if isinstance(value, str) and len(value) < 16 else None
    except ValueError:
        return None


def _days(history: History) -> dict[Ref, list[tuple[Value | None, float | None]]]:
    found: dict[Ref, list[tuple[Value | None, float | None]]] = {}
    for item, move, _ in replay_moves(history):
        if move.old != move.new:
            day: date | None = move.new.day if move.new else None
            written = move.new.written if move.new else None
            found.setdefault(item, []).append((written, float(day.toordinal()) if day else None))
    return found
