"""Where there is nothing to tell yet, programs get an answer of the usual shape, and people a note."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from milepost.cli import main
from tests.conftest import Checkout, MakeRepository, Run

COMMANDS = [
    ["log"], ["slip"], ["slip", "public-beta"], ["why", "public-beta"], ["accuracy"], ["diff"],
    ["bisect", "due(public-beta) > 2027-01-01"], ["forecast", "--replay"], ["forecast", "public-beta", "--replay"],
    ["backlog"], ["sprint", "plan"], ["sprint", "status"], ["sprint", "review"],
]  # fmt: skip
AHEAD = (["backlog"], ["sprint", "plan"])  # of the plan in the work tree, committed or not
PLAN = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\n",
    "plan/milestones/public-beta.yaml": "id: public-beta\ntitle: Public beta\ndue: 2027-03-15\n",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repository."""
    folder = tmp_path_factory.mktemp("nothing") / "heron"
    assert CliRunner().invoke(main, ["demo", str(folder), "--today", "2026-11-23"]).exit_code == 0
    return folder


def ask(run: Run, folder: Path, command: list[str]) -> tuple[dict[str, Any], str]:
    """The answer, and what was noted."""
    result = run(*command, "--format", "json", folder=folder)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), result.stderr


def shape(value: Any, known: Any) -> None:
    """Asserts that a value has the keys of a known one, as deep as it has any."""
    if isinstance(value, dict) and isinstance(known, dict) and value:
        assert list(value) == list(known)
        for key, entry in value.items():
            shape(entry, known[key])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_has_its_usual_shape_before_anything_is_committed(
    run: Run, make_repository: MakeRepository, demo: Path, command: list[str]
) -> None:
    checkout = make_repository()
    checkout.git("init", "--quiet", "--bare", "bare.git")
    empty = checkout.path / "bare.git" if command in AHEAD else checkout.path
    found, told = ask(run, empty, command)
    note = found.pop("note")
    assert note == "Nothing is committed here yet, so there is no history."
    assert f"note: {note}" in told and "milepost init" in told
    usual, _ = ask(run, demo, command)
    assert (found["format"], found["version"]) == (usual["format"], usual["version"])
    shape(found, usual)
    assert not any(value for key, value in found.items() if isinstance(value, list))


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in (*AHEAD, ["diff"])], ids=" ".join)
def test_so_it_has_where_the_plan_is_not_committed(
    run: Run, make_repository: MakeRepository, command: list[str]
) -> None:
    checkout: Checkout = make_repository({"README.md": "x\n"})
    checkout.write(PLAN)
    found, told = ask(run, checkout.path, command)
    assert found["note"] == "The plan is in the work tree, but not committed on main yet."
    assert "git add plan && git commit" in told


@pytest.mark.parametrize("what", ["status", "review"])
def test_so_it_has_where_there_is_no_sprint(run: Run, make_repository: MakeRepository, what: str) -> None:
    found, told = ask(run, make_repository(PLAN).path, ["sprint", what])
    assert (found["sprint"], found["items"]) == (None, [])
    assert found["note"] == "There is no sprint in the accepted plan yet."
    assert "milepost sprint plan" in told


@pytest.mark.parametrize("command", ["log", "backlog"])
def test_a_spreadsheet_gets_its_columns(run: Run, make_repository: MakeRepository, demo: Path, command: str) -> None:
    checkout = make_repository()
    checkout.git("init", "--quiet", "--bare", "bare.git")
    out = run(command, "--format", "csv", folder=checkout.path / "bare.git").stdout
    (columns,) = csv.reader(io.StringIO(out))
    assert columns == next(csv.reader(io.StringIO(run(command, "--format", "csv", folder=demo).stdout)))


def test_people_get_the_note_alone(run: Run, make_repository: MakeRepository) -> None:
    result = run("slip", folder=make_repository().path)
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "note: Nothing is committed here yet" in result.stderr
