"""Working days as an axis of numbers, so that dates can be reckoned with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor

from milepost.model.calendar import Calendar, Span

_YEARS_AHEAD, _YEARS_BEHIND = 100, 50  # further away no calendar says which days are worked
_AT_ONCE = 370  # days that are looked up together
_NOTHING = 1e-6  # working days: what is left of sums of fractions
#: The earliest end of what is open at the origin, however little is left of it: a position on that day, not before it.
SOONEST = 2 * _NOTHING


class Workdays:
    """The team's working days. Position 0 is the beginning of the first one from `origin` on.

    Whole numbers are beginnings of working days; days on which nobody works have no length. Beyond a hundred years
    ahead, and fifty back, there are positions but no days.
    """

    def __init__(self, calendar: Calendar, origin: date) -> None:
        self.origin = origin
        self._calendar = calendar
        self._ahead: list[date] = []
        self._behind: list[int] = []  # before the origin, the latest first: ordinals below 0, so that they go up
        self._ahead_to = origin  # the first day not looked at
        self._behind_to = origin  # the earliest day looked at
        self._last = origin + min(timedelta(days=_YEARS_AHEAD * 366), date.max - origin)
        self._first = origin - min(timedelta(days=_YEARS_BEHIND * 366), origin - date.min)

    @property
    def horizon(self) -> date:
        """The day from which on positions have no days."""
        return self._last

    def begin_of(self, day: date) -> int:
        """The position at which a day begins: how many working days come before it, from the origin on."""
        if day >= self.origin:
            self._look_ahead(day)
            beyond = max(0, (day - self._ahead_to).days)
            return bisect_left(self._ahead, day) + beyond
        self._look_behind(day)
        beyond = max(0, (self._behind_to - day).days)
        return -bisect_right(self._behind, -day.toordinal()) - beyond

    def end_of(self, day: date) -> int:
        """The position at which a day ends."""
        return self.begin_of(day) + 1 if self._calendar.is_working_day(day) else self.begin_of(day)

    def day_of_start(self, position: float) -> date | None:
        """The working day on which something starts that starts at a position; None beyond the axis."""
        return self._day(floor(position + _NOTHING))

    def day_of_finish(self, position: float) -> date | None:
        """The working day on which something is finished that ends at a position; None beyond the axis."""
        return self._day(ceil(position - _NOTHING) - 1)

    def between(self, spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
        """Where spans of days begin and end, joined where they touch, without those that hold no working day."""
        found: list[tuple[int, int]] = []
        for begin, end in sorted((self.begin_of(span.first), self.end_of(span.last)) for span in spans):
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif begin < end:
                found.append((begin, end))
        return tuple(found)

    def _day(self, number: int) -> date | None:
        if number >= 0:
            while number >= len(self._ahead) and self._ahead_to < self._last:
                self._look_ahead(self._ahead_to)
            return self._ahead[number] if number < len(self._ahead) else None
        while -number > len(self._behind) and self._behind_to > self._first:
            self._look_behind(self._behind_to - timedelta(days=1))
        return date.fromordinal(-self._behind[-number - 1]) if -number <= len(self._behind) else None

    def _look_ahead(self, day: date) -> None:
        """Looks at days up to one, and some more."""
        while self._ahead_to <= min(day, self._last - timedelta(days=1)):
            count = min(_AT_ONCE, (self._last - self._ahead_to).days)
            days = (self._ahead_to + timedelta(days=number) for number in range(count))
            self._ahead += filter(self._calendar.is_working_day, days)
            self._ahead_to += timedelta(days=count)

    def _look_behind(self, day: date) -> None:
        while self._behind_to > max(day, self._first):
            count = min(_AT_ONCE, (self._behind_to - self._first).days)
            days = (self._behind_to - timedelta(days=number + 1) for number in range(count))
            self._behind += (-day.toordinal() for day in filter(self._calendar.is_working_day, days))
            self._behind_to -= timedelta(days=count)
