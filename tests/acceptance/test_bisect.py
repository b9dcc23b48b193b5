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
    result = run("bisect", "count(tasks, milestone=beta) > 0", folder=checkout.path)
    assert (result.exit_code, "beta is called launch now." in result.stderr) == (2, True)


PLAN = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}
DRAW, TEST = "{id: draw, title: Draw, estimate: 3d}", "{id: test, title: Test, estimate: 1d}"


def milestone(id: str, *tasks: str, more: str = "") -> str:
    return f"id: {id}\ntitle: T\ndue: 2027-03-01\n{more}tasks: [{', '.join(tasks)}]\n"


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("effort() > 2d", [True]),
        ("count(tasks) = 2", [True]),
        ("effort(milestone=a) > 2d", [True, False]),
        ("estimate(a) > 2d", [True, False]),
        ("effort(milestone=b) > 2d", [False, True]),
        ("estimate(b/draw) > 2d", [True]),
        ("exists(b/draw)", [True]),
    ],
)
def test_a_task_that_is_carried_over_counts_where_it_was(
    make_repository: MakeRepository, run: Run, condition: str, answers: list[bool]
) -> None:
    a, b = "plan/milestones/a.yaml", "plan/milestones/b.yaml"
    checkout = make_repository(
        {**PLAN, a: milestone("a", DRAW, TEST)}, {a: milestone("a", TEST), b: milestone("b", DRAW)}
    )
    found = flips(run, checkout.path, condition)
    assert [flip["after"]["value"] for flip in found["flips"][::-1]] == answers
    assert found["now"]["value"] is answers[-1]


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("count(milestones, goal=trust) = 1", [True]),
        ("effort(goal=trust) > 2d", [True]),
        ("goal(beta) = trust", [True]),
        ("count(risks, threatens=beta) = 1", [True]),
        ("count(risks, threatens=beta/draw) = 1", [True]),
        ("count(tasks, milestone=beta) = 1", [True]),
        ("estimate(beta/draw) > 2d", [True]),
        ("exists(alpha)", [False, True]),
        ("due(alpha) > 2027-01-01", [None, True]),
        ("count(tasks, milestone=alpha) = 0", [True, False]),
    ],
)
def test_a_new_id_makes_no_flip(
    make_repository: MakeRepository, run: Run, condition: str, answers: list[bool | None]
) -> None:
    """Links are written with the ids of their time. `alpha` is the beta's earlier id, and later that of a stranger."""

    def version(goal: str, beta: str, was: tuple[str, str] = ("", "")) -> dict[str, str]:
        return {
            "plan/goals/goal.yaml": f"id: {goal}\ntitle: Trust\n{was[0]}",
            "plan/milestones/beta.yaml": milestone(beta, DRAW, more=f"goal: {goal}\n{was[1]}"),
            "plan/risks/vendor.yaml": f"id: vendor\ntitle: Vendor\nthreatens: [{beta}, {beta}/draw]\n",
        }

    was = ("was: [faith]\n", "was: [alpha]\n")
    checkout = make_repository(
        {**PLAN, **version("faith", "alpha")},
        version("trust", "beta", was),
        {"plan/milestones/alpha.yaml": milestone("alpha", TEST)},
    )
    found = flips(run, checkout.path, condition)
    told = [flip["after"]["value"] for flip in found["flips"][::-1]]
    assert told == [answer for answer in answers if answer is not None]
    assert found["now"]["value"] is answers[-1]


def test_a_task_that_was_away_while_its_milestone_got_another_id_counts_before(
    make_repository: MakeRepository, run: Run
) -> None:
    a = "plan/milestones/a.yaml"
    checkout = make_repository(
        {**PLAN, a: milestone("a", DRAW, TEST)},
        {a: milestone("a", TEST)},
        {a: milestone("b", DRAW, TEST, more="was: [a]\n")},
    )
    found = flips(run, checkout.path, "count(tasks) = 2")
    assert [flip["after"]["value"] for flip in found["flips"][::-1]] == [True, False, True]
