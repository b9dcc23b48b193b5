"""All of a distribution: it never falls, and agrees with the days and chances that a forecast tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.forecasts.curve import Reached, trace_curve
from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import forecast_worlds
from milepost.analyses.forecasts.lateness import Lifetime
from milepost.analyses.forecasts.outlook import Outlook
from milepost.analyses.forecasts.worlds import Settings, Worlds
from milepost.analyses.trend import Said
from milepost.model.item import Ref
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)  # a Monday
BETA = Ref("milestone", "beta")


def curve_of(text: str, experience: Experience | None = None, samples: int = 1000) -> tuple[Outlook, list[Reached]]:
    worlds = Worlds(plan_of(milestone(text)), TODAY, experience or Experience(), Settings(samples=samples))
    outlook = forecast_worlds(worlds).outlook(BETA)
    assert outlook
    return outlook, list(trace_curve(worlds, outlook))


def chance_by(curve: list[Reached], day: date) -> float:
    return max((one.chance for one in curve if one.day <= day), default=0.0)


@given(low=st.integers(1, 20), factor=st.integers(1, 6), late=st.integers(0, 60))
def test_it_agrees_with_the_days_and_the_chance_that_are_told(low: int, factor: int, late: int) -> None:
    due = TODAY + timedelta(days=late)
    outlook, curve = curve_of(f"{{id: beta, title: Beta, due: {due}, estimate: {low}d..{low * factor}d}}", samples=500)
    assert outlook.chance == pytest.approx(chance_by(curve, due))
    for p in outlook.days:
        day = outlook.day(p)
        assert day and chance_by(curve, day) >= p - 1e-9
        assert chance_by(curve, day - timedelta(days=1)) < p
    chances = [one.chance for one in curve]
    assert chances == sorted(set(chances)) and chances[0] == 0.0


def test_nothing_comes_on_days_without_work() -> None:
    _, curve = curve_of("{id: beta, title: Beta, estimate: 3d..20d}")
    assert len(curve) > 10
    assert not [one.day for one in curve[1:] if one.day.weekday() > 4]


def test_dates_alone_have_one_by_how_late_others_were() -> None:
    first = date(2026, 1, 1)
    past = tuple(
        Lifetime(first, (Said(first, first + timedelta(days=100)),), first + timedelta(days=100 + 10 * number))
        for number in range(12)
    )
    known = Experience(lifetimes=past, begins={BETA: TODAY})
    outlook, curve = curve_of("{id: beta, title: Beta, due: 2027-06-09}", known)
    assert outlook.n == 12
    assert outlook.chance == pytest.approx(chance_by(curve, date(2027, 6, 9)))
    for p in (0.5, 0.8):
        day = outlook.day(p)
        assert day and chance_by(curve, day) >= p - 1e-6
    assert curve[-1].chance == pytest.approx(12 / 13)


def test_there_is_none_without_a_forecast() -> None:
    assert curve_of("{id: beta, title: Beta, due: 2027-06-09}")[1] == []


def test_work_beyond_all_calendars_is_followed_for_some_years() -> None:
    _, curve = curve_of("{id: beta, title: Beta, estimate: 90000d..99000d}")
    assert [one.chance for one in curve] == [0.0]
