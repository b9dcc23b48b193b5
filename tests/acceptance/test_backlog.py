"""`backlog`: open work in the plan's order, with days that say how they were found."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import Golden, MakeRepository, Run
from tests.sprints_story import MONDAY, Story

SHOP = """\
id: shop
title: The shop
due: 2027-06-30
priority: should
rank: 10
owner: bo
tasks:
  - {id: pay, title: Pay, estimate: 4d, priority: must, depends_on: [cart]}
  - {id: cart, title: A cart, estimate: 2d, priority: must}
  - {id: gift, title: Gift cards, estimate: 3d, priority: could}
  - {id: coins, title: Pay in coins, estimate: 3d, priority: wont}
  - {id: done, title: Done, estimate: 1d, finished: 2027-01-01, started: 2027-01-01}
"""
OTHERS = {
    "plan/milestones/mail.yaml": "id: mail\ntitle: Mail\ndue: 2027-05-31\npriority: must\nestimate: 5d\nowner: ada\n",
    "plan/milestones/fonts.yaml": "id: fonts\ntitle: Fonts\ndue: 2027-05-31\npriority: must\nrank: 1\nowner: ada\n",
    "plan/milestones/idea.yaml": "id: idea\ntitle: An idea\ndue: 2027-05-31\nestimate: 1d\ndepends_on: [fonts]\n",
    "plan/milestones/shop.yaml": SHOP,
}


@pytest.fixture
def story(make_repository: MakeRepository) -> Story:
    return Story(make_repository())


def backlog(run: Run, story: Story, today: date, *more: str) -> dict[str, Any]:
    result = run("backlog", "--format", "json", "--today", today.isoformat(), *more, folder=story.checkout.path)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def begin(story: Story) -> None:
    story.begin("id: menu, title: A menu, estimate: 2d, rank: 5")
    story.checkout.commit(OTHERS, day=MONDAY)


def test_order_is_priority_then_rank_then_date_then_id(run: Run, story: Story) -> None:
    begin(story)
    items = [(one["id"], one["priority"]) for one in backlog(run, story, MONDAY)["items"]]
    assert items == [
        ("fonts", "must"),
        ("mail", "must"),
        ("shop/cart", "should"),  # a must for a should
        ("shop/pay", "should"),
        ("shop/gift", "could"),
        ("beta/menu", None),
        ("idea", None),
    ]


def test_days_are_those_of_a_schedule_in_this_order_until_there_are_sprints(run: Run, story: Story) -> None:
    begin(story)
    found = backlog(run, story, MONDAY)
    assert (found["method"], found["n"]) == ("schedule in this order", 0)
    days = {one["id"]: (one["begins"], one["ends"]) for one in found["items"]}
    assert days == {
        "fonts": (None, None),
        "mail": ("2027-01-04", "2027-01-08"),
        "shop/cart": ("2027-01-04", "2027-01-05"),
        "shop/pay": ("2027-01-06", "2027-01-11"),
        "shop/gift": ("2027-01-12", "2027-01-14"),
        "beta/menu": ("2027-01-11", "2027-01-12"),
        "idea": (None, None),  # waits for what nobody has estimated
    }
    assert found["without_estimate"] == 1


def test_what_has_no_time_left_is_done_today_at_the_earliest(run: Run, story: Story) -> None:
    story.begin("id: spent, title: Out of time, kind: research, estimate: 5d, timebox: 1d, started: 2026-12-01")
    assert backlog(run, story, MONDAY)["items"][0]["ends"] == MONDAY.isoformat()


@pytest.mark.parametrize("sprints", [0, 3])
def test_sizes_are_what_is_left(run: Run, story: Story, sprints: int) -> None:
    story.begin(
        "id: fresh, title: Not begun, estimate: 4d, rank: 1",
        "id: spent, title: Out of time, kind: research, estimate: 5d, timebox: 1d, started: 2026-12-01, rank: 2",
        "id: begun, title: Half done, estimate: 4d, started: 2026-12-31, rank: 3",
        "id: look, title: Look into it, kind: research, estimate: 5d, timebox: 2d, rank: 4",
    )
    for _ in range(sprints):
        story.run_sprint([4, 4], 2)
    today = MONDAY if not sprints else story.start
    items = {one["id"]: one for one in backlog(run, story, today)["items"]}
    assert [items[f"beta/{one}"]["size"] for one in ("fresh", "look", "spent")] == ["4d", "2d", "0d"]
    assert items["beta/begun"]["size"] not in ("0d", "4d")
    assert all(one["ends"] for one in items.values())  # what has nothing left has an estimate
    told = run("backlog", "--today", today.isoformat(), folder=story.checkout.path)
    assert "Sizes: of what has begun, what is likely left." in told.stdout


def test_with_three_sprints_it_is_their_pace(run: Run, story: Story) -> None:
    begin(story)
    for _ in range(3):
        story.run_sprint([4, 4], 2)
    found = backlog(run, story, story.start)
    assert (found["method"], found["n"]) == ("past sprints", 3)
    days = {one["id"]: (one["ends"], one["sure"]) for one in found["items"]}
    first, second, third = ((story.start + timedelta(weeks=2 * number)).isoformat() for number in (1, 2, 3))
    assert days["mail"] == (first, first)  # 5 of 8 days
    assert days["shop/pay"] == (second, second)  # 11
    assert days["beta/menu"] == (second, second)  # 16
    assert days["idea"] == (third, third)  # 17
    assert days["fonts"] == (None, None)
    assert found["sprints"] == {"likely": 3, "sure": 3}
    assert found["items"] == backlog(run, story, story.start, "--seed", "7")["items"]  # they never varied


GOALS = {
    "plan/goals/sell.yaml": "id: sell\ntitle: Sell\ndue: 2027-12-31\n",
    "plan/goals/cards.yaml": "id: cards\ntitle: Cards\nserves: sell\n",
    "plan/milestones/shop.yaml": f"{SHOP}goal: cards\n",
    "plan/milestones/mail.yaml": f"{OTHERS['plan/milestones/mail.yaml']}goal: sell\n",
}


@pytest.mark.parametrize("sprints", [0, 3])
def test_a_part_of_it_has_the_days_that_the_whole_gives_it(run: Run, story: Story, sprints: int) -> None:
    begin(story)
    for _ in range(sprints):
        story.run_sprint([4, 4], 2)
    story.checkout.commit(GOALS, day=story.start)
    whole = backlog(run, story, story.start)
    parts = {
        "shop": ["shop/cart", "shop/pay", "shop/gift"], "shop/pay": ["shop/pay"], "cards": ["shop/cart", "shop/pay",
        "shop/gift"], "sell": ["mail", "shop/cart", "shop/pay", "shop/gift"],
    }  # fmt: skip
    for name, items in parts.items():
        part = backlog(run, story, story.start, name)
        assert part["items"] == [one for one in whole["items"] if one["id"] in items]
        assert [one["id"] for one in part["items"]] == items
    assert backlog(run, story, story.start, "mail")["total"] == 5
    if sprints:
        assert backlog(run, story, story.start, "mail")["sprints"] == {"likely": 1, "sure": 1}
        assert whole["sprints"] == {"likely": 3, "sure": 3}


def test_a_part_without_work_says_so(run: Run, story: Story) -> None:
    begin(story)
    story.checkout.commit(GOALS, day=story.start)
    done = run("backlog", "shop/done", "--today", MONDAY.isoformat(), folder=story.checkout.path)
    assert (done.exit_code, done.stdout) == (0, "Nothing is left to do in shop/done\n")
    result = run("backlog", "ada", "--today", MONDAY.isoformat(), folder=story.checkout.path)
    assert (result.exit_code, "ada is a person: only goals, milestones and tasks" in result.stderr) == (2, True)
    shown = run("backlog", "mail", "--today", MONDAY.isoformat(), folder=story.checkout.path).stdout
    assert "must 100%." in shown, "a part may well be all musts"


def test_the_share_of_each_priority_is_told(run: Run, story: Story, golden: Golden) -> None:
    begin(story)
    assert backlog(run, story, MONDAY)["shares"] == {
        "must": pytest.approx(5 / 17, abs=1e-6),
        "should": pytest.approx(6 / 17, abs=1e-6),
        "could": pytest.approx(3 / 17, abs=1e-6),
        "none": pytest.approx(3 / 17, abs=1e-6),
    }
    shown = run("backlog", "--today", MONDAY.isoformat(), folder=story.checkout.path).stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    golden("backlog.txt", shown)


def test_a_spreadsheet_gets_every_item_and_no_formula(run: Run, story: Story) -> None:
    begin(story)
    evil = 'id: evil\ntitle: "=1+1"\ndue: 2027-03-01\npriority: must\nrank: 0\n'
    story.checkout.commit({"plan/milestones/evil.yaml": evil}, day=MONDAY)
    out = run("backlog", "--format", "csv", "--today", MONDAY.isoformat(), folder=story.checkout.path).stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 8
    assert (rows[0]["id"], rows[0]["title"]) == ("evil", "'=1+1")


def test_work_in_points_has_no_day_without_sprints_and_a_cycle_has_none_at_all(run: Run, story: Story) -> None:
    story.begin("id: a, title: A, estimate: 3pt", "id: b, title: B, estimate: 5pt")
    assert backlog(run, story, MONDAY)["method"] == "none: points, and too few past sprints"
    story.tasks = {}
    story.add("id: a, title: A, estimate: 3d, depends_on: [b]", "id: b, title: B, estimate: 5d, depends_on: [a]")
    story.checkout.commit(story.milestone(), day=MONDAY)
    found = backlog(run, story, MONDAY)
    assert found["method"] == "none: work waits for itself"
    assert [one["begins"] for one in found["items"]] == [None, None]


def test_work_in_points_has_days_without_sprints_where_finished_points_say_what_they_took(
    run: Run, story: Story
) -> None:
    day = "started: 2026-12-0{0}, finished: 2026-12-0{0}, actual: 1d"
    done = [f"id: t{n}, title: T, estimate: 2pt, {day.format(4 + n % 5)}" for n in range(8)]
    story.begin(*done, "id: a, title: A, estimate: 4pt", "id: b, title: B, estimate: 2pt, depends_on: [a]")
    found = backlog(run, story, MONDAY)
    assert found["method"] == "schedule in this order"
    assert [(one["id"], one["begins"], one["ends"]) for one in found["items"]] == [
        ("beta/a", "2027-01-04", "2027-01-05"), ("beta/b", "2027-01-06", "2027-01-06"),
    ]  # fmt: skip
    text = run("backlog", "--today", MONDAY.isoformat(), folder=story.checkout.path).stdout
    said = "2 items in points count by the velocity of this team: a point is 4.0 h, by 8 finished tasks."
    assert said in " ".join(text.split())


def test_a_plan_with_nothing_to_do_says_so(run: Run, story: Story) -> None:
    story.begin("id: a, title: A, estimate: 3d, started: 2027-01-01, finished: 2027-01-01")
    result = run("backlog", "--today", MONDAY.isoformat(), folder=story.checkout.path)
    assert result.stdout == "Nothing is left to do in this plan.\n"
