"""Laws of the dates that a schedule shows, for any plan."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import build_schedule
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import plan_of

TODAY = date(2027, 3, 1)
PEOPLE = ("ada", "bo")
OWN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada, away: [2027-03-04..2027-03-09]}, bo: {name: Bo}}\n"

_tasks = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(1, 5), st.sets(st.integers(1, 4), max_size=2), st.booleans()),
    min_size=1,
    max_size=10,
)
_dues = st.lists(st.integers(1, 40), min_size=3, max_size=3)


def make_plan(tasks: list[tuple[str, int, set[int], bool]], dues: list[int]) -> Plan:
    """Tasks in three milestones in turn, each waiting for some of those before it; some have begun."""
    texts: list[list[str]] = [[], [], []]
    for number, (owner, days, back, begun) in enumerate(tasks):
        others = sorted({number - one for one in back if number >= one})
        links = ", ".join(f"m{other % 3}/t{other}" for other in others)
        started = ", started: 2027-02-26" if begun and not others else ""
        depends = f", depends_on: [{links}]" if links else ""
        texts[number % 3].append(f"{{id: t{number}, title: T, owner: {owner}, estimate: {days}d{depends}{started}}}")
    milestones = (
        ("milestone", f"{{id: m{n}, title: M, due: {TODAY + timedelta(dues[n])}, tasks: [{', '.join(lines)}]}}")
        for n, lines in enumerate(texts)
        if lines
    )
    return plan_of(("plan", OWN), *milestones)


def works(plan: Plan, level: bool) -> dict[Ref, Row]:
    rows = build_schedule(plan, TODAY, level).rows
    return {row.item: row for row in rows if row.is_work}


def days(row: Row) -> tuple[date, date]:
    first = row.rest or row.start
    assert first and row.finish
    return first, row.finish


@settings(deadline=None)
@given(_tasks, _dues)
def test_nobody_is_in_two_places(tasks: list[tuple[str, int, set[int], bool]], dues: list[int]) -> None:
    """One may end and another begin on one day, as what is left of begun work is no whole number of days."""
    rows = works(make_plan(tasks, dues), level=True)
    for person in PEOPLE:
        spans = sorted(days(row) for row in rows.values() if row.person == person)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        if not any(row.rest for row in rows.values()):
            assert all(one[1] < other[0] for one, other in pairwise(spans))


@settings(deadline=None)
@given(_tasks, _dues, st.booleans())
def test_nothing_comes_before_what_it_waits_for(
    tasks: list[tuple[str, int, set[int], bool]], dues: list[int], level: bool
) -> None:
    plan = make_plan(tasks, dues)
    rows = works(plan, level)
    for task in plan.tasks():
        for link in task.depends_on:
            assert days(rows[link.item])[1] <= days(rows[task.ref])[0]


@settings(deadline=None)
@given(_tasks, _dues, st.booleans())
def test_work_is_on_days_on_which_its_owner_works_and_levelling_makes_nothing_earlier(
    tasks: list[tuple[str, int, set[int], bool]], dues: list[int], level: bool
) -> None:
    plan = make_plan(tasks, dues)
    rows = works(plan, level)
    for row in rows.values():
        person = plan.person(row.person)
        assert person
        for day in days(row):
            assert plan.calendar.is_working_day(day)
            assert not any(day in away for away in person.away)
    early = works(plan, level=False)
    assert all(days(early[item]) <= days(row) for item, row in rows.items())


@settings(deadline=None)
@given(_tasks, _dues)
def test_float_below_nothing_is_a_due_date_that_is_not_kept(
    tasks: list[tuple[str, int, set[int], bool]], dues: list[int]
) -> None:
    schedule = build_schedule(make_plan(tasks, dues), TODAY)
    is_late = any(row.days_late for row in schedule.milestones)
    assert is_late == any((row.total_float or 0) < 0 for row in schedule.rows)
    assert all((row.free_float or 0) >= 0 for row in schedule.rows)
