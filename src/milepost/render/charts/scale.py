"""Days as positions, and the months that mark an axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.render.words import MONTHS

_MONTHS_BETWEEN_TICKS = (1, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)


@dataclass(frozen=True, slots=True)
class DayScale:
    """Maps days to positions: `first` lies at `start`, `last` at `end` (smaller than `start` where up is later)."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """The position of a day, which is kept within the scale."""
        inside = min(max(day, self.first), self.last)
        share = (inside - self.first).days / max((self.last - self.first).days, 1)
        return round(self.start + share * (self.end - self.start), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis. `strong` begins a year. Its label stands at `label_at`, where that is not beside it."""

    at: float
    label: str
    strong: bool
    label_at: float | None = None


def add_days(day: date, days: int) -> date:
    """A day some days later or earlier, kept within what a calendar can name."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def span_of(days: Iterable[date], margin: int) -> tuple[date, date]:
    """The first and the last of some days, with a margin of days on both sides. At least one day has to be given."""
    ordered = sorted(days)
    return add_days(ordered[0], -margin), add_days(ordered[-1], margin)


def near(day: date, today: date, years: int = 10) -> bool:
    """Whether a day lies so close to today that drawing it leaves room for the others."""
    return abs(day - today) <= timedelta(days=years * 366)


def month_ticks(scale: DayScale, limit: int) -> tuple[Tick, ...]:
    """The beginnings of months, quarters or years within a scale: as fine as `limit` marks allow."""
    for step in _MONTHS_BETWEEN_TICKS:
        months = list(_months(scale.first, scale.last, step))
        if len(months) <= limit:
            break
    return tuple(Tick(scale.at(day), _label(day, step, day is months[0]), day.month == 1) for day in months)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first days of every `step`-th month, counted from the beginning of the calendar."""
    month = first.year * 12 + first.month - 1
    month += -month % step if first.day == 1 or month % step else step
    while month < (last.year * 12 + last.month) and month < 9999 * 12 + 12:
        yield date(month // 12, month % 12 + 1, 1)
        month += step


def _label(day: date, step: int, first: bool) -> str:
    if step >= 12:
        return str(day.year)
    name = MONTHS[day.month - 1]
    return f"{name} {day.year}" if first or day.month == 1 else name
