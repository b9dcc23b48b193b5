"""`slip`: how far dates moved, what moved them, and what was never announced."""

from __future__ import annotations

import json
from typing import Any

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
