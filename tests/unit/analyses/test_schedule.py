"""Dates, float and driving path of a plan's items, as days of its calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from milepost.analyses.schedules.placement import CircleError
from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import Schedule, build_schedule
from milepost.analyses.sizes import Gap
from milepost.errors import MilepostError
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import found as found_by
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)  # a Monday


def plan(*texts: str, own: str = "people: {ada: {name: Ada}, bo: {name: Bo, works: 4d/w}}") -> Plan:
    return plan_of(("plan", f"milepost: 1\ntitle: Heron\n{own}\n"), *map(milestone, texts))


def schedule(*texts: str, level: bool = False, own: str = "people: {ada: {name: Ada}, bo: {name: Bo}}") -> Schedule:
    return build_schedule(plan(*texts, own=own), TODAY, level)


def row(schedule: Schedule, id: str) -> Row:
    found = schedule.of(Ref("task" if "/" in id else "milestone", id))
    assert found
    return found


def span(schedule: Schedule, id: str) -> tuple[str, str]:
    one = row(schedule, id)
    return str(one.start), str(one.finish)


NINE = """
id: net
title: Nine activities
tasks:
  - {id: a, title: A, estimate: 4d}
  - {id: b, title: B, estimate: 3d}
  - {id: c, title: C, estimate: 8d, depends_on: [a]}
  - {id: d, title: D, estimate: 7d, depends_on: [a]}
  - {id: e, title: E, estimate: 9d, depends_on: [b, c]}
  - {id: f, title: F, estimate: 12d, depends_on: [b, c]}
  - {id: g, title: G, estimate: 2d, depends_on: [d, e]}
  - {id: h, title: H, estimate: 5d, depends_on: [d, e]}
  - {id: i, title: I, estimate: 6d, depends_on: [f, g]}
"""


def test_float_and_critical_path_of_nine_activities() -> None:
    found = schedule(NINE)
    floats = {one.item.id[4:]: round(one.total_float or 0, 6) for one in found.rows if not one.is_milestone}
    assert floats == {"a": 0, "b": 9, "c": 0, "d": 11, "e": 1, "f": 0, "g": 1, "h": 4, "i": 0}
    assert found.end == date(2027, 4, 9)  # thirty working days
    assert [item.id for item in found.path] == ["net/a", "net/c", "net/f", "net/i", "net"]
    assert {one.item.id for one in found.rows if one.is_driving} == {"net/a", "net/c", "net/f", "net/i", "net"}


def test_float_ends_at_a_due_date_and_says_how_late_it_is() -> None:
    found = schedule(
        "{id: soon, title: Soon, due: 2027-03-03, estimate: 5d}",
        "{id: far, title: Far, due: 2027-03-31, estimate: 5d}",
        "{id: last, title: Last, estimate: 15d}",
    )
    assert (row(found, "soon").total_float, row(found, "soon").margin, row(found, "soon").days_late) == (-2, -2, 2)
    assert (row(found, "far").total_float, row(found, "far").margin) == (10, 18)
    assert row(found, "soon").late_finish == date(2027, 3, 3)
    assert [one.item.id for one in found.late] == ["soon"]
    assert found.target == Ref("milestone", "soon")


def test_a_milestone_spans_its_tasks_and_its_own_estimate_counts_only_without_any() -> None:
    found = schedule("""
        id: beta
        title: Beta
        due: 2027-12-31
        estimate: 90d
        tasks:
          - {id: one, title: One, estimate: 2d}
          - {id: two, title: Two, estimate: 2d, depends_on: [one]}
    """)
    assert span(found, "beta") == ("2027-03-01", "2027-03-04")
    assert not row(found, "beta").is_work


def test_what_has_begun_or_ended_is_as_it_is() -> None:
    found = schedule("""
        id: beta
        title: Beta
        tasks:
          - {id: done, title: Done on a Sunday, estimate: 1d, started: 2027-02-20, finished: 2027-02-21}
          - {id: old, title: Nobody wrote when it began, finished: 2027-02-10}
          - {id: begun, title: Begun, estimate: 4d, started: 2027-02-25, owner: ada}
    """)
    assert span(found, "beta/done") == ("2027-02-20", "2027-02-21")
    assert span(found, "beta/old") == ("None", "2027-02-10")
    begun = row(found, "beta/begun")
    assert (begun.start, begun.rest, begun.late_start) == (date(2027, 2, 25), TODAY, None)
    assert begun.finish and begun.finish > TODAY
    assert row(found, "beta").start == date(2027, 2, 20)
    assert row(found, "beta/done").total_float is None


SPENT = "{id: spent, title: Out of time, kind: research, estimate: 5d, timebox: 2d, started: 2027-02-01}"


def test_what_is_open_ends_today_at_the_earliest_however_little_is_left_of_it() -> None:
    found = schedule(
        f"{{id: beta, title: Beta, due: 2027-02-28, tasks: [{SPENT}]}}",
        "{id: next, title: Next, due: 2027-03-01, estimate: 1d, depends_on: [beta]}",
    )
    assert span(found, "beta/spent") == span(found, "beta") == ("2027-02-01", "2027-03-01")
    assert row(found, "beta").days_late == 1
    assert (row(found, "next").finish, row(found, "next").days_late) == (TODAY, 0)
    assert found.end == TODAY
    assert schedule(f"{{id: beta, title: Beta, tasks: [{SPENT}]}}").end == TODAY


def test_what_nobody_can_date_is_named_with_its_reason_and_never_taken_as_nothing() -> None:
    found = schedule(
        "{id: alpha, title: Alpha, tasks: [{id: vague, title: V}, {id: clear, title: C, estimate: 1d}]}",
        "{id: beta, title: Beta, depends_on: [alpha], estimate: 2d}",
        "{id: points, title: Points, estimate: 5pt}",
        "{id: zero, title: Zero, estimate: 0d}",
        "{id: free, title: Free, estimate: 1d}",
    )
    dated = {one.item.id: one.is_dated for one in found.rows}
    assert dated == {
        "free": True, "alpha": False, "alpha/vague": False, "alpha/clear": True, "beta": False, "points": False,
        "zero": False,
    }  # fmt: skip
    assert [row(found, id).gap for id in ("alpha/vague", "points", "zero")] == [
        Gap.NO_ESTIMATE,
        Gap.POINTS,
        Gap.UNCLEAR,
    ]
    assert row(found, "beta").waits_for == Ref("task", "alpha/vague")
    assert (row(found, "beta").start, row(found, "beta").finish, row(found, "beta").total_float) == (None, None, None)


def test_float_that_unestimated_work_may_take_is_said_to_be_at_most_so_much() -> None:
    found = schedule(
        "{id: beta, title: Beta, due: 2027-03-12, tasks: [{id: one, title: O, estimate: 1d}, "
        "{id: two, title: T, depends_on: [one]}]}",
        "{id: other, title: Other, estimate: 20d}",
    )
    one = row(found, "beta/one")
    assert (one.total_float, one.at_most) == (9, True)
    assert not row(found, "other").at_most


def test_levelled_nobody_is_in_two_places() -> None:
    text = "{{id: m{0}, title: M, owner: ada, estimate: {1}d}}"
    found = schedule(*(text.format(number, number + 1) for number in range(4)), level=True)
    spans = sorted((one.start, one.finish) for one in found.rows if one.start and one.finish)
    assert all(first[1] < second[0] for first, second in combinations(spans, 2))
    assert found.end == date(2027, 3, 12)
    assert len(found.path) == 4
    assert schedule(*(text.format(number, number + 1) for number in range(4))).end == date(2027, 3, 4)


def test_levelled_the_order_of_the_base_is_kept() -> None:
    texts = [f"{{id: m{number}, title: M, owner: ada, estimate: 5d, rank: {number}}}" for number in range(4)]
    base = plan(*texts)
    before = build_schedule(base, TODAY, level=True)
    after = build_schedule(plan(*texts[::-1]), TODAY, level=True, base=base)
    assert {one.item: one.start for one in after.rows} == {one.item: one.start for one in before.rows}


def test_a_circle_in_the_base_keeps_nothing() -> None:
    base = plan("{id: a, title: A, estimate: 1d, depends_on: [a]}")
    assert build_schedule(plan("{id: a, title: A, estimate: 1d}"), TODAY, level=True, base=base).end == TODAY


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["{id: a, title: A, estimate: 1d, depends_on: [a]}"], "a depends on itself, so no date can be told."),
        (
            ["{id: a, title: A, estimate: 1d, depends_on: [b]}", "{id: b, title: B, estimate: 1d, depends_on: [a]}"],
            "a → b → a wait for each other in a circle, so no date can be told.",
        ),
        (
            ["{id: a, title: A, tasks: [{id: t, title: T, estimate: 1d, depends_on: [b]}]}",
             "{id: b, title: B, depends_on: [a], estimate: 1d}"],
            "a → b → a/t → a wait for each other in a circle, so no date can be told.",
        ),
        (
            ["{id: a, title: A, estimate: 1d, depends_on: [{item: b, type: SS}]}",
             "{id: b, title: B, estimate: 1d, depends_on: [{item: a, type: SS}]}"],
            "a → b → a wait for each other in a circle, so no date can be told.",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", [False, True])
def test_a_circle_is_named(texts: list[str], message: str, level: bool) -> None:
    with pytest.raises(CircleError) as error:
        schedule(*texts, level=level)
    names = error.value.message.partition(" wait")[0].split(" → ")
    wanted = message.partition(" wait")[0].split(" → ")
    assert sorted(set(names)) == sorted(set(wanted))
    assert len(names) == len(wanted)


@pytest.mark.parametrize("level", [False, True])
@pytest.mark.parametrize(("lengths", "ends"), [((3, 1), (3, 3)), ((1, 3), (1, 3)), ((2, 2), (2, 2))])
def test_what_starts_before_other_work_and_ends_after_it_has_dates(
    lengths: tuple[int, int], ends: tuple[int, int], level: bool
) -> None:
    """Their starts and ends wait in no circle, so `check` finds none, and the end of the one waits for the other."""
    texts = (
        f"{{id: a, title: A, estimate: {lengths[0]}d, depends_on: [{{item: b, type: SS}}]}}",
        f"{{id: b, title: B, estimate: {lengths[1]}d, depends_on: [{{item: a, type: FF}}]}}",
        "{id: c, title: C, estimate: 1d, depends_on: [b]}",
    )
    found = schedule(*texts, level=level)
    days = [TODAY + timedelta(days=number - 1) for number in (*ends, max(ends) + 1)]
    assert [row(found, one).finish for one in "abc"] == days
    assert [row(found, one).start for one in "abc"] == [TODAY, TODAY, days[2]]
    assert not found_by(plan(*texts), "dependency-cycle", TODAY)


@pytest.mark.parametrize("level", [False, True])
def test_starts_that_both_end_the_other_have_dates(level: bool) -> None:
    found = schedule(
        "{id: a, title: A, estimate: 1d, depends_on: [{item: b, type: SF, lag: 3d}]}",
        "{id: b, title: B, estimate: 2d, depends_on: [{item: a, type: SF}]}",
        level=level,
    )
    assert [row(found, one).finish for one in "ab"] == [date(2027, 3, 3), date(2027, 3, 2)]


def test_an_end_may_wait_for_its_own_start() -> None:
    found = schedule("{id: a, title: A, estimate: 1d, depends_on: [{item: a, type: SF, lag: 4d}]}")
    assert (row(found, "a").start, row(found, "a").finish) == (TODAY, date(2027, 3, 4))


@pytest.mark.parametrize(
    ("calendar", "message"),
    [
        ("{closed: [2000-01-01..9999-12-31]}", "The calendar has no working day from 2027-03-01 to"),
        ("{workdays: []}", "calendar.workdays can't be understood"),
        ("{workdays: [], hours: 0}", "calendar.workdays and calendar.hours can't be understood"),
    ],
)
def test_without_a_working_day_no_date_is_told(calendar: str, message: str) -> None:
    with pytest.raises(MilepostError, match=message):
        schedule("{id: a, title: A, estimate: 1d}", own=f"calendar: {calendar}")


@pytest.mark.parametrize("level", [False, True])
def test_beyond_the_calendar_there_are_no_days_and_no_wrong_ones(level: bool) -> None:
    away = "people: {ada: {name: Ada, away: [2027-01-01..9999-12-31]}}"
    found = schedule(
        "{id: never, title: Never, owner: ada, estimate: 1d, due: 2027-03-05}",
        "{id: huge, title: Huge, estimate: 999999999d}",
        "{id: then, title: Then, estimate: 1d, depends_on: [huge]}",
        own=away,
        level=level,
    )
    assert [one.finish for one in found.rows] == [None, None, None]
    assert all(one.is_dated for one in found.rows)
    assert found.end is None
    assert row(found, "never").days_late > 0
    assert [one.time for one in found.bottlenecks] == [0]


def test_a_due_date_that_has_no_day_or_is_past() -> None:
    found = schedule(
        "{id: lost, title: Lost, due: v9, estimate: 2d}", "{id: past, title: Past, due: 2027-02-01, estimate: 2d}"
    )
    assert row(found, "lost").margin is None
    assert row(found, "past").days_late == 21


def test_ten_thousand_tasks_in_a_chain() -> None:
    def part(number: int) -> str:
        tasks = [
            f"{{id: t{one}, title: T, estimate: 1h, depends_on: [{f't{one - 1}' if one else f'm{number - 1}'}]}}"
            for one in range(1000)
        ]
        return f"{{id: m{number}, title: M, owner: ada, tasks: [{', '.join(tasks)}]}}"

    found = schedule(*map(part, range(10)), level=True)
    assert len(found.path) == 10_010
    assert found.end == date(2031, 12, 12)  # 1,250 working days
