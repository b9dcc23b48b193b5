"""Dates, periods and working days. A range `A..B` includes both ends; there are no times and no zones."""

from __future__ import annotations

import calendar as month_lengths
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from milepost.model.holidays import public_holidays
from milepost.model.item import Value

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the team works: weekdays as numbers (Monday is 0), hours a day, and days when it is closed.

    `holidays` is the code of the country or region whose public holidays are free.
    """

    workdays: frozenset[int] = frozenset(range(5))
    hours: float = 8.0
    holidays: str | None = None
    closed: tuple[Span, ...] = field(default=())

    def is_working_day(self, day: date) -> bool:
        """Whether the team as a whole works on that day."""
        if day.weekday() not in self.workdays or any(day in span for span in self.closed):
            return False
        return self.holidays is None or day not in public_holidays(self.holidays, day.year)

    def last_working_day(self, span: Span) -> date:
        """The last working day of a span, or its last day where it has none."""
        days = (span.last - timedelta(days=back) for back in range((span.last - span.first).days + 1))
        return next(filter(self.is_working_day, days), span.last)

    def working_days(self, after: date, until: date) -> int:
        """How many working days come after one day, up to and including another; 0 where there are none."""
        if until <= after:
            return 0
        first, last = after.toordinal() + 1, until.toordinal()
        count = self._weekdays(first, last)
        for span in sorted(self.closed, key=lambda span: span.first):
            begin, end = max(first, span.first.toordinal()), min(last, span.last.toordinal())
            if begin <= end:
                count -= self._weekdays(begin, end)
                first = end + 1  # spans may overlap
        return count - sum(map(self._is_lost, self._holidays(after, until)))

    def _weekdays(self, first: int, last: int) -> int:
        """How many days between two ordinals, both included, are such weekdays. The first day of all is a Monday."""
        counts = [
            len(self.workdays) * (day // 7) + sum(n < day % 7 for n in self.workdays) for day in (first - 1, last)
        ]
        return counts[1] - counts[0]

    def _holidays(self, after: date, until: date) -> Iterator[date]:
        for year in range(after.year, until.year + 1) if self.holidays else ():
            yield from (day for day in public_holidays(self.holidays or "", year) if after < day <= until)

    def _is_lost(self, holiday: date) -> bool:
        """Whether a holiday takes a day away that would else be worked."""
        return holiday.weekday() in self.workdays and not any(holiday in span for span in self.closed)


def parse_date(value: Value | None) -> date | None:
    """The day a value names as `YYYY-MM-DD`; None for anything else, a day that does not exist included."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def parse_span(value: Value) -> Span | None:
    """The days that `A..B` or a single date names."""
    if not isinstance(value, str):
        return None
    first, dots, last = value.partition("..")
    start, end = parse_date(first), parse_date(last if dots else first)
    return Span(start, end) if start and end else None


def parse_period(text: str) -> Span | None:
    """The days of a month (`2027-04`) or a quarter (`2027-Q2`); None where the text is neither."""
    if match := _MONTH.fullmatch(text):
        first_month = last_month = int(match[2])
    elif match := _QUARTER.fullmatch(text):
        first_month, last_month = int(match[2]) * 3 - 2, int(match[2]) * 3
    else:
        return None
    year = int(match[1])
    if year < 1:
        return None
    return Span(date(year, first_month, 1), date(year, last_month, month_lengths.monthrange(year, last_month)[1]))


def parse_workdays(value: Value) -> frozenset[int] | None:
    """Weekday numbers for `mon-fri`, or for a list of day names."""
    if isinstance(value, str) and "-" in value:
        first, _, last = value.partition("-")
        if first in WEEKDAYS and last in WEEKDAYS:
            start, length = WEEKDAYS.index(first), (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7 + 1
            return frozenset((start + n) % 7 for n in range(length))
        return None
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and names and all(name in WEEKDAYS for name in names):
        return frozenset(WEEKDAYS.index(str(name)) for name in names)
    return None


def parse_calendar(value: Value | None) -> Calendar:
    """The calendar that the plan's `calendar` means. What can't be understood keeps its default: `check` says so."""
    if not isinstance(value, dict):
        return Calendar()
    holidays, closed = value.get("holidays"), value.get("closed")
    spans = map(parse_span, closed) if isinstance(closed, list) else ()
    return Calendar(
        workdays=parse_workdays(value.get("workdays", "mon-fri")) or Calendar().workdays,
        hours=_hours(value.get("hours")) or Calendar().hours,
        holidays=holidays if isinstance(holidays, str) else None,
        closed=tuple(span for span in spans if span),
    )


def misread_keys(value: Value | None) -> tuple[str, ...]:
    """The keys of a written `calendar` that can't be understood, though no date is right without them."""
    written = value if isinstance(value, dict) else {}
    workdays = "workdays" in written and parse_workdays(written["workdays"]) is None
    hours = "hours" in written and not _hours(written["hours"])
    return tuple(key for key, is_wrong in (("workdays", workdays), ("hours", hours)) if is_wrong)


def _hours(value: Value | None) -> float:
    """The hours of a working day; 0 where what is written is no number of hours."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", value) else 0.0
