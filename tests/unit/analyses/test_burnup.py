"""Scope and done work over time, from accepted history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from milepost.analyses.burnup import Burnup, measure_burnup
from milepost.cli.session import Session
from milepost.model.estimate import Unit
from tests.conftest import MakeRepository
from tests.sprints_story import MONDAY, Story

START = MONDAY - timedelta(days=3)


def burnup(story: Story, today: date) -> Burnup:
    session = Session(story.checkout.path)
    return measure_burnup(session.accepted_plan, session.history, today)


def days(burnup: Burnup) -> list[tuple[Any, ...]]:
    return [(step.day, step.scope / 8, step.as_first / 8, step.done / 8) for step in burnup.steps]


def test_scope_grows_by_what_is_added_and_estimated_anew(make_repository: MakeRepository) -> None:
    story = Story(make_repository())
    story.begin("id: a, title: A, estimate: 4d", "id: b, title: B, estimate: 3d", "id: c, title: C")
    story.tasks["a"] = story.tasks["a"].replace("4d", "6d")
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=2))
    story.add("id: d, title: D, estimate: 2d")
    story.finish("b", MONDAY + timedelta(days=8))
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=9))
    story.tasks["d"] += ", dropped: 2027-01-20"
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=16))
    today = START + timedelta(weeks=3)
    found = burnup(story, today)
    assert days(found) == [
        (START, 7, 7, 0),
        (START + timedelta(weeks=1), 9, 7, 0),
        (START + timedelta(weeks=2), 11, 9, 3),
        (today, 9, 7, 3),
    ]
    assert [step.unknown for step in found.steps] == [1, 1, 1, 1]
    assert found.unit is Unit.HOURS


def test_a_long_history_is_looked_at_in_no_more_than_so_many_days(make_repository: MakeRepository) -> None:
    story = Story(make_repository())
    story.begin("id: a, title: A, estimate: 4d")
    found = burnup(story, date(2077, 1, 1))
    assert 60 <= len(found.steps) <= 122
    assert {step.scope for step in found.steps} == {32}
    assert burnup(story, date(2020, 1, 1)).steps == ()


def test_a_milestone_that_is_broken_down_is_not_counted_twice(make_repository: MakeRepository) -> None:
    story = Story(make_repository())
    story.begin()
    whole = "id: idea\ntitle: Idea\ndue: 2027-05-01\nestimate: 9d\n"
    story.checkout.commit({"plan/milestones/beta.yaml": None, "plan/milestones/idea.yaml": whole}, day=MONDAY)
    tasks = "tasks:\n  - {id: a, title: A, estimate: 4d}\n  - {id: b, title: B, estimate: 6d, priority: wont}\n"
    story.checkout.commit({"plan/milestones/idea.yaml": whole + tasks}, day=MONDAY + timedelta(days=3))
    assert [scope for _, scope, _, _ in days(burnup(story, MONDAY + timedelta(days=7)))][1:] == [9, 4]
