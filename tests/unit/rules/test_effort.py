"""Effort in days: exact by the calendar, and the middle of every form of estimate."""

from __future__ import annotations

import pytest

from milepost.model.calendar import Calendar
from milepost.model.estimate import parse_amount, parse_estimate
from milepost.model.item import Value
from milepost.rules.effort import comparable, days_of, median_days, median_points

SHORT = Calendar(workdays=frozenset(range(4)), hours=6)


@pytest.mark.parametrize(("text", "days"), [("3h", 0.5), ("2d", 2), ("1.5w", 6), ("5pt", None)])
def test_an_amount_is_days_by_the_calendar(text: str, days: float | None) -> None:
    amount = parse_amount(text)
    assert amount and days_of(amount, SHORT) == days


PERT: Value = {"pert": ["2d", "4d", "12d"]}


@pytest.mark.parametrize(
    ("written", "days"),
    [("4d", 4), ("2d..8d", 4), ("3d..5d..12d", 5), (PERT, 4.766723), ({"pert": ["2d", "2d", "2d"]}, 2), ("3pt", None)],
)
def test_the_median_of_each_form(written: Value, days: float | None) -> None:
    estimate = parse_estimate(written)
    assert estimate
    assert median_days(estimate, Calendar()) == (days and pytest.approx(days, rel=1e-6))


def test_points_are_compared_with_points_only() -> None:
    points, mixed = parse_estimate("2pt..8pt"), parse_estimate("2pt..8d")
    assert points and mixed
    assert (median_points(points, SHORT), comparable(points, SHORT)) == (4, [2, 8])
    assert (median_points(mixed, SHORT), median_days(mixed, SHORT), comparable(mixed, SHORT)) == (None, None, [])
