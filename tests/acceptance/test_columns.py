"""What is printed fits into 80 columns; only ids and addresses, which somebody copies, may be longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from milepost.cli import SECTIONS, main
from tests.conftest import Run

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
        ["forecast", "public-beta", "--replay"], ["risks"], ["backlog"],
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
