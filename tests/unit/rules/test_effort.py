"""Effort in days: the middle of every form of estimate, and what can be compared."""

from __future__ import annotations

import pytest

from milepost.model.calendar import Calendar
from milepost.model.distribution import middle_points
from milepost.model.estimate import parse_estimate
from milepost.model.item import Value
from milepost.rules.effort import comparable, median_days

SHORT = Calendar(workdays=frozenset(range(4)), hours=6)


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
    assert (middle_points(points, SHORT), comparable(points, SHORT)) == (4, [2, 8])
    assert (middle_points(mixed, SHORT), median_days(mixed, SHORT), comparable(mixed, SHORT)) == (None, None, [])
