"""What is printed fits into 80 columns; only ids and addresses, which somebody copies, may be longer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from milepost.cli import SECTIONS, main
from tests.conftest import Checkout, MakeRepository, Run

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
        ["schedule", "--by-owner"], ["schedule", "--level"], ["schedule", "--backward", "self-serve"],
        ["forecast"], ["forecast", "public-beta"],
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
    assert [line for line in lines if line.endswith(" ")] == []


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


def of_forty(word: str) -> str:
    """An id of forty characters."""
    return f"{word}-with-an-identifier-of-forty-characters"[:40].ljust(40, "x")


TITLE = "A title of very many words that goes on and on until the line is full and further"
PERSON = "Maximiliana Featherstonehaugh-Cholmondeley"
ALPHA, BETA, ADA, WHOLE_MAP, STORM, FIRST, SECOND = map(
    of_forty, ("alpha", "beta", "ada", "map", "storm", "first", "second")
)
TASKS = [of_forty("draw"), of_forty("sell")]


def milestone(id: str, due: str, more: str, finished: str = "") -> str:
    tasks = "".join(
        f"  - {{id: {task}, title: {TITLE}, estimate: 5d..20d, priority: must{finished}}}\n" for task in TASKS
    )
    return (
        f"id: {id}\ntitle: {TITLE}\ngoal: {WHOLE_MAP}\ndue: {due}\ncommitment: promise\npriority: must\n"
        f"owner: {ADA}\n{more}tasks:\n{tasks}"
    )


def sprint(id: str, start: str, end: str, *items: str) -> dict[str, str]:
    text = f"id: {id}\nstart: {start}\nend: {end}\ngoal: {TITLE}\nitems: [{', '.join(items)}]\n"
    return {f"plan/sprints/{id}.yaml": text}


WIDE = (
    {
        "plan/milepost.yaml": f"milepost: 1\ntitle: Heron\npeople: {{{ADA}: {{name: {PERSON}}}}}\n",
        "plan/goals/map.yaml": f"id: {WHOLE_MAP}\ntitle: {TITLE}\ndue: 2027-06-01\n",
        "plan/milestones/alpha.yaml": milestone(
            ALPHA, "2027-01-05", "", ", started: 2026-12-01, finished: 2026-12-20, actual: 12d"
        ),
        "plan/milestones/beta.yaml": milestone(BETA, "2027-02-28", f"depends_on: [{ALPHA}]\n"),
        "plan/risks/storm.yaml": f"id: {STORM}\ntitle: {TITLE}\nthreatens: [{BETA}]\nprobability: 30%\nimpact: 5d..9d\n"
        f"owner: {ADA}\nmitigation:\n  - {{action: {TITLE}, owner: {ADA}, done: 2026-12-01, probability: 20%}}\n",
        **sprint(FIRST, "2026-12-07", "2026-12-18", *(f"{id}/{task}" for id in (ALPHA, BETA) for task in TASKS)),
        **sprint(SECOND, "2027-01-04", "2027-01-15", f"{BETA}/{TASKS[0]}"),
    },
    {
        "plan/milestones/beta.yaml": milestone(
            BETA, "2027-03-28", f"depends_on: [{ALPHA}]\nbecause: {{scope: {TITLE}}}\n"
            f"blocked: {{since: 2027-01-05, by: {TITLE}, owner: {ADA}}}\n"
        ),
        **sprint(SECOND, "2027-01-04", "2027-01-15", *(f"{BETA}/{task}" for task in TASKS)),
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which every id has forty characters."""
    checkout = Checkout(tmp_path_factory.mktemp("wide"))
    checkout.git("init", "--quiet", "--initial-branch=main")
    for number, files in enumerate(WIDE):
        checkout.commit(files, day=date(2027, 1, 4 + number), author=PERSON)
    return checkout.path


@pytest.mark.parametrize(
    "command",
    [
        ["log"], ["log", "--graph"], ["show"], ["show", BETA], ["show", "--ids"], ["check"], ["check", "--advice"],
        ["check", "--explain", "all"], ["diff", "HEAD~1"], ["slip"], ["slip", BETA], ["slip", "--chart"], ["accuracy"],
        ["why", BETA], ["why", f"{BETA}/{TASKS[0]}"], ["schedule", "--level"], ["schedule", "--table"],
        ["schedule", "--by-owner"],
        ["schedule", "--backward", BETA], ["forecast"], ["forecast", BETA], ["forecast", BETA, "--replay"], ["risks"],
        ["risks", STORM], ["backlog"], ["backlog", BETA], ["sprint", "plan"], ["sprint", "plan", SECOND],
        ["sprint", "status"], ["sprint", "review"], ["bisect", f"due({BETA}) > 2027-03-01"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_so_do_those_about_long_ids(wide: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("MILEPOST_TODAY", "2027-01-06")
    result = run(*command, folder=wide)
    assert result.exit_code in (0, 1), result.output
    lines = result.stdout.splitlines()
    assert len(lines) > 1
    whole = [line for line in lines if len(line) > 80 and (WHOLE.fullmatch(line) or _is_id_alone(line, command))]
    assert [line for line in lines if len(line) > 80 and line not in whole] == []


def _is_id_alone(line: str, command: list[str]) -> bool:
    """Whether it is a line of `--ids` that has nothing but an id that is longer than a line, and its kind."""
    return command[-1] == "--ids" and len(line.split(maxsplit=1)[0]) > 80 and len(line.split()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_gets_errors_in_lines_that_fit(wide: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "milepost", "sprint", "status", BETA]
    subprocess.run(command, cwd=wide, stderr=theirs, stdout=subprocess.DEVNULL, check=False)
    os.close(theirs)
    lines = os.read(ours, 4096).decode().splitlines()
    assert len(lines) > 2
    assert [line for line in lines if len(line) > 80] == []
    assert " ".join(map(str.strip, lines)).startswith(f"error: {BETA} is a milestone: only sprints are planned, foll")
    plain = subprocess.run(command, cwd=wide, capture_output=True, text=True, check=False).stderr.splitlines()
    assert len(plain) == 2


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
