"""Forecasts of teams whose focus is known: 80 % ranges hold 8 times of 10 where it is measured, and not without.

Each team is looked at when half of its milestones were reached, with what was known then, and asked for its last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import sqrt
from statistics import fmean

import pytest

from milepost.analyses.focus import UNKNOWN
from milepost.analyses.forecasts.experience import Experience, gain_experience
from milepost.analyses.forecasts.forecast import forecast_plan
from milepost.analyses.forecasts.worlds import Settings
from milepost.model.build import build_plan
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.teams import Habits, Team
from tests.unit.conftest import tell

TEAMS = 60
ERROR = sqrt(0.8 * 0.2 / TEAMS)  # of how often 80 % ranges hold, when as many are looked at

EVERY_DAY = [Habits(0.8), Habits(0.6), Habits(0.4)]
IN_TURN = Habits(0.6, in_turn=True)
SILENT = Habits(0.6, says_actual=False)
LONGER = Habits(1.0, longer=1 / 0.6)


@dataclass(frozen=True)
class Case:
    """A team half way: its plan, what was known of it, and which milestone it was to reach last, when."""

    plan: Plan
    today: date
    known: Experience
    last: Ref
    finish: date


@cache
def cases(habits: Habits) -> tuple[Case, ...]:
    return tuple(case(Team(seed, habits)) for seed in range(TEAMS))


def case(team: Team) -> Case:
    plan, history = tell(team.tell(team.middle))
    last = max(team.reached, key=team.reached.__getitem__)
    return Case(plan, team.middle, gain_experience(plan, history), Ref("milestone", last), team.reached[last])


def held(found: Sequence[Case]) -> float:
    """How often the day came between P10 and P90."""
    return fmean(low <= one.finish <= high for one in found for low, high in [days_of(one)])


def days_of(one: Case) -> tuple[date, date]:
    outlook = forecast_plan(one.plan, one.today, one.known, Settings(samples=500)).outlook(one.last)
    assert outlook is not None
    low, high = outlook.day(0.1), outlook.day(0.9)
    assert low is not None
    assert high is not None
    return low, high


def unmeasured(found: Sequence[Case]) -> list[Case]:
    return [replace(one, known=replace(one.known, focus=UNKNOWN)) for one in found]


def share(found: Sequence[Case]) -> float:
    return fmean(one.known.focus.share or 0 for one in found)


@pytest.mark.parametrize("habits", [Habits(1.0), *EVERY_DAY, IN_TURN])
def test_focus_is_measured_as_it_is(habits: Habits) -> None:
    assert share(cases(habits)) == pytest.approx(habits.focus, abs=0.03)


@pytest.mark.parametrize("habits", [*EVERY_DAY, IN_TURN, SILENT])
def test_ranges_hold_where_focus_is_measured_and_not_without(habits: Habits) -> None:
    found = cases(habits)
    with_it, without = held(found), held(unmeasured(found))
    print(f"{habits}: {TEAMS} ranges of 80 % hold {with_it:.0%}, and {without:.0%} without what is measured")
    assert with_it == pytest.approx(0.8, abs=2 * ERROR)
    assert without < 0.8 - 3 * ERROR


def test_a_team_that_gives_all_its_time_is_forecast_as_before() -> None:
    found = cases(Habits(1.0))
    assert held(found) == pytest.approx(0.8, abs=2 * ERROR)
    assert held(found) == pytest.approx(held(unmeasured(found)), abs=ERROR)


def test_work_that_was_more_than_said_is_not_taken_for_time_that_went_elsewhere() -> None:
    """All of the time, and two thirds more work than was said: that is in the calibration, and counts once."""
    found = cases(LONGER)
    assert share(found) > 0.97
    assert held(found) == pytest.approx(held(unmeasured(found)), abs=2 * ERROR)


def test_without_actuals_both_are_in_the_focus() -> None:
    """Nobody can tell them apart then, and nobody needs to."""
    silent = cases(replace(LONGER, says_actual=False))
    assert share(silent) == pytest.approx(share(cases(SILENT)), abs=0.03)
    assert held(silent) == pytest.approx(0.8, abs=2 * ERROR)


def test_the_order_in_which_a_plan_is_written_bears_on_nothing() -> None:
    """Of a past version it is not known, and its forecast is to be the one that was made then."""
    for one in cases(Habits(0.6))[:12]:
        plans = one.plan, build_plan(reversed([*one.plan.items.values()]))
        first, second = (forecast_plan(plan, one.today, one.known, Settings(samples=500)) for plan in plans)
        assert first.outlooks == second.outlooks
