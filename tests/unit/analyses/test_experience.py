"""What a team's own past says of the work ahead, and that it says nothing before there is enough of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from milepost.analyses.focus import UNKNOWN
from milepost.analyses.forecasts.experience import Experience, gain_experience
from milepost.analyses.forecasts.forecast import forecast_plan
from milepost.analyses.forecasts.outlook import Basis, Outlook
from milepost.analyses.forecasts.worlds import Settings
from milepost.analyses.growth import measure_every_growth, measure_growth
from milepost.loader.cache import Cache
from milepost.loader.history import load_history
from milepost.loader.layout import find_layout
from milepost.model.item import Ref, Value
from milepost.model.plan import Plan
from milepost.repository.repository import open_repository
from milepost.repository.story import read_story, write_story
from tests.unit.conftest import Fields, Version, milestone, tell

TODAY = date(2027, 3, 1)
FIRST, DONE = date(2027, 1, 4), date(2027, 2, 1)


def task(id: str) -> Ref:
    return Ref("task", id)


def told(first: Mapping[Ref, Fields], then: Mapping[Ref, Fields]) -> tuple[Plan, Experience]:
    """What is known after two accepted versions."""
    plan, history = tell([Version(FIRST, dict(first)), Version(DONE, dict(then))])
    return plan, gain_experience(plan, history)


def finished(count: int, **fields: Value) -> tuple[dict[Ref, Fields], dict[Ref, Fields]]:
    """Tasks of a milestone, as they were said and as they were finished."""
    said: dict[Ref, Fields] = {milestone("past"): {"title": "Past"}}
    done: dict[Ref, Fields] = {}
    for number in range(count):
        one = {"title": "T", "estimate": fields.get("estimate", "2d")}
        said[task(f"past/t{number}")] = one
        done[task(f"past/t{number}")] = {**one, "started": "2027-01-11", "finished": "2027-01-14", **fields}
    return said, done


def outlook(plan: Plan, known: Experience, id: str = "next") -> Outlook:
    found = forecast_plan(plan, TODAY, known, Settings(correlation=0.0)).outlook(milestone(id))
    assert found is not None
    return found


def middle(plan: Plan, known: Experience) -> float:
    """Working days that the next milestone takes, at even odds."""
    position = outlook(plan, known).days[0.5].position
    assert position is not None
    return position


NEXT: dict[Ref, Fields] = {milestone("next"): {"title": "Next", "estimate": "4d"}}


def test_estimates_are_read_by_what_became_of_others() -> None:
    said, done = finished(20, actual="4d")
    plan, known = told({**said, **NEXT}, done)
    assert (known.finished, known.calibration is not None) == (20, True)
    assert 5.5 < middle(plan, known) < 8.5, "twice as long as said, and as much weight on what is usual"


def test_a_range_keeps_its_width() -> None:
    said, done = finished(20, actual="4d")
    plan, known = told({**said, milestone("next"): {"title": "Next", "estimate": "4d..4d"}}, done)
    found = outlook(plan, known)
    assert found.days[0.1].position == pytest.approx(found.days[0.95].position)
    assert found.days[0.5].position == pytest.approx(8)


def test_seven_finished_tasks_say_nothing() -> None:
    said, done = finished(7, actual="4d")
    plan, known = told({**said, **NEXT}, done)
    assert (known.finished, known.calibration) == (7, None)
    assert middle(plan, known) == pytest.approx(4, rel=0.03)


@pytest.mark.parametrize(("count", "hours"), [(8, 32 / 3), (7, None)])
def test_a_point_takes_as_long_as_points_took(count: int, hours: float | None) -> None:
    said, done = finished(count, estimate="3pt", actual="4d")
    plan, known = told({**said, milestone("next"): {"title": "Next", "estimate": "6pt..6pt"}}, done)
    assert (known.point.n, known.point.value) == (count, pytest.approx(hours) if hours else None)
    found = outlook(plan, known)
    assert found.basis is (Basis.WORK if hours else Basis.NOTHING)
    if hours:
        assert middle(plan, known) == pytest.approx(8)


def test_without_effort_a_point_takes_the_time_of_its_owner_in_between() -> None:
    said, done = finished(8, estimate="2pt")
    _, known = told(said, done)
    assert known.point.value == pytest.approx(4 * 8 / 2), "Monday to Thursday, by somebody who works full time"


def test_work_without_an_estimate_is_drawn_from_finished_work_of_its_kind() -> None:
    said, done = finished(8, kind="chore", actual="3d", finished="2027-01-13")
    vague: dict[Ref, Fields] = {
        milestone("next"): {"title": "Next"}, task("next/vague"): {"title": "V", "kind": "chore"}
    }  # fmt: skip
    plan, known = told({**said, **vague}, done)
    found = outlook(plan, known)
    assert (found.basis, found.drawn) == (Basis.WORK, (task("next/vague"),))
    assert found.days[0.5].position == pytest.approx(3)
    feature = {**vague, task("next/vague"): {"title": "V", "kind": "feature"}}
    plan, known = told({**said, **feature}, done)
    assert outlook(plan, known).basis is Basis.NOTHING


def grown(count: int, added: str) -> tuple[Plan, Experience]:
    """Milestones that were reached after a task was added to each; one that has not grown is open."""
    first: dict[Ref, Fields] = {
        milestone("next"): {"title": "Next"},
        task("next/t"): {"title": "T", "estimate": "4d..4d"},
    }
    then: dict[Ref, Fields] = {}
    for number in range(count):
        one: Fields = {"title": "T", "estimate": "10d"}
        first |= {milestone(f"m{number}"): {"title": "M"}, task(f"m{number}/t"): one}
        ends: Fields = {"started": "2027-01-11", "finished": "2027-01-22"}
        then |= {task(f"m{number}/t"): {**one, **ends}, task(f"m{number}/u"): {"title": "U", "estimate": added, **ends}}
    return told(first, then)


def test_work_grows_as_that_of_others_did() -> None:
    plan, known = grown(8, "10d")
    assert known.growth.n == 8
    assert middle(plan, known) == pytest.approx(4 * 2**0.5), "to the double, of which half counts with eight"


def test_seven_milestones_do_not_say_how_work_grows() -> None:
    plan, known = grown(7, "10d")
    assert (known.growth.n, known.growth.ratios) == (7, None)
    assert middle(plan, known) == pytest.approx(4)


def test_what_has_grown_already_grows_less() -> None:
    plan, known = grown(8, "10d")
    again = Experience(growth=known.growth, grown={milestone("next"): 1.2})
    assert middle(plan, again) == pytest.approx(4 * 2**0.5 / 1.2)
    assert middle(plan, Experience(growth=known.growth, grown={milestone("next"): 3.0})) == pytest.approx(4)


def test_dates_without_estimates_turn_out_as_those_before_them() -> None:
    first: dict[Ref, Fields] = {milestone("next"): {"title": "Next", "due": "2027-04-01", "started": "2027-02-01"}}
    then: dict[Ref, Fields] = {}
    for number in range(9):
        one: Fields = {"title": "M", "due": "2027-01-14"}
        first[milestone(f"m{number}")] = one
        then[milestone(f"m{number}")] = {**one, "finished": f"2027-01-{14 + number}"}
    plan, known = told(first, then)
    found = outlook(plan, known)
    assert (found.basis, found.n) == (Basis.SLIPS, 9)
    assert found.chance == pytest.approx(0.1)
    assert found.days[0.5].day is not None
    assert found.days[0.5].day > date(2027, 4, 1)


def test_the_growth_of_every_milestone_is_that_of_each(tmp_path: Path) -> None:
    write_story(read_story(Path(__file__).parents[3] / "src" / "milepost" / "stories" / "heron"), tmp_path / "heron")
    repository = open_repository(tmp_path / "heron")
    found = repository.accepted_branch(None)
    assert found is not None
    name, tip = found
    layout = find_layout(repository.commit_tree(tip, name))
    history = load_history(repository, layout, name, tip, Cache(None))
    milestones = [ref for ref in history.by_item if ref.kind == "milestone"]
    alone = {ref: growth for ref in milestones if (growth := measure_growth(history, ref))}
    assert measure_every_growth(history) == alone
    assert len(alone) > 8


def test_people_do_other_things_beside_as_they_did() -> None:
    """Twelve working days for six days of work, eight times; the estimates were right."""
    said, done = finished(8, estimate="6d..6d", actual="6d", finished="2027-01-26")
    owned = {ref: {**one, "owner": f"p{ref.id}"} if ref.kind == "task" else one for ref, one in done.items()}
    sure: dict[Ref, Fields] = {milestone("next"): {"title": "Next", "estimate": "9d..9d"}}
    plan, known = told({**said, **sure}, owned)
    assert known.focus.share == pytest.approx(0.5)
    assert middle(plan, known) == pytest.approx(9 / known.focus.pace, rel=0.01)
    assert middle(plan, Experience()) == pytest.approx(9)


def test_of_what_has_begun_as_much_is_done_as_people_gave_to_it() -> None:
    """Ten working days since 15 February, of which half were for it: there are four of nine days of work left."""
    said, done = finished(8, estimate="6d..6d", actual="6d", finished="2027-01-26")
    begun: dict[Ref, Fields] = {milestone("next"): {"title": "Next", "estimate": "9d..9d", "started": "2027-02-15"}}
    plan, known = told({**said, **begun}, done)
    assert middle(plan, known) == pytest.approx(9 / known.focus.pace - 10, rel=0.01)


def test_what_is_known_of_focus_is_in_the_inputs() -> None:
    said, done = finished(8, estimate="6d", actual="6d", finished="2027-01-26")
    plan, known = told({**said, **NEXT}, done)
    without = replace(known, focus=UNKNOWN)
    assert forecast_plan(plan, TODAY, known).inputs != forecast_plan(plan, TODAY, without).inputs
