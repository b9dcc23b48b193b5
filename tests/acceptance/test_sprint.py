"""`sprint` on real repositories: what fits, what is left, what came of it, by accepted history."""

from __future__ import annotations

import json
import shlex
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import Checkout, Golden, MakeRepository, Run
from tests.sprints_story import MONDAY, PLAN, Story

FOUR = ([4, 4, 3, 5], 3), ([5, 4, 6], 2), ([3, 3, 4, 2], 4), ([6, 4, 3], 2)  # sizes committed, how many are finished


@pytest.fixture
def story(make_repository: MakeRepository) -> Story:
    return Story(make_repository())


def sprint(run: Run, story: Story, *arguments: str, today: date) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(run, story, *arguments, "--format", "json", today=today))
    return found


def text(run: Run, story: Story, *arguments: str, today: date) -> str:
    result = run("sprint", *arguments, "--today", today.isoformat(), folder=story.checkout.path)
    assert result.exit_code == 0, result.output
    assert "json" in arguments or all(len(line) <= 80 for line in result.stdout.splitlines())
    return result.stdout


def four_sprints(story: Story) -> date:
    """A story with four sprints that are over, and work for the next. Returns the day after the fourth."""
    story.begin("id: map, title: Draw the map, estimate: 4d, priority: must")
    for sizes, finished in FOUR:
        story.run_sprint(sizes, finished)
    story.add(
        "id: pay, title: Pay, estimate: 2d..8d, priority: must, rank: 1, owner: bo",
        "id: mail, title: Send a mail, estimate: 1d, priority: should, depends_on: [pay]",
        "id: film, title: A film, estimate: 2d, priority: could, owner: bo",
        "id: fonts, title: Fonts, priority: must",
        "id: points, title: In points, estimate: 3pt",
    )
    day = story.start - timedelta(days=1)
    story.checkout.commit(story.milestone(), day=day)
    return day


def test_a_plan_is_what_past_sprints_bear_out(run: Run, story: Story) -> None:
    today = four_sprints(story)
    found = sprint(run, story, "plan", today=today)
    assert [one["finished"] for one in found["velocity"]["sprints"]] == [11, 9, 12, 10]
    assert [one["committed"] for one in found["velocity"]["sprints"]] == [16, 15, 12, 13]
    assert (found["start"], found["end"]) == ("2027-03-01", "2027-03-12")
    assert (found["focus"], found["capacity"]) == (0.525, 10.5)
    # mean 10.5, sd 1.2910, t(80 %, 3) 0.97847, one more of five: 10.5 - 0.97847 × 1.2910 × √1.25
    assert found["committable"] == pytest.approx(9.088, abs=0.001)
    assert found["likely"] == pytest.approx([8.136, 12.864], abs=0.001)
    assert found["basis"] == "past"


def test_what_fits_goes_by_priority_rank_dependencies_and_each_persons_time(run: Run, story: Story) -> None:
    today = four_sprints(story)
    found = sprint(run, story, "plan", today=today)
    assert [one["id"] for one in found["items"]] == ["beta/pay", "beta/map", "beta/mail"]  # pay has a rank
    left = {one["id"].removeprefix("beta/"): one["why"] for one in found["left"]}
    assert left == {
        "fonts": "unestimated", "points": "other unit", "film": "person",
        "s1-4": "person", "s2-3": "person", "s4-3": "person",
    }  # fmt: skip


def test_the_printed_command_writes_the_sprint(run: Run, story: Story) -> None:
    today = four_sprints(story)
    shown = text(run, story, "plan", today=today)
    command = shown.partition("To write it:")[2].replace("\\\n", "")
    assert run(*shlex.split(command)[1:], "--no-input", folder=story.checkout.path).exit_code == 0
    written = story.checkout.path / "plan/sprints/2027-w09.yaml"
    assert "items: [beta/pay, beta/map, beta/mail]" in written.read_text()
    again = sprint(run, story, "plan", "2027-w09", today=today)
    assert [one["new"] for one in again["items"]] == [False, False, False]
    assert again["command"] is None
    assert sprint(run, story, "plan", today=today)["start"] == "2027-03-15"


def test_a_sprint_that_is_there_is_filled_up(run: Run, story: Story) -> None:
    today = four_sprints(story)
    story.checkout.commit(story.sprint("next", ["film"], more="capacity: 6d\n"), day=today)
    found = sprint(run, story, "plan", "next", today=today)
    assert found["basis"] == "written" and found["room"] == 6
    assert [(one["id"], one["new"]) for one in found["items"]] == [("beta/film", False), ("beta/s4-3", True)]
    story.checkout.commit(story.sprint("next", ["film"], more="capacity: 16d\n"), day=today)
    found = sprint(run, story, "plan", "next", today=today)
    assert found["command"] == "milepost set next items+=beta/pay,beta/mail"
    assert found["basis"] == "past"


def test_the_printed_command_keeps_what_a_sprint_has_finished(run: Run, story: Story) -> None:
    today = four_sprints(story)
    story.checkout.commit(story.sprint("next", ["film", "s4-1"], more="capacity: 16d\n"), day=today)
    command = sprint(run, story, "plan", "next", today=today)["command"]
    assert run(*shlex.split(command)[1:], "--no-input", folder=story.checkout.path).exit_code == 0
    written = (story.checkout.path / "plan/sprints/next.yaml").read_text()
    assert "beta/film, beta/s4-1, beta/pay, beta/mail" in written


def under_way(story: Story) -> date:
    """The Wednesday in the first week of a sprint that four others came before."""
    today = four_sprints(story)
    story.checkout.commit(story.sprint("next", ["map"]), day=today)
    return story.start + timedelta(days=2)


def test_of_a_sprint_that_runs_only_what_is_left_counts(run: Run, story: Story) -> None:
    today = under_way(story)
    whole, rest = (sprint(run, story, "plan", "next", today=day) for day in (story.start, today))
    assert (whole["counted_from"], rest["counted_from"]) == ("2027-03-01", "2027-03-03")
    assert (rest["start"], rest["end"]) == ("2027-03-01", "2027-03-12")
    assert (whole["working_days"], rest["working_days"]) == (10, 8)
    assert rest["people"]["bo"]["days"] == 8
    for amount in ("capacity", "committable", "room"):
        assert rest[amount] == pytest.approx(whole[amount] * 8 / 10, abs=0.001)
    assert (whole["capacity"], rest["capacity"]) == (10.5, 8.4)
    assert [one["id"] for one in whole["items"]] == ["beta/map", "beta/pay", "beta/mail"]
    assert [one["id"] for one in rest["items"]] == ["beta/map", "beta/film"]  # 4d of pay are more than 3.3d
    last = sprint(run, story, "plan", "next", today=date(2027, 3, 12))
    assert (last["working_days"], last["capacity"]) == (1, 1.05)
    weekend = sprint(run, story, "plan", "next", today=date(2027, 3, 6))
    assert weekend["working_days"] == 5


def test_a_capacity_that_is_written_is_that_of_the_whole_sprint(run: Run, story: Story) -> None:
    under_way(story)
    story.checkout.commit(story.sprint("next", ["map"], more="capacity: 5d\n"), day=story.start)
    assert sprint(run, story, "plan", "next", today=story.start)["capacity"] == 5
    assert sprint(run, story, "plan", "next", today=story.start + timedelta(days=9))["capacity"] == 1.5
    shown = text(run, story, "plan", "next", today=story.start + timedelta(days=9))
    assert "Capacity 5d, as the sprint says, by the working time that is left 1.5d." in shown


def test_a_sprint_that_runs_is_planned_in_words(run: Run, story: Story, golden: Golden) -> None:
    golden("sprint-plan-running.txt", text(run, story, "plan", "next", today=under_way(story)))


def test_nothing_is_planned_into_a_sprint_that_is_over(run: Run, story: Story) -> None:
    today = four_sprints(story)
    result = run("sprint", "plan", "s4", "--today", today.isoformat(), folder=story.checkout.path)
    assert result.exit_code == 2
    assert "s4 ended on 2027-02-26" in result.stderr
    assert "milepost sprint review s4" in result.stderr


def test_a_sprint_that_holds_too_much_says_how_much(run: Run, story: Story) -> None:
    today = four_sprints(story)
    story.checkout.commit(story.sprint("next", ["film", "map", "pay"], more="capacity: 4pt\n"), day=today)
    assert sprint(run, story, "plan", "next", today=today)["excess"] == pytest.approx(10 - 9.088, abs=0.001)
    shown = text(run, story, "plan", "next", today=today)
    assert "The sprint's capacity of 4pt is not in days, so it is not used." in shown
    story.checkout.commit(story.sprint("next", ["film", "map", "pay"], more="capacity: 6d\n"), day=today)
    assert sprint(run, story, "plan", "next", today=today)["excess"] == 4
    assert "In it: 10d, 4d more than fits" in text(run, story, "plan", "next", today=today)


def test_the_proposal_is_worded_for_people(run: Run, story: Story, golden: Golden) -> None:
    golden("sprint-plan.txt", text(run, story, "plan", today=four_sprints(story)))


def test_the_review_is_worded_for_people(run: Run, story: Story, golden: Golden) -> None:
    today = four_sprints(story)
    story.checkout.commit(story.sprint("s5", ["s4-3", "map"], start=story.start), day=today)
    golden("sprint-review.txt", text(run, story, "review", today=today))
    found = sprint(run, story, "review", "s4", today=today)
    left = {one["id"]: one["carried_into"] for one in found["items"] if one["left_over"]}
    assert left == {"beta/s4-3": "s5"}
    assert (found["committed"], found["finished"], found["finished_of_committed"]) == (13, 10, 10)


def running(story: Story) -> date:
    """A sprint in its second week, with work added, taken out, estimated anew, finished, dropped, blocked."""
    story.begin(
        "id: map, title: Draw the map, estimate: 4d",
        "id: pay, title: Pay, estimate: 3d, owner: bo",
        "id: mail, title: Send a mail, estimate: 2d, depends_on: [pay]",
        "id: film, title: A film, estimate: 5d",
        "id: menu, title: A menu, estimate: 1d",
        "id: late, title: Comes in late, estimate: 2d",
    )
    items = ["map", "pay", "mail", "film", "menu"]
    goal = "goal: People pay by themselves\n"
    story.checkout.commit(story.sprint("pay", items, more=goal), day=MONDAY)
    story.finish("map", MONDAY + timedelta(days=2))
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=3))  # a day late
    story.tasks["pay"] = story.tasks["pay"].replace("3d", "6d") + ", started: 2027-01-06"
    items = ["map", "pay", "mail", "menu", "late"]
    story.checkout.commit(
        {**story.milestone(), **story.sprint("pay", items, more=goal)}, day=MONDAY + timedelta(days=4)
    )
    story.tasks["pay"] += ", blocked: {since: 2027-01-08, by: no key from the bank, owner: ada}"
    story.tasks["menu"] += ", dropped: 2027-01-08, because: {priority: not now}"
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=4))
    return MONDAY + timedelta(days=7)


def test_the_parts_of_a_burn_down_add_up(run: Run, story: Story) -> None:
    found = sprint(run, story, "status", today=running(story))
    burndown = found["burndown"]
    parts = {name: burndown[name] for name in ("committed", "added", "removed", "dropped", "finished", "re_estimated")}
    assert parts == {"committed": 15, "added": 2, "removed": 5, "dropped": 1, "finished": 4, "re_estimated": 3}
    assert burndown["left"] == 10 == 15 + 2 - 5 - 1 - 4 + 3
    assert [point["left"] for point in burndown["days"]] == [15, 15, 11, 11, 10, 10, None, None, None, None]
    assert [point["steady"] for point in burndown["days"]] == [13.5, 12, 10.5, 9, 7.5, 6, 4.5, 3, 1.5, 0]
    assert (found["day"], found["days"]) == (6, 10)


@pytest.mark.parametrize(
    ("today", "last", "left"),
    [(4, "2027-01-08", [5, 5, 5, 5, 5]), (5, "2027-01-09", [5, 5, 5, 5, 3]),
     (6, "2027-01-10", [5, 5, 5, 5, 0]), (9, "2027-01-10", [5, 5, 5, 5, 0])],
    ids=["Friday", "Saturday", "Sunday", "afterwards"],
)  # fmt: skip
def test_a_sprint_that_ends_on_a_sunday_is_followed_to_every_day_of_its_end(
    run: Run, story: Story, today: int, last: str, left: list[int]
) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d", "id: pay, title: Pay, estimate: 2d")
    story.checkout.commit(
        {"plan/sprints/one.yaml": f"id: one\nstart: {MONDAY}\nend: 2027-01-10\nitems: [beta/map, beta/pay]\n"},
        day=MONDAY,
    )
    for name, day in (("pay", 5), ("map", 6)):
        story.finish(name, MONDAY + timedelta(days=day))
    story.checkout.commit(story.milestone(), day=MONDAY + timedelta(days=6))
    found = sprint(run, story, "status", "one", today=MONDAY + timedelta(days=today))["burndown"]["days"]
    assert (found[-1]["day"], [point["left"] for point in found]) == (last, left)
    assert found[-1]["steady"] == 0


def test_a_stand_up_hears_what_is_held_up_and_what_changed(run: Run, story: Story, golden: Golden) -> None:
    today = running(story)
    found = sprint(run, story, "status", today=today)
    items = {one["id"]: one for one in found["items"]}
    assert items["beta/pay"]["blocked"] == "no key from the bank"
    assert items["beta/mail"]["waits_for"] == ["beta/pay"]
    assert found["removed"] == [{"id": "beta/film", "on": "2027-01-08"}]
    assert found["since"] == "2027-01-08"
    assert {change["date"] for change in found["changes"]} == {"2027-01-08"}
    golden("sprint-status.txt", text(run, story, "status", today=today))


def test_what_a_sprint_had_is_followed_through_a_rename(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 4d", "id: pay, title: Pay, estimate: 3d")
    story.checkout.commit(story.sprint("one", ["map", "pay"]), day=MONDAY)
    story.tasks["map"] = "id: atlas, title: Draw the map, estimate: 9d, was: [map]"
    renamed = {**story.milestone(), **story.sprint("one", ["atlas", "pay"])}
    story.checkout.commit(renamed, day=MONDAY + timedelta(days=2))
    found = sprint(run, story, "review", today=MONDAY + timedelta(days=14))
    assert [(one["id"], one["added"], one["removed"]) for one in found["items"]] == [
        ("beta/atlas", None, None),
        ("beta/pay", None, None),
    ]
    assert found["committed"] == 7


def test_an_item_that_is_named_twice_counts_once(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 4d")
    story.checkout.commit(story.sprint("one", ["map", "map"]), day=MONDAY)
    burndown = sprint(run, story, "status", today=MONDAY)["burndown"]
    assert (burndown["committed"], burndown["left"], burndown["re_estimated"]) == (4, 4, 0)
    assert len(sprint(run, story, "plan", "one", today=MONDAY)["items"]) == 1


def test_a_sprint_that_was_written_down_afterwards_has_what_it_had_first(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 4d")
    story.finish("map", MONDAY + timedelta(days=3))
    story.checkout.commit({**story.milestone(), **story.sprint("one", ["map"])}, day=MONDAY + timedelta(days=30))
    found = sprint(run, story, "review", "one", today=MONDAY + timedelta(days=40))
    assert (found["committed"], found["finished"]) == (4, 4)


def test_work_in_points_is_planned_in_points(run: Run, story: Story) -> None:
    story.unit = "pt"
    more = ("id: mail, title: Mail, estimate: 2pt", "id: pay, title: Pay, estimate: 3d")
    story.begin("id: map, title: Draw the map, estimate: 5pt", *more)
    shown = text(run, story, "plan", today=MONDAY)
    assert "no sprint that is over has finished any" in shown.replace("\n  ", " ")
    for sizes, finished in FOUR:
        story.run_sprint(sizes, finished)
    found = sprint(run, story, "plan", today=story.start)
    assert found["unit"] == "points"
    assert found["committable"] == pytest.approx(9.088, abs=0.001)
    assert [one["id"] for one in found["items"]] == ["beta/mail", "beta/s4-3"]  # 5.25 points are Ada's
    assert {one["id"]: one["why"] for one in found["left"]}["beta/pay"] == "other unit"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("milepost: 1\ntitle: Heron\n", "The plan names no people"),
        ("milepost: 1\ntitle: Heron\npeople: {sales: {name: Sales, kind: stakeholder}}\n", "The plan names no people"),
        (f"{PLAN}calendar: {{closed: [2027-01-01..2027-01-31]}}\n", "Nobody is there on any of these days"),
    ],
)
def test_a_plan_without_people_or_time_says_so(run: Run, story: Story, plan: str, expected: str) -> None:
    story.begin("id: map, title: Draw the map, estimate: 4d", plan=plan)
    assert expected in text(run, story, "plan", today=date(2027, 1, 4))


def test_what_is_not_estimated_is_named_and_not_counted(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw, estimate: 2d", "id: mail, title: Mail", "id: pay, title: Pay")
    story.checkout.commit(story.sprint("one", ["map", "mail", "pay"]), day=MONDAY)
    told = text(run, story, "status", today=MONDAY).replace("\n", " ")
    assert "Without an estimate in days, so not counted: beta/mail and beta/pay." in told


def test_nothing_estimated_is_said(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map")
    story.checkout.commit(story.sprint("one", ["map"]), day=MONDAY)
    assert "Nothing in it is estimated" in text(run, story, "status", today=MONDAY)
    later = MONDAY + timedelta(days=20)
    assert "No sprint with estimated items is over yet" in text(run, story, "review", today=later)


@pytest.mark.parametrize("what", ["status", "review"])
def test_a_plan_without_sprints_is_no_failure(run: Run, story: Story, what: str) -> None:
    story.begin("id: map, title: Draw the map")
    result = run("sprint", what, folder=story.checkout.path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is no sprint in the accepted plan yet." in result.stderr


def test_a_sprint_ahead_now_and_past(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d")
    story.checkout.commit(story.sprint("one", ["map"], start=MONDAY + timedelta(days=7)), day=MONDAY)
    assert "begins in 7 days" in text(run, story, "status", today=MONDAY)
    assert "day 1 of 10" in text(run, story, "status", today=MONDAY + timedelta(days=7))
    assert "over for 3 days" in text(run, story, "status", today=MONDAY + timedelta(days=21))
    result = run("sprint", "review", "--today", MONDAY.isoformat(), folder=story.checkout.path)
    assert result.exit_code == 0
    assert "there is nothing to review yet" in result.stderr


@pytest.mark.parametrize(
    "dates", ["start: 2027-01-15\nend: 2027-01-04", "start: 2027-01-04", "start: 0001-01-01\nend: 9999-12-31"]
)
def test_dates_that_make_no_sprint_are_refused(run: Run, story: Story, dates: str) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d")
    story.checkout.commit({"plan/sprints/one.yaml": f"id: one\n{dates}\nitems: [beta/map]\n"}, day=MONDAY)
    for what in ("plan", "status", "review"):
        result = run("sprint", what, "one", folder=story.checkout.path)
        assert result.exit_code == 2, result.output
        assert "no first and last day that a sprint can have" in result.stderr
    assert run("sprint", "plan", folder=story.checkout.path).exit_code in (0, 2)


def test_sprint_alone_is_its_status(run: Run, story: Story) -> None:
    today = running(story)
    assert text(run, story, today=today) == text(run, story, "status", today=today)
    assert sprint(run, story, today=today)["format"] == "milepost-sprint-status"


def test_sprint_alone_says_what_to_type_where_there_is_none(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d")
    result = run("sprint", folder=story.checkout.path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is no sprint" in result.stderr and "milepost sprint plan" in result.stderr


def test_an_unknown_sprint_is_named(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d")
    result = run("sprint", "status", "two", folder=story.checkout.path)
    assert result.exit_code == 2
    assert "two" in result.stderr


@pytest.mark.parametrize("command", [("sprint", "plan"), ("backlog",)], ids=" ".join)
def test_what_is_ahead_is_told_before_anything_is_committed(
    run: Run, make_repository: MakeRepository, story: Story, command: tuple[str, ...]
) -> None:
    story.add("id: map, title: Draw the map, estimate: 3d")
    checkout = make_repository(name="nothing")
    nothing = run(*command, folder=checkout.path)
    assert (nothing.exit_code, "milepost init" in nothing.stderr) == (3, True)
    checkout.write({"plan/milepost.yaml": PLAN, **story.milestone()})
    assert "beta/map" in run(*command, "--today", MONDAY.isoformat(), folder=checkout.path).stdout


def test_what_is_no_sprint_is_told_to_be_none(run: Run, story: Story) -> None:
    story.begin("id: map, title: Draw the map, estimate: 3d")
    for what in ("plan", "status", "review"):
        result = run("sprint", what, "beta", folder=story.checkout.path)
        assert result.exit_code == 2
        assert "beta is a milestone: only sprints are planned" in result.stderr


def test_the_branch_of_somebody_else_needs_no_work_tree(run: Run, story: Story, tmp_path: Any) -> None:
    today = four_sprints(story)
    bare = tmp_path / "bare.git"
    story.checkout.git("clone", "--quiet", "--bare", str(story.checkout.path), str(bare))
    here = sprint(run, story, "plan", today=today)
    story.checkout = Checkout(bare)
    assert sprint(run, story, "plan", today=today) == here
