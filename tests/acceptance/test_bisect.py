"""`bisect`: every flip of a condition, as every accepted version by itself says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from milepost.cli.session import Session
from milepost.conditions.evaluate import evaluate_condition
from milepost.conditions.language import parse_condition
from milepost.loader.plan import load_plan
from tests.conftest import Checkout, MakeRepository, Run

CONDITIONS = [
    "due(public-beta) > 2026-11-01",
    "status(read-aloud) = done",
    "count(risks, open) > 2",
    "count(tasks, open, priority=must) > 10 or count(milestones, done) > 3",
    "effort(open) > 60d",
    "estimate(public-beta) > 20d",
    "latest_due(open) - earliest_due(open) > 300d",
    "not exists(help-pages)",
    "commitment(public-beta) = promise and owner(public-beta) = ada",
    "count(milestones, open, owner=bo) >= 2",
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from milepost.cli import main

    folder = tmp_path_factory.mktemp("bisect") / "heron"
    assert CliRunner().invoke(main, ["demo", str(folder), "--today", "2026-11-23"]).exit_code == 0
    return folder


def flips(run: Run, folder: Path, condition: str) -> dict[str, Any]:
    result = run("bisect", condition, "--format", "json", folder=folder)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_flip_is_found(run: Run, demo: Path, condition: str) -> None:
    found = flips(run, demo, condition)
    assert [(flip["commit"], flip["after"]["value"]) for flip in found["flips"][::-1]] == answers(demo, condition)


def answers(folder: Path, condition: str) -> list[tuple[str, bool | None]]:
    """Each accepted commit after which the plan, read from its files alone, gives another answer."""
    session, parsed = Session(folder), parse_condition(condition)
    layout, last = session.tip_layout, None
    told: list[tuple[str, bool | None]] = []
    commits = Checkout(folder).git("rev-list", "--first-parent", "--reverse", "main").split()
    for commit in commits:
        plan, unreadable = load_plan(session.repository.commit_tree(commit, commit), layout)
        answer = evaluate_condition(parsed, plan).value
        if not unreadable and answer is not last:
            told.append((commit, answer))
            last = answer
    return told


def test_a_flip_says_who_when_what_and_why(make_repository: MakeRepository, run: Run) -> None:
    beta = "id: beta\ntitle: Beta\ndue: {}\n"
    checkout = make_repository(
        {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n", "plan/milestones/beta.yaml": beta.format("2027-03-01")},
        {"plan/milestones/beta.yaml": beta.format("2027-04-01") + "because: {scope: single sign-on}\n"},
        {"plan/milestones/beta.yaml": beta.format("2027-02-01")},
    )
    result = run("bisect", "due(beta) > 2027-03-15", folder=checkout.path)
    assert result.stdout.splitlines()[:4] == [
        "due(beta) > 2027-03-15   false since 6 Jan 2027",
        "",
        f"false       6 Jan 2027  {checkout.git('rev-parse', '--short=7', 'HEAD')}  Ada Ash  Change the plan",
        "           beta: due 2027-04-01 → 2027-02-01",
    ]
    assert "           because scope: single sign-on\n" in result.stdout
    assert result.stdout.count("\ntrue ") == 1


def test_a_goal_that_comes_to_serve_another_takes_its_milestones_along(
    make_repository: MakeRepository, run: Run
) -> None:
    near = "id: near\ntitle: Near\ndue: 2027-06-30\n"
    checkout = make_repository(
        {
            "plan/milepost.yaml": "milepost: 1\ntitle: Heron\n",
            "plan/goals/far.yaml": "id: far\ntitle: Far\n",
            "plan/goals/near.yaml": near,
            "plan/milestones/beta.yaml": "id: beta\ntitle: Beta\ngoal: near\n",
        },
        {"plan/goals/near.yaml": f"{near}serves: far\n"},
        {"plan/goals/near.yaml": near},
    )
    found = flips(run, checkout.path, "count(milestones, goal=far) = 1")
    assert [flip["after"]["value"] for flip in found["flips"]] == [False, True, False]
    assert [change["field"] for change in found["flips"][1]["changes"]] == ["serves"]


def test_a_mistake_is_a_usage_error_with_its_column(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"})
    result = run("bisect", "due(beta) > 5", folder=checkout.path)
    assert result.exit_code == 2
    assert "error: At column 11: A date can't be compared with a number." in result.output


def test_an_id_that_nothing_ever_had_is_a_usage_error(make_repository: MakeRepository, run: Run) -> None:
    beta = {"plan/milestones/beta.yaml": "id: beta\ntitle: Beta\ndue: 2027-03-01\n"}
    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n", **beta})
    result = run("bisect", "due(betta) > 2027-03-01", folder=checkout.path)
    assert (result.exit_code, "beta" in result.stderr.split("hint:")[1]) == (2, True)
    assert run("bisect", "exists(betta)", folder=checkout.path).exit_code == 0
    checkout.commit({"plan/milestones/beta.yaml": "id: launch\nwas: [beta]\ntitle: Beta\ndue: 2027-03-01\n"})
    result = run("bisect", "due(beta) > 2027-03-01", folder=checkout.path)
    assert (result.exit_code, "beta is called launch now." in result.stderr) == (2, True)
