"""How much of their working time people give to listed work, as the days of finished tasks tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from milepost.analyses.focus import Focus, measure_focus
from milepost.model.item import PLAN, Ref, Value
from tests.unit.conftest import Fields, Version, milestone, tell

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
COUNT = 8

#: Two weeks for each of eight people, in which each did 6 days of work.
BEGUN, DONE, ACTUAL = "2027-01-04", "2027-01-15", "6d"


def task(number: int, **fields: Value) -> dict[Ref, Fields]:
    """A finished task of a person of its own, with what is given put into it."""
    said: dict[str, Value] = {
        "title": "T", "estimate": "3d", "owner": f"p{number}", "started": BEGUN, "finished": DONE, "actual": ACTUAL,
    }  # fmt: skip
    return {Ref("task", f"m/t{number}"): {**said, **fields}}


def tasks(**fields: Value) -> dict[Ref, Fields]:
    return {ref: one for number in range(COUNT) for ref, one in task(number, **fields).items()}


def focus(then: Mapping[Ref, Fields], first: Mapping[Ref, Fields] | None = None, by_actual: bool = True) -> Focus:
    """What is known where some of it was said at first, and the rest, that bears on nothing before, in the end."""
    plan, history = tell([
        Version(FIRST, {milestone("m"): {"title": "M"}, **(first or {})}), Version(LAST, dict(then))
    ])  # fmt: skip
    return measure_focus(plan, history, by_actual)


def people(**fields: Value) -> dict[Ref, Fields]:
    return {Ref("person", f"p{number}"): {"name": "P", **fields} for number in range(COUNT)}


def test_work_by_the_time_that_went_by_for_it() -> None:
    found = focus(tasks())
    assert found.n == 8
    assert found.share == pytest.approx(6 / 10)
    assert 0.6 < found.pace < 0.65, "a little less than measured is believed"
    assert found.spread == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    "then", [dict([*tasks().items()][1:]), tasks(finished="2027-01-03"), tasks(started="2027-01-16")]
)
def test_too_few_tasks_say_nothing(then: dict[Ref, Fields]) -> None:
    assert (focus(then).share, focus(then).pace, focus(then).spread) == (None, 1.0, 0.0)


def test_days_say_nothing_of_hours() -> None:
    """Sixteen tasks of two hours on one day of eight people: nobody knows how much of the day they took."""
    day: dict[str, Value] = {"started": BEGUN, "finished": BEGUN, "actual": "2h"}
    other = {ref._replace(id=f"{ref.id}b"): one for ref, one in tasks(**day).items()}
    found = focus({**tasks(**day), **other})
    assert (found.n, found.share) == (16, None)


def test_nobody_gives_more_than_all() -> None:
    assert focus(tasks(actual="14d")).share == 1.0


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ({"works": "50%"}, 1.0),
        ({"works": "80%"}, 0.75),
        ({"away": ["2027-01-11..2027-01-12"]}, 0.75),
        ({"away": ["2027-01-11..2027-01-12", "2027-01-12..2027-01-13"]}, 6 / 7),
        ({"kind": "stakeholder", "works": "50%"}, 0.6),
    ],
)
def test_time_is_what_a_plan_says_that_people_have(said: dict[str, Value], share: float) -> None:
    assert focus(tasks(), people(**said)).share == pytest.approx(share)


def test_time_is_what_people_had_then() -> None:
    assert focus({**tasks(), **people(works="50%")}, people()).share == pytest.approx(0.6), "less only from now on"
    assert focus({**tasks(), **people()}, people(works="50%")).share == 1.0, "and more"


def test_closed_days_are_no_time() -> None:
    closed: Value = {"closed": ["2027-01-06..2027-01-07"]}
    assert focus(tasks(), {PLAN: {"title": "P", "calendar": closed}}).share == pytest.approx(6 / 8)


def test_tasks_that_are_in_hand_together_share_their_time() -> None:
    """The second one for the first half of it: 4 + 6 days of work in 10."""
    other = {ref._replace(id=f"{ref.id}b"): one for ref, one in tasks(actual="4d", finished="2027-01-08").items()}
    assert focus({**tasks(actual="2d"), **other}).share == pytest.approx(6 / 10)


def later(**fields: Value) -> dict[Ref, Fields]:
    """Another task of each person, of two days of work in the week after next."""
    more = tasks(started="2027-01-25", finished="2027-01-29", actual="2d", **fields)
    return {ref._replace(id=f"{ref.id}b"): one for ref, one in more.items()}


def test_time_in_which_work_could_have_been_begun_counts() -> None:
    planned = {ref: {"title": "T", "estimate": "3d", "owner": one["owner"]} for ref, one in later().items()}
    assert focus({**tasks(), **later()}, planned).share == pytest.approx(8 / 20)


@pytest.mark.parametrize(
    ("fields", "share"),
    [
        ({}, 8 / 15),  # nobody knew of it before
        ({"not_before": "2027-01-25"}, 8 / 15),
        ({"depends_on": ["m/slow"]}, 8 / 15),
        ({"depends_on": ["m/slow SS"]}, 8 / 20),
    ],
)
def test_time_in_which_work_had_to_wait_does_not(fields: dict[str, Value], share: float) -> None:
    slow: dict[Ref, Fields] = {Ref("task", "m/slow"): {"title": "S", "started": BEGUN, "finished": "2027-01-24"}}
    planned = {ref: {**one, "actual": "", "started": "", "finished": ""} for ref, one in later(**fields).items()}
    assert focus({**tasks(), **later(**fields), **slow}, planned if fields else {}).share == pytest.approx(share)


def test_without_actuals_it_is_by_estimates() -> None:
    silent = {ref: {**one, "actual": ""} for ref, one in tasks().items()}
    assert focus(silent).n == 0
    found = focus(silent, by_actual=False)
    assert (found.n, found.spread) == (8, 0.0)
    assert found.share == pytest.approx(3 / 10)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(day: str) -> None:
    spans = people(away=[f"{day}..9999-12-31", "0001-01-01..0001-01-01"])
    edges: list[dict[str, Value]] = [
        {"started": day}, {"finished": day}, {"started": day, "finished": day}, {"not_before": day},
    ]  # fmt: skip
    for edge in edges:
        found = focus(tasks(**edge), spans if day != "0001-01-01" else people())
        assert found.share is None or 0 < found.share <= 1
