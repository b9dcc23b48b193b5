"""`forecast` and `risks`: how likely dates are, what drives them, and what is said where nobody can know."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import Checkout, Golden, MakeRepository, Run

TODAY = "2027-03-01"
PLAN = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}, bo: {name: Bo}}\n"
BETA = """
id: beta
title: Public beta
due: 2027-04-05
commitment: promise
owner: ada
tasks:
  - {id: schema, title: Agree the schema, estimate: 2d..6d}
  - {id: server, title: Serve tiles, estimate: 5d..20d, depends_on: [schema]}
  - {id: pages, title: Write the pages, estimate: 3d..6d, owner: bo}
"""
VENDOR = """
id: vendor
title: The vendor changes its terms
threatens: [beta]
probability: 40%
impact: 5d..15d
mitigation:
  - {action: Draw the tiles ourselves, owner: bo, due: 2027-03-15, probability: 10%}
"""


def files(**milestones: str) -> Mapping[str, str]:
    return {"plan/milepost.yaml": PLAN, **{f"plan/milestones/{id}.yaml": text for id, text in milestones.items()}}


@pytest.fixture
def heron(make_repository: MakeRepository) -> Checkout:
    return make_repository({**files(beta=BETA), "plan/risks/vendor.yaml": VENDOR})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from milepost.cli import main

    folder = tmp_path_factory.mktemp("demo") / "heron"
    assert CliRunner().invoke(main, ["demo", str(folder), "--today", "2026-11-23"]).exit_code == 0
    return folder


def told(run: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--today", TODAY, "--format", "json", folder=folder)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("all", ["forecast"]), ("promise", ["forecast", "public-beta"]), ("goal", ["forecast", "self-serve"]),
     ("past", ["forecast", "help-pages"]), ("risks", ["risks"]), ("risk", ["risks", "tile-vendor-terms"])],
)  # fmt: skip
def test_the_demo(run: Run, demo: Path, golden: Golden, name: str, arguments: list[str]) -> None:
    result = run(*arguments, "--today", "2026-11-23", folder=demo)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    golden(f"forecast/{name}.txt", result.stdout)


def test_dates_drivers_and_starts_of_one_promise(run: Run, heron: Checkout) -> None:
    found = told(run, heron.path, "forecast", "beta")
    (beta,) = found["items"]
    days = [beta["days"][p] for p in ("p10", "p50", "p80", "p90", "p95")]
    assert days == sorted(days)
    assert days[0] > TODAY
    assert (beta["verdict"], beta["basis"]) == ("On track" if beta["chance"] >= 0.8 else "At risk", "work")
    assert beta["without_limits_of_people"]["p80"] <= beta["days"]["p80"]
    assert {(one["kind"], one["id"]) for one in found["drivers"]} == {
        ("risk", "vendor"), ("mitigation", "vendor"),
        ("estimate", "beta/schema"), ("estimate", "beta/server"), ("estimate", "beta/pages"),
    }  # fmt: skip
    critical = {one["id"]: one["criticality"] for one in found["paths"]}
    assert critical["beta/schema"] == critical["beta/server"] > 0.9
    starts = {one["id"]: one["day"] for one in found["start_by"]}
    assert starts["beta/schema"] < starts["beta/server"] < starts["beta/pages"]


def test_who_wants_to_be_surer_has_to_start_earlier(run: Run, heron: Checkout) -> None:
    half, sure = (
        told(run, heron.path, "forecast", "beta", "--confidence", confidence)["start_by"]
        for confidence in ("50%", "95%")
    )
    assert all(one["day"] > other["day"] for one, other in zip(half, sure, strict=True))


def test_the_same_runs_print_the_same_and_others_do_not(run: Run, heron: Checkout) -> None:
    def printed(*more: str) -> str:
        return run("forecast", "beta", "--today", TODAY, *more, folder=heron.path).stdout

    assert printed() == printed()
    assert "10,000 runs, seed 1, inputs " in printed()
    assert printed("--seed", "2") != printed()
    assert "500 runs" in printed("--samples", "500")


def test_a_risk_costs_what_its_mitigation_would_save_most_of(run: Run, heron: Checkout) -> None:
    (risk,) = told(run, heron.path, "risks")["risks"]
    assert risk["delays_most"] == "beta"
    assert 4 < risk["days_at_p80"] < 10
    assert risk["days_at_p80"] == risk["days_at_p80_untreated"]
    assert 0 < risk["mitigation"][0]["days_saved"] < risk["days_at_p80"]
    heron.write({"plan/risks/vendor.yaml": VENDOR.replace("due: 2027-03-15", "done: 2027-02-26")})
    (later,) = told(run, heron.path, "risks")["risks"]
    assert later["days_at_p80"] < risk["days_at_p80"] == pytest.approx(later["days_at_p80_untreated"], abs=0.02)
    assert later["mitigation"][0]["days_saved"] == pytest.approx(risk["mitigation"][0]["days_saved"], abs=0.02)


def test_one_risk_is_told_with_every_date_that_it_makes_later(run: Run, make_repository: MakeRepository) -> None:
    after = "{id: after, title: After, due: 2027-06-01, owner: bo, estimate: 2d..4d, depends_on: [beta]}"
    rain = VENDOR.replace("vendor", "rain").replace("probability: 40%", "probability: 20%")
    risks = {"plan/risks/vendor.yaml": VENDOR, "plan/risks/rain.yaml": rain}
    checkout = make_repository({**files(beta=BETA, after=after), **risks})
    (risk,) = told(run, checkout.path, "risks", "vendor")["risks"]
    assert risk == next(one for one in told(run, checkout.path, "risks")["risks"] if one["id"] == "vendor")
    assert {one["id"] for one in risk["delays"]} == {"beta", "after"}
    assert max(one["days_at_p80"] for one in risk["delays"]) == risk["days_at_p80"]


@pytest.mark.parametrize(
    ("more", "words"),
    [("occurred: 2027-02-01", "It happened on 1 Feb 2027."), ("closed: 2027-02-01", "It was closed on 1 Feb 2027."),
     ("expires: 2027-01-01", "milepost set vendor occurred=DATE"),
     ("probability: ~", "milepost set vendor probability=30%"), ("threatens: []", "threatens=MILESTONE")],
)  # fmt: skip
def test_of_a_risk_that_has_no_cost_it_is_said_why(run: Run, heron: Checkout, more: str, words: str) -> None:
    name = more.partition(":")[0]
    kept = [line for line in VENDOR.splitlines() if not line.startswith(name)]
    heron.write({"plan/risks/vendor.yaml": "\n".join([*kept, "" if "~" in more else more, ""])})
    result = run("risks", "vendor", "--today", TODAY, folder=heron.path)
    assert (result.exit_code, words in result.stdout.replace("\n  ", " ")) == (0, True), result.output


def test_what_is_no_risk_is_told_to_be_none(run: Run, heron: Checkout) -> None:
    for name, words in (("beta", "beta is a milestone: only risks are told of."), ("vendr", "did you mean vendor?")):
        result = run("risks", name, "--today", TODAY, folder=heron.path)
        assert (result.exit_code, words in result.stderr) == (2, True), result.output


def test_an_hour_for_somebody_with_time_to_spare_moves_no_other_date(run: Run, make_repository: MakeRepository) -> None:
    gamma = "{id: gamma, title: G, due: 2027-05-03, owner: bo, tasks: [{id: one, title: O, estimate: 3d..8d}%s]}"
    checkout = make_repository(files(beta=BETA, gamma=gamma % ""))
    (before,) = told(run, checkout.path, "forecast", "beta")["items"]
    checkout.write(files(gamma=gamma % ", {id: note, title: N, estimate: 1h..1h}"))
    (after,) = told(run, checkout.path, "forecast", "beta")["items"]
    assert after["days"] == before["days"]


def test_without_any_commit_the_plan_is_forecast_by_what_is_usual(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository()
    checkout.write(files(beta=BETA))
    assert told(run, checkout.path, "forecast")["items"][0]["days"]["p80"]


def test_work_without_an_estimate_is_counted_and_named(run: Run, make_repository: MakeRepository) -> None:
    vague = BETA.replace(", estimate: 5d..20d", "")
    checkout = make_repository(files(beta=vague, gamma="{id: gamma, title: G, estimate: 2d, depends_on: [beta]}"))
    result = run("forecast", "--today", TODAY, folder=checkout.path)
    assert "No forecast of beta and gamma: beta/server has no estimate." in result.stdout
    assert "1 open item without an estimate that can be used: beta/server." in result.stdout
    assert "  hint" not in result.output
    assert "milepost set beta/server estimate=" in result.stdout


def test_points_without_velocity_have_no_forecast(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(files(beta="{id: beta, title: Beta, estimate: 8pt, due: 2027-04-05}"))
    result = run("forecast", "--today", TODAY, folder=checkout.path)
    assert "No forecast of beta: in points, and nobody knows how long a point takes." in " ".join(result.stdout.split())


BAD = {
    "circle": ("{id: beta, title: B, estimate: 1d, depends_on: [gamma]}",
               "{id: gamma, title: G, estimate: 1d, depends_on: [beta]}"),
    "itself": ("{id: beta, title: B, estimate: 1d, depends_on: [beta]}", "{id: gamma, title: G, estimate: 1d}"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["forecast", "risks"])
def test_work_that_waits_for_itself_is_an_error(
    run: Run, make_repository: MakeRepository, name: str, command: str
) -> None:
    beta, gamma = BAD[name]
    result = run(command, "--today", TODAY, folder=make_repository(files(beta=beta, gamma=gamma)).path)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "so no date can be told." in result.stderr
    assert "milepost check" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["forecast", "beta/schema"], "milepost forecast beta"), (["forecast", "nothing"], "Nothing in the plan"),
     (["forecast", "ada"], "ada is a person: only milestones and goals are forecast."),
     (["forecast", "beta/schema", "--replay"], "beta/schema is a task: only milestones were forecast in the past."),
     (["forecast", "alpha"], "is not open"), (["forecast", "--confidence", "120%"], "no confidence"),
     (["forecast", "--confidence", "much"], "no confidence"), (["forecast", "--confidence", "٨٠%"], "no confidence"),
     (["forecast", "--confidence", "9" * 5000], "no confidence"), (["forecast", "--samples", "0"], "--samples"),
     (["forecast", "--seed", "-1"], "--seed")],
)  # fmt: skip
def test_what_cannot_be_asked_for(
    run: Run, make_repository: MakeRepository, arguments: list[str], message: str
) -> None:
    checkout = make_repository(files(beta=BETA, alpha="{id: alpha, title: A, finished: 2027-02-01}"))
    result = run(*arguments, "--today", TODAY, folder=checkout.path)
    assert result.exit_code == 2
    assert message in result.stderr


def test_strange_numbers_give_no_wrong_date(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(
        files(
            huge="{id: huge, title: H, estimate: 900000000d, due: 2027-04-01}",
            tiny="{id: tiny, title: T, estimate: 0.001h, due: 2027-03-01}",
            down="{id: down, title: D, estimate: 5d..2d, due: 2027-04-01}",
            nothing="{id: nothing, title: N, estimate: 0d, due: 2027-04-01}",
            past="{id: past, title: P, estimate: 2d..2d, due: 2027-01-04}",
            release="{id: release, title: R, estimate: 2d..2d, due: v9}",
        )
    )
    found = {one["id"]: one for one in told(run, checkout.path, "forecast")["items"]}
    assert {id: (one["days"].get("p80"), one["verdict"]) for id, one in found.items()} == {
        "huge": (None, "Off track"), "tiny": ("2027-03-01", "On track"), "down": (None, "No forecast"),
        "nothing": (None, "No forecast"), "past": ("2027-03-02", "Off track"), "release": ("2027-03-02", "No date"),
    }  # fmt: skip
    for id in found:
        result = run("forecast", id, "--today", TODAY, folder=checkout.path)
        assert result.exit_code == 0, result.output
    assert "80 % sure in 100 years" in run("forecast", "huge", "--today", TODAY, folder=checkout.path).stdout
    assert "v9 names no day" in run("forecast", "release", "--today", TODAY, folder=checkout.path).stdout


def test_long_ids_leave_room_for_the_verdict(run: Run, make_repository: MakeRepository) -> None:
    long = "a-milestone-with-a-name-that-nobody-can-remember"
    checkout = make_repository(files(past=f"{{id: {long}, title: P, estimate: 2d, due: 2027-01-04}}"))
    shown = run("forecast", "--today", TODAY, folder=checkout.path).stdout.splitlines()
    assert max(map(len, shown)) <= 80
    assert shown[1] == "Milestones"
    assert shown[2].split()[0] == f"{long[:24]}…" and shown[2].endswith("Off track (past)")


def test_nothing_open_and_no_risk(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(files())
    assert run("forecast", "--today", TODAY, folder=checkout.path).stdout.startswith("Nothing is open")
    assert "milepost new milestone" in run("forecast", "--today", TODAY, folder=checkout.path).stderr
    risks = run("risks", "--today", TODAY, folder=checkout.path)
    assert risks.stdout == "No risk is open.\n"
    assert "milepost new risk" in risks.stderr


def test_why_and_show_tell_it_too(run: Run, heron: Checkout) -> None:
    (beta,) = told(run, heron.path, "forecast")["items"]
    first = run("why", "beta", "--today", TODAY, folder=heron.path).stdout.splitlines()[0]
    percent = round(beta["chance"] * 100)
    assert first.startswith("Public beta   promised for 5 Apr 2027   80 % sure by ")
    assert first.endswith(f"{percent} % likely" if 5 <= percent <= 95 else "% likely")
    assert told(run, heron.path, "why", "beta")["forecast"]["days"] == beta["days"]
    assert "80 % sure by" in run("show", "beta", "--today", TODAY, folder=heron.path).stdout.splitlines()[1]
    assert told(run, heron.path, "show", "beta")["forecast"]["chance"] == beta["chance"]


def test_why_and_show_say_nothing_where_nobody_can_know(run: Run, make_repository: MakeRepository) -> None:
    checkout = make_repository(files(beta="{id: beta, title: Public beta, due: 2027-04-05}"))
    assert run("why", "beta", "--today", TODAY, folder=checkout.path).stdout.splitlines()[0] == (
        "Public beta   aimed at 5 Apr 2027"
    )
    assert "sure" not in run("show", "beta", "--today", TODAY, folder=checkout.path).stdout


@pytest.mark.parametrize(
    ("beta", "expected"),
    [(BETA, True), ("{id: beta, title: Public beta, due: 2027-04-05, commitment: promise}", False)],
)
@pytest.mark.parametrize("arguments", [["check"], ["why", "beta"], ["show", "beta"]], ids=lambda one: one[0])
def test_only_who_estimates_waits_for_a_forecast(
    make_repository: MakeRepository, beta: str, expected: bool, arguments: list[str]
) -> None:
    program = (
        "import sys, milepost.cli as c; c.main(sys.argv[1:], standalone_mode=False); sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--today", TODAY],
        cwd=make_repository(files(beta=beta)).path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == expected, done.stderr
