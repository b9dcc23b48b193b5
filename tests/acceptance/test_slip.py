"""`slip`: how far dates moved, what moved them, and what was never announced."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: Heron\n"


def beta(due: str, *more: str) -> dict[str, str | bytes | None]:
    return {
        "plan/milepost.yaml": PLAN,
        "plan/milestones/beta.yaml": "\n".join(["id: beta", "title: Beta", f"due: {due}", *more, ""]),
    }


def slip(run: Run, checkout: Checkout, *more: str) -> dict[str, Any]:
    result = run("slip", "--format", "json", "--today", "2027-03-20", *more, folder=checkout.path)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)["items"][0]
    return found


def test_the_parts_and_what_was_not_announced(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(
        beta("2027-02-01"),
        beta("2027-02-08", "because: {scope: single sign-on}"),
        beta("2027-02-11", "because: {scope: single sign-on}"),
        beta("2027-02-11", "because: {scope: single sign-on}", "finished: 2027-02-13"),
    )
    found = slip(run, checkout)
    assert [(part["days"], part["category"]) for part in found["parts"]] == [(7, "scope"), (3, "unexplained")]
    assert (found["unannounced"], found["total"], found["actual"]) == (2, 12, "2027-02-13")
    assert run("slip", "--today", "2027-03-20", folder=checkout.path).stdout.splitlines() == [
        "       first said          now      reached     slip",
        "beta   1 Feb 2027  11 Feb 2027  13 Feb 2027    +12 d",
        "",
        "2 accepted moves of 1 date, by the reason given:",
        "      +7 d  scope",
        "      +3 d  no reason given",
        "      +2 d  not announced: after the last date said",
        "     +12 d  in all",
    ]


def test_a_date_that_is_taken_away_and_said_anew_tells_both(make_repository: MakeRepository, run: Run) -> None:
    """In words, and in the form that moves have in every JSON."""
    gone = {"plan/milestones/beta.yaml": "id: beta\ntitle: Beta\n"}
    checkout = make_repository(beta("2027-02-01"), gone, beta("2027-02-11"))
    parts = slip(run, checkout)["parts"]
    assert [(part["old"], part["new"], part["days"]) for part in parts] == [
        ({"written": "2027-02-01", "day": "2027-02-01"}, None, 0),
        (None, {"written": "2027-02-11", "day": "2027-02-11"}, 10),
    ]
    why = json.loads(run("why", "beta", "--format", "json", folder=checkout.path).stdout)
    assert [part.keys() - move.keys() for part, move in zip(parts, why["moves"], strict=True)] == [{"category"}] * 2
    told = run("slip", "beta", folder=checkout.path).stdout
    assert [line.split()[0] for line in told.splitlines()[7:10]] == ["removed", "+10", "+10"]


def test_a_milestone_is_reached_with_its_last_task(make_repository: MakeRepository, run: Run) -> None:
    tasks = "tasks: [{id: a, title: A, finished: 2027-01-29}, {id: b, title: B, %s}]"
    checkout = make_repository(beta("2027-02-01", tasks % "started: 2027-01-20"))
    assert slip(run, checkout)["actual"] is None
    checkout.commit(beta("2027-02-01", tasks % "finished: 2027-02-03"))
    assert (slip(run, checkout)["actual"], slip(run, checkout)["total"]) == ("2027-02-03", 2)
    checkout.commit(beta("2027-02-01", tasks % "dropped: 2027-02-03"))
    assert slip(run, checkout)["actual"] == "2027-01-29"


def test_silence_and_what_was_dropped_are_told(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(beta("2027-03-01"))
    assert slip(run, checkout)["silent"] == 19
    text = run("slip", "--today", "2027-03-20", folder=checkout.path).stdout
    assert "Beta: the date passed 19 days ago, and nothing was changed." in text
    checkout.commit(beta("2027-03-01", "dropped: 2027-03-10", "because: {priority: not now}"))
    assert slip(run, checkout)["silent"] == 0
    assert "dropped" in run("slip", "--today", "2027-03-20", folder=checkout.path).stdout


def test_the_chart_needs_more_than_one_day(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(beta("2027-03-01"))
    first = run("slip", "--chart", "--today", "2027-01-04", folder=checkout.path).stdout
    assert first == "All dates were said on one day so far: there is no line to draw yet.\n"
    checkout.commit(beta("2027-04-01"))
    chart = run("slip", "--chart", "--today", "2027-02-01", folder=checkout.path).stdout
    assert "A    +31 d  Beta\n" in chart
    assert all(len(line) <= 80 for line in chart.splitlines())


def test_one_date_tells_each_thing_said_and_each_move(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(
        beta("2027-02-01"),
        beta("2027-02-08", "because: {scope: single sign-on}", "commitment: promise"),
        beta("2027-02-11", "because: {dependency: the vendor was late}", "commitment: promise"),
        beta("2027-02-11", "because: {dependency: the vendor was late}", "finished: 2027-02-13"),
    )
    lines = run("slip", "beta", "--today", "2027-03-20", folder=checkout.path).stdout.splitlines()
    assert lines[0] == "Beta"
    said = dict(line.strip().split("  ", 1) for line in lines[1:6])
    assert {name: words.strip().split(",")[0] for name, words in said.items()} == {
        "first said": "1 Feb 2027",
        "first promise": "8 Feb 2027",
        "last promise": "11 Feb 2027",
        "now": "11 Feb 2027",
        "reached": "13 Feb 2027",
    }
    moved = [line.split(" d  ") for line in lines[7:]]
    assert [days.strip() for days, _ in moved] == ["+7", "+3", "+2", "+12"]
    assert [words.split("  ")[0] for _, words in moved[:2]] == ["scope", "dependency"]
    assert "the vendor was late" in lines[8]


def test_promises_have_a_table_of_their_own(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(beta("2027-02-01"))
    assert "promises" not in run("slip", folder=checkout.path).stdout
    checkout.commit(beta("2027-02-08", "because: {scope: more}", "commitment: promise"))
    checkout.commit(beta("2027-02-18", "because: {scope: yet more}", "commitment: promise"))
    text = run("slip", "--today", "2027-01-20", folder=checkout.path).stdout
    assert "promises        first         last      reached     slip\n" in text
    assert "beta       8 Feb 2027  18 Feb 2027            –    +10 d\n" in text


def test_a_goal_tells_the_milestones_that_serve_it(make_repository: MakeRepository, run: Run) -> None:
    goal = {"plan/goals/reach.yaml": "id: reach\ntitle: Reach everyone\ndue: 2027-12-31\n"}
    other = {"plan/milestones/other.yaml": "id: other\ntitle: Other\ndue: 2027-05-01\n"}
    checkout = make_repository({**beta("2027-02-01", "goal: reach"), **goal, **other})
    checkout.commit({**beta("2027-02-11", "goal: reach", "because: {scope: more}")})
    result = run("slip", "reach", "--format", "json", folder=checkout.path)
    assert [one["id"] for one in json.loads(result.stdout)["items"]] == ["reach", "beta"]
    assert json.loads(result.stdout)["days_by_category"] == {"scope": 10}
    text = run("slip", "reach", "--today", "2027-01-20", folder=checkout.path).stdout
    assert text.startswith("Reach everyone\n")
    assert "other" not in text
    assert "beta" in text
    chart = run("slip", "reach", "--chart", "--today", "2027-02-01", folder=checkout.path).stdout
    assert "A    +10 d  Beta\nB      0 d  Reach everyone\n" in chart


#: A milestone that serves a goal that serves a goal that serves another one, and a milestone that serves none.
FAR_DOWN = {
    "plan/milepost.yaml": PLAN,
    "plan/goals/far.yaml": "id: far\ntitle: Far\ndue: 2028-12-31\n",
    "plan/goals/near.yaml": "id: near\ntitle: Near\nserves: far\ndue: 2027-12-31\n",
    "plan/goals/now.yaml": "id: now\ntitle: Now\nserves: near\n",
    "plan/milestones/deep.yaml": "id: deep\ntitle: Deep\ngoal: now\ndue: 2027-03-01\nestimate: 3d\n",
    "plan/milestones/none.yaml": "id: none\ntitle: None\ndue: 2027-03-01\nestimate: 3d\n",
}


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (["slip", "far"], "items"), (["schedule", "far"], "items"), (["schedule", "--backward", "far"], "works"),
        (["forecast", "far"], "start_by"), (["backlog", "far"], "items"),
    ],
    ids=str,
)  # fmt: skip
def test_whoever_tells_of_a_goal_goes_down_to_what_serves_it(
    make_repository: MakeRepository, run: Run, command: list[str], key: str
) -> None:
    checkout = make_repository(FAR_DOWN)
    found = json.loads(run(*command, "--today", "2027-01-20", "--format", "json", folder=checkout.path).stdout)
    told = json.dumps(found[key])
    assert '"deep"' in told and '"none"' not in told


def test_an_item_without_a_date_is_known_all_the_same(make_repository: MakeRepository, run: Run) -> None:
    files = {"plan/milepost.yaml": PLAN, "plan/milestones/beta.yaml": "id: beta\ntitle: Beta\nestimate: 3d\n"}
    checkout = make_repository(files)
    assert run("slip", "beta", folder=checkout.path).stdout == "No date was ever said.\n"
    assert run("slip", "better", folder=checkout.path).exit_code == 2


def test_a_date_that_stands_needs_one_row(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(beta("2027-03-01"))
    checkout.commit({"plan/goals/reach.yaml": "id: reach\ntitle: Reach\ndue: 2027-03-01\n"}, day=date(2027, 1, 20))
    chart = run("slip", "reach", "--chart", "--today", "2027-02-01", folder=checkout.path).stdout
    assert chart.count("1 Mar 2027") == 1


def test_the_chart_tells_the_slope_and_where_it_leads(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(beta("2027-04-11"))
    for number, due in enumerate(("2027-04-18", "2027-04-25", "2027-05-02"), 1):
        checkout.commit(
            beta(due, f"because: {{scope: part {number}}}"), day=date(2027, 1, 4) + timedelta(days=14 * number)
        )
    assert slip(run, checkout)["trend"] == {"n": 4, "slope": 0.5, "meets": "2027-07-17"}
    text = run("slip", "--chart", "--today", "2027-02-20", folder=checkout.path).stdout
    words = "moves 0.50 days later for each day that goes by (n = 4); it would be reached on 17 Jul 2027"
    assert words in " ".join(text.split())
    for options in ((), ("--chart",)):
        late = " ".join(run("slip", *options, "--today", "2027-07-17", folder=checkout.path).stdout.split())
        assert "for each day that goes by (n = 4)" in late
        assert "would be reached" not in late, "that day is past, and it was not"


def test_many_silent_dates_are_told_in_short_and_all_in_json(make_repository: MakeRepository, run: Run) -> None:
    many = {f"plan/milestones/m{n}.yaml": f"id: m{n}\ntitle: M{n}\ndue: 2027-01-{n:02}\n" for n in range(1, 9)}
    checkout = make_repository({"plan/milepost.yaml": PLAN, **many})
    text = run("slip", "--today", "2027-03-20", folder=checkout.path).stdout
    assert text.count("nothing was changed") == 5
    assert "  and 3 more like these" in text
    assert text.index("M1: the date passed 78 days ago") < text.index("M2: the date passed 77 days ago")
    items = json.loads(run("slip", "--today", "2027-03-20", "--format", "json", folder=checkout.path).stdout)["items"]
    assert [one["silent"] for one in items] == [79 - n for n in range(1, 9)]


def test_long_ids_leave_room_for_the_dates(make_repository: MakeRepository, run: Run) -> None:
    long = "a-milestone-with-a-name-that-leaves-no-room-for-dates"
    files: dict[str, str | bytes | None] = {
        **beta("2027-02-01"),
        "plan/milestones/long.yaml": f"id: {long}\ntitle: Long\ndue: 2027-03-01\n",
    }
    text = run("slip", "--today", "2027-01-20", folder=make_repository(files).path).stdout
    assert f"\n{long}\n       1 Mar 2027" in text
    assert max(map(len, text.splitlines())) <= 80
