"""`accuracy` over a plan's own history: which estimates count, at which moment, and what is left out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}}\n"}


def tasks(*lines: str, more: str = "") -> dict[str, str | bytes | None]:
    """A milestone with tasks, one a line."""
    listed = "".join(f"  - {{{line}}}\n" for line in lines)
    return {"plan/milestones/beta.yaml": f"id: beta\ntitle: Beta\ndue: 2027-03-01\nowner: ada\n{more}tasks:\n{listed}"}


def accuracy(run: Run, checkout: Checkout, *more: str) -> dict[str, Any]:
    result = run("accuracy", "--format", "json", *more, folder=checkout.path)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_each_moment_has_what_was_said_then(make_repository: MakeRepository, run: Run) -> None:
    checkout = make_repository(PLAN)
    checkout.commit(tasks("id: a, title: A, estimate: 2d"), day=date(2027, 1, 4))
    checkout.commit(tasks("id: a, title: A, estimate: 4d", more="commitment: promise\n"), day=date(2027, 1, 5))
    checkout.commit(tasks("id: a, title: A, estimate: 6d", more="commitment: promise\n"), day=date(2027, 1, 6))
    started = "id: a, title: A, estimate: 6d, started: 2027-01-07"
    checkout.commit(tasks(started, more="commitment: promise\n"), day=date(2027, 1, 7))
    late = "id: a, title: A, estimate: 12d, started: 2027-01-07, finished: 2027-01-22, actual: 12d"
    checkout.commit(tasks(late, more="commitment: promise\n"), day=date(2027, 1, 22))
    effort = accuracy(run, checkout)["effort"]
    ratios = {moment: score["median_ratio"] for moment, score in effort.items()}
    assert ratios == {"first said": 6, "when promised": 3, "last before the start": 2}


def test_what_does_not_count_is_counted(make_repository: MakeRepository, run: Run) -> None:
    done = "started: 2027-01-04, finished: 2027-01-08"
    checkout = make_repository(
        PLAN,
        tasks(
            "id: a, title: A, estimate: 2d",
            "id: b, title: B",
            "id: c, title: C, estimate: 1d",
            "id: d, title: D, estimate: 1d",
        ),
        tasks(
            f"id: a, title: A, estimate: 2d, {done}, actual: 3d",
            f"id: b, title: B, estimate: 3d, {done}, actual: 3d",
            f"id: c, title: C, estimate: 1d, {done}",
            "id: d, title: D, estimate: 1d, dropped: 2027-01-05",
            f"id: e, title: E, {done}, actual: 1d",
        ),
    )
    found = accuracy(run, checkout)
    assert found["effort"]["first said"]["n"] == 1
    assert found["left_out"] == {
        "first estimated after they were finished": 1,
        "finished without saying what they took": 1,
        "dropped": 1,
        "never estimated": 1,
    }


def test_ranges_are_scored_and_too_few_are_said_to_be(make_repository: MakeRepository, run: Run) -> None:
    done = "started: 2027-01-04, finished: 2027-01-08"
    checkout = make_repository(
        PLAN,
        tasks("id: a, title: A, estimate: 2d..4d", "id: b, title: B, estimate: 1d..2d..5d"),
        tasks(
            f"id: a, title: A, estimate: 2d..4d, {done}, actual: 4d",
            f"id: b, title: B, estimate: 1d..2d..5d, {done}, actual: 7d",
        ),
    )
    ranges = accuracy(run, checkout)["ranges"]["first said"]
    assert (ranges["n"], ranges["hits"], ranges["enough"]) == (2, 1, False)
    text = run("accuracy", folder=checkout.path).stdout
    assert "1 of 2 held, plausibly 9% to 91%; not enough data\n" in text
    assert "fewer than 10 are not enough data to judge by" in text
    assert "How sure" not in text


def test_enough_ranges_say_how_sure_they_were_and_how_often_it_was_enough(
    make_repository: MakeRepository, run: Run
) -> None:
    begun = [f"id: t{n}, title: T, estimate: 2d..4d..8d" for n in range(12)]
    took = [1, 2, 2, 3, 4, 4, 5, 6, 8, 9, 9, 9]
    ended = [f"{task}, finished: 2027-01-05, actual: {days}d" for task, days in zip(begun, took, strict=True)]
    checkout = make_repository(PLAN, tasks(*begun), tasks(*ended))
    levels = accuracy(run, checkout)["calibration"]["first said"]
    assert [(one["sure"], one["held"]) for one in levels] == [(0.1, 3), (0.25, 3), (0.5, 6), (0.75, 7), (0.9, 9)]
    lines = run("accuracy", folder=checkout.path).stdout.splitlines()
    shown = next(number for number, line in enumerate(lines) if line.startswith("How sure"))
    assert lines[shown + 1].split() == ["10%", "25%", "50%", "75%", "90%"]
    assert lines[shown + 2].split()[-5:] == ["25%", "25%", "50%", "58%", "75%"]
    assert max(map(len, lines)) <= 80


def test_on_time_is_against_each_date_that_was_given_before(make_repository: MakeRepository, run: Run) -> None:
    def beta(due: str, *more: str) -> dict[str, str | bytes | None]:
        return {"plan/milestones/beta.yaml": "\n".join(["id: beta", "title: Beta", f"due: {due}", *more, ""])}

    checkout = make_repository(PLAN)
    checkout.commit(beta("2027-02-01"), day=date(2027, 1, 4))
    checkout.commit(beta("2027-02-08", "commitment: promise"), day=date(2027, 1, 11))
    checkout.commit(beta("2027-02-22", "commitment: promise"), day=date(2027, 1, 25))
    checkout.commit(beta("2027-02-22", "commitment: promise", "finished: 2027-02-15"), day=date(2027, 2, 15))
    checkout.commit(beta("2027-02-01", "commitment: promise", "finished: 2027-02-15"), day=date(2027, 2, 16))
    dates = accuracy(run, checkout)["dates"]
    assert dates["milestones"][0]["days_late"] | {"last_promise": None} == {
        "first_said": 14, "last_said": -7, "first_promise": 7, "last_promise": None
    }  # fmt: skip
    assert (dates["done"], dates["open"], dates["dropped"]) == (1, 0, 0)
    assert "1 of 1 milestone reached, 0 open" in run("accuracy", folder=checkout.path).stdout


def test_no_person_is_scored_on_little_or_unasked(make_repository: MakeRepository, run: Run) -> None:
    begun = [f"id: t{n}, title: T, estimate: 2d, owner: {'bo' if n < 2 else 'ada'}" for n in range(12)]
    ended = [f"{task}, finished: 2027-01-05, actual: {n + 1}d" for n, task in enumerate(begun)]
    checkout = make_repository(PLAN, tasks(*begun), tasks(*ended))
    assert "owner" not in accuracy(run, checkout)["groups"]
    by_owner = accuracy(run, checkout, "--by-owner")["groups"]["owner"]
    assert {name: one["n"] for name, one in by_owner.items()} == {"ada": 10}


def test_an_empty_record_says_what_would_fill_it(make_repository: MakeRepository, run: Run) -> None:
    result = run("accuracy", folder=make_repository(PLAN).path)
    assert result.exit_code == 0
    assert "milepost finish ID --actual 3d" in result.stdout


def test_dates_are_told_by_how_far_ahead_and_when_they_were_said(make_repository: MakeRepository, run: Run) -> None:
    def milestone(number: int, *more: str) -> str:
        due = date(2027, 2, 1) + timedelta(days=30 * (number % 3))
        return "\n".join([f"id: m{number}", f"title: M{number}", f"due: {due}", *more, ""])

    def plan(*more: str) -> dict[str, str | bytes | None]:
        return {f"plan/milestones/m{n}.yaml": milestone(n, *more) for n in range(12)}

    checkout = make_repository(PLAN)
    checkout.commit(plan(), day=date(2027, 1, 4))
    checkout.commit(plan("finished: 2027-02-21"), day=date(2027, 2, 22))
    groups = accuracy(run, checkout)["dates"]["groups"]
    assert groups["horizon"] == {
        "up to 6 weeks ahead": {"n": 4, "on_time": 0, "days_late": {"p10": 20, "median": 20, "p90": 20}},
        "6 to 13 weeks ahead": {"n": 8, "on_time": 8, "days_late": {"p10": -40, "median": -25, "p90": -10}},
    }
    assert groups["quarter"].keys() == {"2027-Q1"}
    text = run("accuracy", folder=checkout.path).stdout
    assert "first said, by horizon      n   on time    middle         8 of 10 between\n" in text
    assert "  6 to 13 weeks ahead         8         8     −25 d         −40 d and −10 d\n" in text
    assert "first said, by quarter" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(run: Run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "sizes.csv").write_bytes("Geschätzt;Dauer\r\n2,5;5\r\n".encode(encoding))
    columns = ("--data", "sizes.csv", "--estimate", "Geschätzt", "--actual", "Dauer")
    result = run("accuracy", *columns, "--format", "json", folder=tmp_path)
    assert json.loads(result.stdout)["groups"]["all"]["median_ratio"] == 2
    assert run("accuracy", *columns, folder=tmp_path).stdout.startswith("1 row; left out")


def test_columns_without_a_file_are_a_usage_error(run: Run, tmp_path: Path) -> None:
    result = run("accuracy", "--where", "State=done", folder=tmp_path)
    assert (result.exit_code, "--data FILE.csv --where" in result.stderr) == (2, True)
