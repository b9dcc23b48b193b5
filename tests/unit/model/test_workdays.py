"""Working days as numbers, and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.calendar import Calendar, Span
from milepost.model.workdays import Workdays

_MONDAY = date(2027, 3, 1)
_WEEK_OFF = Calendar(closed=(Span(date(2027, 3, 8), date(2027, 3, 12)),))
_DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        (date(2027, 3, 1), 0, 1),
        (date(2027, 3, 5), 4, 5),
        (date(2027, 3, 6), 5, 5),  # a Saturday has no length
        (date(2027, 3, 10), 5, 5),  # nor has a day on which the team is closed
        (date(2027, 3, 15), 5, 6),
        (date(2027, 2, 26), -1, 0),
        (date(2027, 2, 27), 0, 0),
        (date(2027, 2, 22), -5, -4),
    ],
)
def test_where_days_begin_and_end(day: date, begin: int, end: int) -> None:
    axis = Workdays(_WEEK_OFF, _MONDAY)
    assert (axis.begin_of(day), axis.end_of(day)) == (begin, end)


@pytest.mark.parametrize(
    ("position", "starts_on", "finished_on"),
    [
        (0.0, date(2027, 3, 1), date(2027, 2, 26)),
        (0.5, date(2027, 3, 1), date(2027, 3, 1)),
        (5.0, date(2027, 3, 15), date(2027, 3, 5)),
        (5.1, date(2027, 3, 15), date(2027, 3, 15)),
        (-0.5, date(2027, 2, 26), date(2027, 2, 26)),
        (0.1 + 0.2 + 4.7 + 1e-12, date(2027, 3, 15), date(2027, 3, 5)),  # fractions that should make 5
    ],
)
def test_the_day_of_a_position(position: float, starts_on: date, finished_on: date) -> None:
    axis = Workdays(_WEEK_OFF, _MONDAY)
    assert axis.day_of_start(position) == starts_on
    assert axis.day_of_finish(position) == finished_on


@given(_DAYS, _DAYS)
def test_positions_count_working_days(origin: date, day: date) -> None:
    calendar = Calendar(closed=(Span(date(2026, 12, 24), date(2027, 1, 1)),))
    axis = Workdays(calendar, origin)
    first, last = sorted((origin, day))
    count = calendar.working_days(first - timedelta(days=1), last - timedelta(days=1))
    assert axis.begin_of(day) == (count if day >= origin else -count)
    if calendar.is_working_day(day):
        assert axis.day_of_start(axis.begin_of(day)) == axis.day_of_finish(axis.end_of(day)) == day


def test_where_no_day_is_worked_there_are_positions_and_no_days() -> None:
    never = Calendar(closed=(Span(date(1, 1, 1), date(9999, 12, 31)),))
    axis = Workdays(never, _MONDAY)
    assert axis.day_of_finish(1.0) is None
    assert axis.day_of_start(-1.0) is None
    assert axis.begin_of(date(9999, 12, 31)) >= 0


def test_further_away_than_a_century_there_are_no_days() -> None:
    axis = Workdays(Calendar(), _MONDAY)
    assert axis.day_of_finish(1e9) is None
    assert axis.begin_of(date(9999, 12, 31)) > axis.begin_of(date(2126, 1, 1)) > 25_000


def test_absences_that_touch_are_one() -> None:
    spans = [
        Span(date(2027, 3, 4), date(2027, 3, 7)),
        Span(date(2027, 3, 15), date(2027, 3, 15)),
        Span(date(2027, 3, 6), date(2027, 3, 7)),
    ]
    assert Workdays(_WEEK_OFF, _MONDAY).between(spans) == ((3, 6),)
