"""The load of people by week: no work is lost, and none falls on days on which its owner is away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.schedules.load import NOBODY, Week, schedule_load, team_load
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 1, 6)  # a Wednesday
PEOPLE = "{ada: {name: Ada, away: [2027-01-11..2027-01-15]}, bo: {name: Bo, works: 50%}}"


def plan_with(*tasks: str) -> Plan:
    listed = "".join(f"  - {{title: T, {task}}}\n" for task in tasks)
    own = f"milepost: 1\ntitle: Heron\npeople: {PEOPLE}\n"
    return plan_of(("plan", own), milestone(f"id: beta\ntitle: Beta\ndue: 2027-05-01\ntasks:\n{listed}"))


def load(plan: Plan, weeks: int = 4) -> dict[str, tuple[Week, ...]]:
    found = schedule_load(plan, TODAY, weeks)
    assert found is not None
    return found


def work(weeks: tuple[Week, ...]) -> list[float]:
    return [round(week.work, 6) for week in weeks]


def test_work_stops_while_its_owner_is_away_and_the_first_week_counts_from_today() -> None:
    found = load(plan_with("id: a, estimate: 5d, owner: ada"))
    assert work(found["ada"]) == [3, 0, 2, 0]
    assert [week.time for week in found["ada"]] == [3, 0, 5, 5]
    assert found["ada"][0].monday == date(2027, 1, 4)


def test_half_a_person_does_half_a_day_of_work_a_day() -> None:
    found = load(plan_with("id: a, estimate: 4d, owner: bo"))
    assert work(found["bo"]) == [1.5, 2.5, 0, 0]
    assert [week.time for week in found["bo"]] == [1.5, 2.5, 2.5, 2.5]


def test_the_team_is_all_who_are_named() -> None:
    found = load(plan_with("id: a, estimate: 5d, owner: ada", "id: b, estimate: 4d, owner: bo", "id: c, estimate: 2d"))
    assert work(found[NOBODY]) == [2, 0, 0, 0]
    assert work(team_load(found)) == [4.5, 2.5, 2, 0]


def test_work_that_waits_for_itself_has_no_load() -> None:
    assert schedule_load(plan_with("id: a, estimate: 1d, depends_on: [b]", "id: b, depends_on: [a]"), TODAY, 4) is None


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["ada", "bo", "zoe"])), min_size=1, max_size=8))
def test_no_work_is_lost_and_levelled_nobody_has_more_than_time(tasks: list[tuple[int, str]]) -> None:
    plan = plan_with(*(f"id: t{n}, estimate: {hours}h, owner: {who}" for n, (hours, who) in enumerate(tasks)))
    found = load(plan, weeks=60)
    total = sum(week.work for weeks in found.values() for week in weeks)
    assert total == pytest.approx(sum(hours for hours, _ in tasks) / 8, rel=1e-6)
    for person, weeks in found.items():
        assert person == NOBODY or all(week.work <= week.time + 1e-6 for week in weeks)


@pytest.mark.parametrize("today", [date(9999, 12, 1), date(9999, 12, 26), date.max])
def test_weeks_end_where_the_calendar_does(today: date) -> None:
    found = schedule_load(plan_with("id: a, estimate: 5d, owner: bo"), today, 26)
    assert found is not None
    assert all(week.monday.year == 9999 for week in found["bo"])
