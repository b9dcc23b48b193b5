"""Effort and working time convert exactly, by the calendar."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.calendar import Calendar
from milepost.model.effort import to_days, to_hours, working_share, working_time
from milepost.model.estimate import Amount, Unit, parse_amount

FIVE_EIGHT = Calendar()
THREE_SEVEN = Calendar(workdays=frozenset((0, 1, 3)), hours=7.5)
TIME = [Unit.HOURS, Unit.DAYS, Unit.WEEKS]


@pytest.mark.parametrize(
    ("text", "calendar", "hours"),
    [
        ("4h", FIVE_EIGHT, 4),
        ("3d", FIVE_EIGHT, 24),
        ("2w", FIVE_EIGHT, 80),
        ("0.1d", FIVE_EIGHT, Fraction(4, 5)),
        ("3d", THREE_SEVEN, Fraction(45, 2)),
        ("1w", THREE_SEVEN, Fraction(45, 2)),
        ("5pt", FIVE_EIGHT, None),
    ],
)
def test_an_amount_in_hours(text: str, calendar: Calendar, hours: Fraction | None) -> None:
    amount = parse_amount(text)
    assert amount
    assert to_hours(amount, calendar) == hours


@pytest.mark.parametrize(("text", "days"), [("3h", 0.5), ("2d", 2), ("1.5w", 6), ("5pt", None)])
def test_an_amount_in_days(text: str, days: float | None) -> None:
    amount = parse_amount(text)
    assert amount and to_days(amount, Calendar(workdays=frozenset(range(4)), hours=6)) == days


@pytest.mark.parametrize(
    ("works", "calendar", "share"),
    [
        (None, FIVE_EIGHT, 1),
        ("4d/w", FIVE_EIGHT, Fraction(4, 5)),
        ("20h/w", FIVE_EIGHT, Fraction(1, 2)),
        ("80%", FIVE_EIGHT, Fraction(4, 5)),
        ("2.5%", FIVE_EIGHT, Fraction(1, 40)),
        ("2d/w", THREE_SEVEN, Fraction(2, 3)),
        ("15h/w", THREE_SEVEN, Fraction(2, 3)),
        ("half", FIVE_EIGHT, None),
        ("0%", FIVE_EIGHT, None),
        ("4d", FIVE_EIGHT, None),
    ],
)
def test_a_working_share(works: str | None, calendar: Calendar, share: Fraction | None) -> None:
    assert working_share(works, calendar) == share


def test_a_third_of_the_time_takes_three_times_as_long() -> None:
    assert working_time(Fraction(16), Fraction(1), FIVE_EIGHT) == 2
    assert working_time(Fraction(16), Fraction(1, 3), FIVE_EIGHT) == 6


calendars = st.builds(
    Calendar,
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
    hours=st.integers(1, 96).map(lambda quarters: quarters / 4),
)
amounts = st.builds(Amount, st.integers(1, 10**6).map(lambda n: n / 100), st.sampled_from(TIME))


@given(st.lists(amounts, max_size=8), calendars)
def test_the_order_of_a_sum_does_not_matter(many: list[Amount], calendar: Calendar) -> None:
    hours = [one for amount in many if (one := to_hours(amount, calendar)) is not None]
    assert sum(hours) == sum(reversed(hours)) == sum(sorted(hours))
