"""Dates in words. Our own, so that no locale decides what a page says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from milepost.model.calendar import parse_date, parse_period
from milepost.model.due import Due
from milepost.render.words import MONTHS

_LONG_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def short_day(day: date, today: date | None = None) -> str:
    """`14 Dec`, with the year where it is another than today's or no today is given."""
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def long_day(day: date, today: date | None = None) -> str:
    """`14 December`, with the year as in `short_day`."""
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{day.day} {_LONG_NAMES[day.month - 1]}{year}"


def period_words(written: str) -> str | None:
    """`April 2027` or `Q2 2027` for a written month or quarter; None for anything else."""
    if not parse_period(written):
        return None
    year, _, part = written.partition("-")
    return f"{part} {year}" if part.startswith("Q") else f"{_LONG_NAMES[int(part) - 1]} {year}"


def is_release(due: Due | None) -> bool:
    """Whether something is due with a release whose day is known."""
    return due is not None and due.day is not None and not parse_date(due.written) and not parse_period(due.written)


def due_words(due: Due | None, today: date | None = None) -> str:
    """When something is due, as short as it was meant: a day, a period, or a release with its day."""
    if due is None:
        return "no date"
    if period := period_words(due.written):
        return period
    if due.day is None:
        return due.written
    day = short_day(due.day, today)
    return day if parse_date(due.written) else f"{day} ({due.written})"


def long_due(due: Due, today: date) -> str:
    """The same in a sentence: `14 December`, `Q2 2027`, `17 February 2027 with v1.0`."""
    if due.day is None or period_words(due.written):
        return due_words(due)
    return long_day(due.day, today) + ("" if parse_date(due.written) else f" with {due.written}")


def month_name(day: date) -> str:
    """`November`."""
    return _LONG_NAMES[day.month - 1]


def utc_time(seconds: int) -> str:
    """Seconds since 1970 as RFC 3339 writes them: `2026-11-20T12:00:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
