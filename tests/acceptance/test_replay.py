"""`forecast --replay`: what would have been said, with only what was known then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from milepost.repository.story import read_story, write_story
from tests.conftest import Checkout, Golden, MakeRepository, Run

TODAY = "2026-11-23"
_HERON = Path(__file__).parents[2] / "src" / "milepost" / "stories" / "heron"
_FORMER = {"general-availability": "launch", "map-tiles": "tile-hosting"}
_FEW = ("--samples", "500")


@pytest.fixture(scope="module")
def heron(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The sample repository."""
    folder = tmp_path_factory.mktemp("heron") / "demo"
    write_story(read_story(_HERON), folder)
    return Checkout(folder)


@pytest.fixture
def replay(run: Run) -> Callable[..., dict[str, Any]]:
    """Repeats the forecasts of a repository; returns the data."""

    def run_replay(checkout: Checkout, *more: str) -> dict[str, Any]:
        arguments = ("forecast", "--replay", "--format", "json", "--today", TODAY, *_FEW, *more)
        result = run(*arguments, folder=checkout.path)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    return run_replay


Replay = Callable[..., dict[str, Any]]


def test_each_forecast_is_the_one_that_was_made_at_its_commit(
    heron: Checkout, replay: Replay, run: Run, tmp_path: Path
) -> None:
    """Told by a clone that has nothing of what came later."""
    said = replay(heron)["said"]
    commits = list(dict.fromkeys(one["commit"] for one in said))
    for commit in commits[::9]:
        clone = tmp_path / commit
        heron.git("branch", "--force", "then", commit)
        heron.git("clone", "--quiet", "--single-branch", "--branch", "then", str(heron.path), str(clone))
        mine = [one for one in said if one["commit"] == commit]
        arguments = ("forecast", "--format", "json", "--today", mine[0]["on"], "--branch", "then", *_FEW)
        result = run(*arguments, folder=clone)
        assert result.exit_code == 0, result.output
        then = {one["id"]: one for one in json.loads(result.stdout)["items"] if one["kind"] == "milestone"}
        for one in mine:
            assert then[one["id"] if one["id"] in then else _FORMER[one["id"]]]["days"] == one["days"], commit


def test_scores_are_shown_with_how_many_they_rest_on(heron: Checkout, run: Run, golden: Golden) -> None:
    result = run("forecast", "--replay", "--today", TODAY, *_FEW, folder=heron.path)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    golden("replay/heron.txt", result.stdout)


def test_all_that_was_said_of_one_milestone(heron: Checkout, run: Run, golden: Golden) -> None:
    result = run("forecast", "public-beta", "--replay", "--today", TODAY, *_FEW, folder=heron.path)
    assert result.exit_code == 0, result.output
    golden("replay/public-beta.txt", result.stdout)


def test_what_was_worked_out_once_is_kept_and_the_same(heron: Checkout, replay: Replay) -> None:
    first, second = replay(heron), replay(heron)
    assert first == second == replay(heron, "--no-cache")
    assert replay(heron, "--seed", "2")["said"] != first["said"]


def test_what_is_kept_is_told_under_the_name_that_a_milestone_has_now(
    make_repository: MakeRepository, replay: Replay
) -> None:
    plan, beta = "milepost: 1\ntitle: Heron\n", "id: %s\ntitle: Beta\ndue: 2027-03-01\nestimate: 8d\n"
    checkout = make_repository({"plan/milepost.yaml": plan, "plan/milestones/beta.yaml": beta % "beta"})
    assert [one["id"] for one in replay(checkout)["said"]] == ["beta"]
    checkout.commit({"plan/milestones/beta.yaml": beta % "launch" + "was: [beta]\n"}, day=date(2027, 1, 11))
    assert [one["id"] for one in replay(checkout)["said"]] == ["launch", "launch"]
    assert replay(checkout) == replay(checkout, "--no-cache")


def test_words_alone_are_no_reason_to_forecast_again(make_repository: MakeRepository, replay: Replay) -> None:
    plan, beta = "milepost: 1\ntitle: Heron\n", "id: beta\ntitle: Beta\ndue: 2027-03-01\nestimate: 8d\n"
    checkout = make_repository({"plan/milepost.yaml": plan, "plan/milestones/beta.yaml": beta})
    checkout.commit({"plan/milestones/beta.yaml": beta + "notes: Nobody asked.\n"}, day=date(2027, 1, 8))
    checkout.commit({"plan/milestones/beta.yaml": beta.replace("8d", "9d")}, day=date(2027, 1, 11))
    assert [one["on"] for one in replay(checkout)["said"]] == ["2027-01-04", "2027-01-11"]


def test_a_plan_in_which_work_waits_for_itself_foretells_nothing(
    make_repository: MakeRepository, replay: Replay
) -> None:
    plan = "milepost: 1\ntitle: Heron\n"
    beta = "{id: beta, title: Beta, estimate: 8d, depends_on: [%s]}\n"
    checkout = make_repository({"plan/milepost.yaml": plan, "plan/milestones/beta.yaml": beta % "beta"})
    checkout.commit({"plan/milestones/beta.yaml": beta % ""}, day=date(2027, 1, 4) + timedelta(days=3))
    assert [one["on"] for one in replay(checkout)["said"]] == ["2027-01-07"]


def test_a_plan_without_estimates_says_so(make_repository: MakeRepository, run: Run) -> None:
    plan = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}
    checkout = make_repository({**plan, "plan/milestones/beta.yaml": "id: beta\ntitle: Beta\ndue: 2027-03-01\n"})
    result = run("forecast", "--replay", "--today", TODAY, folder=checkout.path)
    assert (result.exit_code, result.stdout.startswith("No past version had anything")) == (0, True)


def test_before_anything_can_be_judged_it_says_so(make_repository: MakeRepository, run: Run) -> None:
    beta = "{id: beta, title: Beta, estimate: 8d}\n"
    checkout = make_repository({"plan/milepost.yaml": "milepost: 1\ntitle: H\n", "plan/milestones/beta.yaml": beta})
    told = run("forecast", "--replay", "--today", "2027-01-05", folder=checkout.path).stdout
    assert "\n1 forecast, which can't be judged yet.\n" in told
