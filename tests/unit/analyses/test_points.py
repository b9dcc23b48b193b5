"""How long a point takes a team, which work waits to know it, and that a schedule gives such work its time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milepost.analyses.focus import Focus
from milepost.analyses.known import NOTHING, Known
from milepost.analyses.points import measure_point, open_in_points
from milepost.analyses.schedules.backward import plan_backward
from milepost.analyses.schedules.load import plan_load, schedule_load
from milepost.analyses.schedules.project import build_project, estimated_hours
from milepost.analyses.schedules.schedule import Schedule, build_schedule
from milepost.analyses.sizes import Gap, gap_of
from milepost.model.calendar import Calendar
from milepost.model.estimate import parse_estimate
from milepost.model.history import History, Identity, Revision
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)  # a Monday
FOUR_HOURS = Known(8, 4.0)
NONE_YET = History("main", Revision("0" * 40, Identity("Ada", "ada@example.org"), 0, "Plan"), ())
NAMES = "{ada: {name: Ada}, bo: {name: Bo, works: 50%}, cy: {name: Cy, away: [2026-11-09..2026-11-10]}}"
PEOPLE = f"milepost: 1\ntitle: Heron\npeople: {NAMES}\n"


def plan_with(*tasks: str) -> Plan:
    listed = "".join(f"  - {{title: T, {task}}}\n" for task in tasks)
    return plan_of(("plan", PEOPLE), milestone(f"id: beta\ntitle: Beta\ndue: 2027-03-12\nowner: ada\ntasks:\n{listed}"))


def finished(count: int, more: str, days: int = 7) -> Plan:
    """A plan with as many tasks of two points, done from Monday to Thursday, each so many days after the other."""
    tasks = []
    for number in range(count):
        first = date(2026, 11, 2) + timedelta(days=days * number)
        span = f"started: {first}, finished: {first + timedelta(days=3)}"
        tasks.append(f"id: t{number}, estimate: 2pt, {span}, {more}")
    return plan_with(*tasks)


@pytest.mark.parametrize(
    ("count", "more", "focus", "hours"),
    [
        (8, "actual: 1d", 1.0, 4),
        (8, "actual: 1d", 0.5, 4),  # what it took is what it took
        (7, "actual: 1d", 1.0, None),
        (8, "owner: ada", 1.0, 16),
        (8, "owner: ada", 0.5, 8),
        (8, "kind: feature", 1.0, 16),  # the milestone's owner does it
        (8, "owner: bo", 1.0, 8),  # who works half the time
        (8, "owner: cy", 1.0, 15),  # who was away for two of the 32 days
        (8, "owner: zoe", 1.0, 16),  # of whom the plan knows nothing
        (8, "actual: 3pt", 1.0, 16),  # which says nothing of time
        (8, "dropped: 2027-02-11", 1.0, None),
    ],
)
def test_a_point_is_what_finished_points_took(count: int, more: str, focus: float, hours: float | None) -> None:
    point = measure_point(finished(count, more), NONE_YET, Focus(pace=focus))
    assert point.value == (pytest.approx(hours) if hours else None)
    assert point.n == (0 if "dropped" in more else count)


def test_what_somebody_has_in_hand_at_a_time_shares_their_days() -> None:
    together = measure_point(finished(8, "owner: ada", days=0), NONE_YET, Focus())
    assert together.n == 8
    assert together.value == pytest.approx(16 / 8)


@pytest.mark.parametrize(
    ("task", "is_there"),
    [
        ("estimate: 3pt", True),
        ("estimate: 2pt..5pt", True),
        ("estimate: 3d", False),
        ("kind: feature", False),
        ("estimate: 3pt, started: 2027-02-22", True),
        ("estimate: 3pt, finished: 2027-02-22", False),
        ("estimate: 3pt, dropped: 2027-02-22", False),
        ("estimate: 3pt, priority: wont", False),
    ],
)
def test_what_is_left_to_do_in_points_is_known(task: str, is_there: bool) -> None:
    assert (Ref("task", "beta/a") in open_in_points(plan_with(f"id: a, {task}", "id: b, estimate: 1d"))) is is_there


def test_the_estimate_of_a_milestone_counts_only_where_it_has_no_tasks() -> None:
    alone = milestone("{id: alone, title: A, estimate: 3pt}")
    whole = milestone("{id: whole, title: W, estimate: 3pt, tasks: [{id: a, title: A, estimate: 1d}]}")
    given_up = milestone("{id: left, title: L, estimate: 3pt, tasks: [{id: a, title: A, dropped: 2027-02-01}]}")
    found = open_in_points(plan_of(alone, whole, given_up))
    assert found == {Ref("milestone", "alone"), Ref("milestone", "left")}


@pytest.mark.parametrize(
    ("in_points", "in_hours"),
    [("1pt", "4h"), ("2pt..8pt", "8h..32h"), ("1pt..2pt..8pt", "4h..8h..32h"), ("0pt", "0h"), ("5pt..2pt", "5h..2h")],
)
@pytest.mark.parametrize("begun", ["", ", started: 2027-02-24"])
@pytest.mark.parametrize("level", [False, True])
def test_a_point_is_the_same_as_its_hours(in_points: str, in_hours: str, begun: str, level: bool) -> None:
    """Work in points has the dates that it would have if its hours were written."""
    first, second = (
        plan_with(f"id: a, estimate: {written}{begun}", "id: b, estimate: 2d, depends_on: [a]")
        for written in (in_points, in_hours)
    )
    found = build_schedule(first, TODAY, level, point=FOUR_HOURS)
    assert dates(found) == dates(build_schedule(second, TODAY, level))


def dates(found: Schedule) -> list[tuple[Ref, bool, date | None, date | None, float | None]]:
    return [(row.item, row.is_dated, row.start, row.finish, row.total_float) for row in found.rows]


def test_without_its_length_a_point_gives_no_date_and_says_why() -> None:
    plan = plan_with("id: a, estimate: 10pt", "id: b, estimate: 2d, depends_on: [a]")
    for point in (None, NOTHING, Known(7)):
        found = build_schedule(plan, TODAY, point=point)
        assert [row.is_dated for row in found.rows] == [False, False, False]
        assert {row.gap for row in found.rows} == {None, Gap.POINTS}
        assert found.point == point
    known = build_schedule(plan, TODAY, point=FOUR_HOURS)
    assert all(row.is_dated and row.gap is None for row in known.rows)
    assert (known.end, known.point) == (date(2027, 3, 9), FOUR_HOURS)


@pytest.mark.parametrize(
    ("written", "gap"),
    [("", Gap.NO_ESTIMATE), ("3pt", Gap.POINTS), ("2pt..5pt", Gap.POINTS), ("0pt", Gap.UNCLEAR),
     ("5pt..2pt", Gap.UNCLEAR), ("1d..5pt", Gap.UNCLEAR), ("0d", Gap.UNCLEAR)],
)  # fmt: skip
def test_points_that_are_no_amount_stay_so_with_a_velocity(written: str, gap: Gap) -> None:
    assert gap_of(parse_estimate(written) if written else None, Calendar()) is gap
    task = f"id: a, estimate: {written}" if written else "id: a"
    left = build_project(plan_with(task), TODAY, estimated_hours(Calendar(), FOUR_HOURS)).unsized
    assert bool(left) is (gap is not Gap.POINTS)


def test_counting_back_gives_points_their_time() -> None:
    plan = plan_with("id: a, estimate: 10pt", "id: b, estimate: 2d, depends_on: [a]")
    found = plan_backward(plan, TODAY, Ref("milestone", "beta"), point=FOUR_HOURS)
    starts = {work.item.id: (str(work.start), work.is_estimated) for work in found.works}
    assert starts == {"beta/a": ("2027-03-04", True), "beta/b": ("2027-03-11", True)}
    assert (found.missing, found.unestimated, found.point) == (-3, (), FOUR_HOURS)
    unknown = plan_backward(plan, TODAY, Ref("milestone", "beta"), point=Known(7))
    assert [item.id for item in unknown.unestimated] == ["beta/a"]


def test_the_load_counts_points_with_their_time() -> None:
    plan = plan_with("id: a, estimate: 10pt", "id: b, estimate: 5pt, owner: bo")
    found = plan_load(plan, TODAY, weeks=2, point=FOUR_HOURS)
    levelled = schedule_load(plan, TODAY, 2, FOUR_HOURS)
    for people in (found.people, levelled):
        assert people is not None
        assert [week.work for week in people["ada"]] == pytest.approx([5, 0])
        assert [week.work for week in people["bo"]] == pytest.approx([2.5, 0])
    assert (found.unsized, found.point) == ((), FOUR_HOURS)
    assert {item.id for item in plan_load(plan, TODAY, 2, point=Known(7)).unsized} == {"beta/a", "beta/b"}


def test_a_kept_order_counts_points_too() -> None:
    """Without their time the base's points would end at once, and keep an order in which nothing was placed."""
    base = plan_with(*(f"id: t{number}, estimate: {size}pt, owner: ada" for number, size in enumerate((9, 8, 7, 6))))
    plan = plan_with(*(f"id: t{number}, estimate: {size}pt, owner: ada" for number, size in enumerate((1, 8, 7, 6))))
    before = build_schedule(base, TODAY, level=True, point=FOUR_HOURS)
    after = build_schedule(plan, TODAY, level=True, base=base, point=FOUR_HOURS)
    assert [row.item for row in before.rows] == [row.item for row in after.rows]
