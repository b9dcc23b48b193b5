"""Latest starts, what is too late, and what could be cut."""

from __future__ import annotations

from datetime import date

import pytest

from milepost.analyses.schedules.backward import Backward, plan_backward
from milepost.errors import UsageError
from milepost.model.item import Ref
from tests.unit.plans import plan_of

TODAY = date(2027, 3, 1)  # a Monday
BETA = Ref("milestone", "beta")
GOAL = Ref("goal", "self-serve")
OWN = ("plan", "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}, bo: {name: Bo}}\n")


def backward(*texts: str, target: Ref = BETA, level: bool = False) -> Backward:
    files = [("goal" if "measure:" in text else "milestone", text) for text in texts]
    return plan_backward(plan_of(OWN, *files), TODAY, target, level)


def cuts(found: Backward) -> list[tuple[str, str, int]]:
    return [(cut.item.id, cut.priority, cut.missing) for cut in found.cuts]


def test_latest_starts_are_counted_back_from_the_date_alone() -> None:
    found = backward(
        "{id: beta, title: Beta, due: 2027-03-12, depends_on: [alpha], tasks: "
        "[{id: one, title: O, estimate: 2d}, {id: two, title: T, estimate: 1d, depends_on: [one]}]}",
        "{id: alpha, title: Alpha, due: 2027-03-02, estimate: 3d}",
        "{id: other, title: Other, due: 2027-03-01, estimate: 9d}",
    )
    starts = [(work.item.id, str(work.start), str(work.finish), work.room) for work in found.works]
    assert starts == [
        ("alpha", "2027-03-05", "2027-03-09", 4),
        ("beta/one", "2027-03-10", "2027-03-11", 4),
        ("beta/two", "2027-03-12", "2027-03-12", 4),
    ]
    assert (found.missing, found.cuts, found.left) == (-4, (), 0)


def test_what_is_too_late_says_by_how_many_days() -> None:
    found = backward("{id: beta, title: Beta, due: 2027-03-03, priority: must, estimate: 5d}")
    assert [(str(work.start), work.room, work.overdue) for work in found.works] == [("2027-02-25", -2, 2)]
    assert (found.missing, found.cuts, found.left) == (2, (), 2)


WORK = """
id: beta
title: Beta
due: 2027-03-08
priority: must
tasks:
  - {id: first, title: First, estimate: 4d}
  - {id: nice, title: Nice, estimate: 2d, priority: could, depends_on: [first]}
  - {id: good, title: Good, estimate: 3d, priority: should, depends_on: [nice]}
  - {id: last, title: Last, estimate: MUSTd, depends_on: [good, first]}
  - {id: beside, title: On no path that matters, estimate: 1d, priority: could}
"""


@pytest.mark.parametrize("level", [False, True])
def test_what_could_be_left_out_goes_first_then_what_should_not(level: bool) -> None:
    found = backward(WORK.replace("MUST", "2"), level=level)
    assert cuts(found) == [("beta/nice", "could", 3), ("beta/good", "should", 0)]
    assert (found.missing, found.left) == (5, 0)
    assert backward(WORK.replace("due: 2027-03-08", "due: 2027-03-12").replace("MUST", "2")).missing == 1


def test_musts_are_never_cut_and_it_is_said_by_how_much_they_do_not_fit() -> None:
    found = backward(WORK.replace("MUST", "6"))
    assert [cut.item.id for cut in found.cuts] == ["beta/nice", "beta/good"]
    assert found.left == 4


def test_what_has_no_priority_is_not_cut_and_what_was_asked_for_is_not_either() -> None:
    plain = "{id: beta, title: Beta, due: 2027-03-03, estimate: 5d}"
    assert backward(plain).cuts == ()
    assert backward(plain.replace("estimate", "priority: could, estimate")).cuts == ()
    inside = "{id: beta, title: Beta, due: 2027-03-03, priority: could, tasks: [{id: one, title: O, estimate: 5d}]}"
    assert backward(inside).cuts == ()


def test_a_goal_needs_its_milestones_and_those_of_goals_that_serve_it() -> None:
    goals = (
        "{id: self-serve, title: Self, measure: 1, due: 2027-03-12}",
        "{id: nearer, title: Nearer, measure: 2, serves: self-serve}",
    )
    milestones = (
        "{id: beta, title: Beta, goal: nearer, due: 2027-03-02, estimate: 3d}",
        "{id: docs, title: Docs, goal: self-serve, priority: could, estimate: 12d}",
        "{id: other, title: Other, estimate: 2d}",
    )
    found = backward(*goals, *milestones, target=GOAL)
    assert {work.item.id for work in found.works} == {"beta", "docs"}
    assert cuts(found) == [("docs", "could", -7)]


def test_levelled_a_persons_other_work_comes_in_between() -> None:
    tasks = "tasks: [{id: one, title: O, owner: ada, estimate: 3d}, {id: two, title: T, owner: ada, estimate: 3d}]"
    text = f"{{id: beta, title: Beta, due: 2027-03-05, {tasks}}}"
    assert backward(text).missing == -2
    found = backward(text, level=True)
    assert found.missing == 1
    assert sorted(work.room for work in found.works) == [-1, -1]


def test_unestimated_work_is_named() -> None:
    found = backward("{id: beta, title: Beta, due: 2027-03-05, tasks: [{id: one, title: O}]}")
    assert [item.id for item in found.unestimated] == ["beta/one"]
    assert found.works[0].start is None


def test_nothing_is_left_to_do_for_what_is_reached() -> None:
    found = backward("{id: beta, title: Beta, due: 2027-03-05, finished: 2027-02-20}")
    assert (found.missing, found.works) == (None, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{id: beta, title: Beta, estimate: 2d}", "beta has no date"),
        ("{id: beta, title: Beta, due: v9}", "beta is due with v9, which has no day in this plan"),
    ],
)
def test_only_from_a_date_can_be_counted_back(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        backward(text)
