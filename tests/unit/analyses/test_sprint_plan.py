"""What fits into a sprint, on any plan: never more than there is room for, and never before what it waits for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.focus import Focus
from milepost.analyses.schedules.project import build_project
from milepost.analyses.sprints.backlog import rank_backlog
from milepost.analyses.sprints.proposal import Why, propose_sprint
from milepost.analyses.sprints.ranking import rank_open_work
from milepost.analyses.sprints.readiness import order_by_links
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY, SPAN = date(2027, 1, 4), (date(2027, 1, 4), date(2027, 1, 15))
PRIORITIES = ("must", "should", "could", "wont", None)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to twelve tasks in two milestones, each with links to any others, cycles included."""
    numbers = range(draw(st.integers(1, 12)))
    names = [f"{'beta' if number % 2 else 'alpha'}/t{number}" for number in numbers]
    texts = {"alpha": "", "beta": ""}
    for name in names:
        home, _, id = name.partition("/")
        fields = [f"id: {id}", "title: T"]
        if size := draw(st.sampled_from(["1d", "2d", "4d..9d", "20d", "3pt", ""])):
            fields.append(f"estimate: {size}")
        if owner := draw(st.sampled_from(["ada", "bo", "zoe", ""])):
            fields.append(f"owner: {owner}")
        if priority := draw(st.sampled_from(PRIORITIES)):
            fields.append(f"priority: {priority}")
        if links := draw(st.lists(st.sampled_from([*names, "alpha", "beta"]), max_size=2)):
            fields.append(f"depends_on: [{', '.join(links)}]")
        texts[home] += f"  - {{{', '.join(fields)}}}\n"
    files = [milestone(f"id: {id}\ntitle: M\ndue: 2027-05-01\ntasks:\n{text}") for id, text in texts.items() if text]
    return plan_of(*files)


@given(plans())
def test_nothing_fits_that_waits_or_has_no_room(plan: Plan) -> None:
    proposal = propose_sprint(plan, (), SPAN, None, TODAY)
    assert proposal.filled <= proposal.room + 1e-6
    for person in proposal.time.people:
        load = sum(one.size.measure(proposal.unit) for one in proposal.taken if one.piece.owner == person)
        assert load <= proposal.share_of(person) + 1e-6
    places: dict[Ref, int] = {one.piece.ref: place for place, one in enumerate(proposal.taken)}
    for one in proposal.taken:
        for link in one.piece.work.depends_on:
            if link.item.kind == "task" and link.item in {piece.ref for piece in rank_open_work(plan)}:
                assert places[link.item] < places[one.piece.ref]


@given(plans())
def test_every_open_item_fits_or_is_told_why_not(plan: Plan) -> None:
    proposal = propose_sprint(plan, (), SPAN, None, TODAY)
    told = [*(one.piece.ref for one in proposal.taken), *(one.piece.ref for one in proposal.left)]
    assert sorted(told) == sorted(piece.ref for piece in rank_open_work(plan))
    assert all((one.waits_for is not None) == (one.why is Why.WAITS) for one in proposal.left)


@given(plans())
def test_links_put_work_in_another_order_and_lose_none(plan: Plan) -> None:
    pieces = rank_open_work(plan)
    ordered = list(order_by_links(plan, pieces))
    assert sorted(one.ref for one in ordered) == sorted(one.ref for one in pieces)


def test_blocked_work_and_work_that_is_for_later_do_not_fit() -> None:
    plan = plan_of(
        milestone("""
            id: beta
            title: Beta
            due: 2027-05-01
            tasks:
              - {id: a, title: A, estimate: 1d, blocked: {since: 2027-01-02, by: no key}}
              - {id: b, title: B, estimate: 1d, not_before: 2027-01-16}
              - {id: c, title: C, estimate: 1d, not_before: 2027-01-15}
        """)
    )
    proposal = propose_sprint(plan, (), SPAN, None, TODAY)
    assert [one.piece.work.id for one in proposal.taken] == ["c"]
    assert {one.piece.work.id: one.why for one in proposal.left} == {"a": Why.BLOCKED, "b": Why.LATER}


def test_what_has_begun_goes_on_before_anything_that_is_needed_as_much() -> None:
    tasks = "".join(f"  - {{id: t{n}, title: T, estimate: 6d, priority: must, owner: ada}}\n" for n in range(3))
    begun = "  - {id: z, title: Z, estimate: 6d, priority: must, owner: ada, started: 2027-01-01}\n"
    plan = plan_of(milestone(f"id: beta\ntitle: Beta\ndue: 2027-05-01\ntasks:\n{tasks}{begun}"))
    assert [one.piece.work.id for one in propose_sprint(plan, (), SPAN, None, TODAY).taken] == ["z"]


def test_a_milestone_is_done_with_the_last_of_its_tasks_and_frees_what_waits_for_it() -> None:
    plan = plan_of(
        milestone("id: alpha\ntitle: A\ndue: 2027-05-01\ntasks:\n  - {id: a, title: A, estimate: 1d, rank: 9}\n"),
        milestone("""
            id: beta
            title: Beta
            due: 2027-05-01
            depends_on: [alpha]
            tasks:
              - {id: b, title: B, estimate: 1d, rank: 1}
              - {id: c, title: C, estimate: 1d, rank: 0, depends_on: [b]}
        """),
    )
    proposal = propose_sprint(plan, (), SPAN, None, TODAY)
    assert [str(one.piece.ref) for one in proposal.taken] == ["alpha/a", "beta/b", "beta/c"]


BEGUN = """
    id: beta
    title: Beta
    due: 2027-05-01
    owner: ada
    tasks:
      - {id: fresh, title: F, estimate: 4d}
      - {id: begun, title: B, estimate: 4d, started: 2026-12-29}
      - {id: long, title: L, estimate: 1d, started: 2026-12-21}
      - {id: boxed, title: X, kind: research, estimate: 5d, timebox: 2d}
      - {id: spent, title: S, kind: research, estimate: 5d, timebox: 1d, started: 2026-12-01}
      - {id: box-alone, title: O, estimate: 5d, timebox: 2d}
      - {id: points, title: P, estimate: 3pt, started: 2026-12-29}
"""


@pytest.mark.parametrize("focus", [1.0, 0.5])
@pytest.mark.parametrize("works", ["5d/w", "50%"])
def test_what_is_ahead_is_what_a_schedule_takes_to_be_left(works: str, focus: float) -> None:
    """A backlog and a sprint's plan size what has begun, and what has a timebox, as the schedule does."""
    plan = plan_of(("plan", f"people: {{ada: {{name: Ada, works: {works}, away: [2026-12-30]}}}}"), milestone(BEGUN))
    loads = build_project(plan, TODAY, focus=focus).loads.values()
    left = {load.item: load.left.quantile(0.5) for load in loads}
    ahead = {one.piece.ref: one.size for one in rank_backlog(plan, (), TODAY, focus=focus).entries}
    assert {ref: size.hours for ref, size in ahead.items() if not size.points} == pytest.approx(left)
    proposal = propose_sprint(plan, (), SPAN, None, TODAY, Focus(pace=focus))
    sizes_there = {one.piece.ref: one.size for one in proposal.taken} | {
        one.piece.ref: one.size for one in proposal.left
    }
    assert sizes_there == ahead
    sizes = {ref.id.removeprefix("beta/"): size for ref, size in ahead.items()}
    assert sizes["fresh"].hours == 32
    assert 0 < sizes["begun"].hours < 32
    assert sizes["long"].hours > 0  # it has taken longer than it should, and is not done
    assert (sizes["boxed"].hours, sizes["box-alone"].hours) == (16, 40)  # a box cuts research only
    assert sizes["points"].points == 3


def test_a_used_up_timebox_leaves_nothing_and_needs_no_room() -> None:
    plan = plan_of(milestone(BEGUN))
    proposal = propose_sprint(plan, (), SPAN, None, TODAY)
    spent = next(one for one in proposal.taken if one.piece.work.id == "spent")
    assert (spent.size.hours, spent.size.unknown, spent.size.is_in(proposal.unit)) == (0, 0, True)
