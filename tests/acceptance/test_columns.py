"""What is printed fits into 80 columns; only ids and addresses, which somebody copies, may be longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from milepost.cli import SECTIONS, main
from tests.conftest import MakeRepository, Run

#: An address, or where a finding is and which rule found it.
WHOLE = re.compile(r" *\S+(: \w+\[[a-z-]+\]:)?")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repository."""
    folder = tmp_path_factory.mktemp("columns") / "heron"
    assert CliRunner().invoke(main, ["demo", str(folder), "--today", "2026-11-23"]).exit_code == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["slip"], ["slip", "--chart"], ["slip", "public-beta"], ["slip", "self-serve"], ["accuracy", "--by-owner"],
        ["log"], ["log", "--graph"], ["diff", "HEAD~9"], ["show"], ["show", "public-beta"], ["check", "--advice"],
        ["why", "public-beta"], ["why", "public-beta.measures"], ["why", "accessibility-audit.due"],
        ["schedule", "--level"], ["schedule", "--backward", "self-serve"], ["forecast"], ["forecast", "public-beta"],
        ["forecast", "public-beta", "--replay"], ["risks"], ["risks", "audit-findings"],
        ["backlog"], ["backlog", "trusted"],
        ["sprint", "plan"], ["sprint", "status"], ["sprint", "review"],
        ["bisect", "due(public-beta) > 2026-11-01 or effort(goal=self-serve) > 50d or count(risks, open) > 3"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_answers_fit_into_80_columns(demo: Path, run: Run, command: list[str]) -> None:
    lines = run(*command, folder=demo).stdout.splitlines()
    assert len(lines) > 2
    assert [line for line in lines if len(line) > 80 and not WHOLE.fullmatch(line)] == []


@pytest.mark.parametrize("name", [name for names in SECTIONS.values() for name in names])
def test_the_help_fits_into_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(name, "--help").stdout.splitlines()
    assert len(lines) > 2
    assert [line for line in lines if len(line) > 80] == []


LONG = {
    "plan/milepost.yaml": "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}}\n",
    "plan/goals/map.yaml": f"id: map\ntitle: {'A goal of very many words ' * 9}\ndue: 2027-03-01\n",
    "plan/milestones/beta.yaml": f"id: beta\ntitle: {'Many words ' * 9}\ndue: 2026-01-05\nestimate: 6000d\ngoal: map\n",
    "plan/milestones/late.yaml": "id: late\ntitle: Late\ndue: some-release\nestimate: 3d\n",
    "plan/milestones/old.yaml": "id: old\ntitle: Old\ntasks: [{id: one, title: One, finished: 2026-11-02}]\n",
}


@pytest.mark.parametrize(
    "command",
    [
        ["forecast", "map"], ["forecast", "beta"], ["forecast", "late"], ["schedule", "--backward", "map"],
        ["schedule", "--backward", "beta"], ["schedule", "old", "--table"], ["forecast", "--replay"],
        ["forecast", "beta", "--replay"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_so_do_those_about_long_titles_and_far_days(
    make_repository: MakeRepository, run: Run, command: list[str]
) -> None:
    checkout = make_repository(LONG)
    found = run(*command, "--today", "2026-11-23", folder=checkout.path)
    assert found.exit_code == 0, found.output
    assert [line for line in found.stdout.splitlines() if len(line) > 80] == []
    assert command[1] != "old" or "after 21" not in found.stdout
