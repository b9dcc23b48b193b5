"""The tabulator completes what the plan at hand holds, and stays silent where it can't."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository, Run

PLAN = "milepost: 1\ntitle: T\npeople: {ada: {name: Ada}, bo: {name: Bo}}\nreleases: {v1.4: 2027-02-10}\n"
BETA = "id: beta\ntitle: Beta\ndue: 2027-03-15\ntasks: [{id: tiles, title: Tiles}]\n"
SOURCES = "sources: [{files: s.json, kind: milestone, each: ., id: '{key}', fields: {due: end}}]\n"

# the words on the line, and what they can become
COMPLETED = [
    (["se"], ["set"]),
    (["set", "b"], ["bo", "beta", "beta/tiles"]),
    (["set", "beta", "d"], ["due=", "dropped=", "depends_on="]),
    (["set", "beta/tiles", "ac"], ["actual="]),
    (["set", "beta", "owner=a"], ["owner=ada"]),
    (["set", "beta", "due=v"], ["due=v1.4"]),
    (["set", "beta", "commitment=t"], ["commitment=tentative", "commitment=target"]),
    (["set", "beta", "depends_on+=beta/"], ["depends_on+=beta/tiles"]),
    (["set", "beta", "depends_on=x,bet"], ["depends_on=x,beta", "depends_on=x,beta/tiles"]),
    (["start", "beta/"], ["beta/tiles"]),
    (["vote", "beta", "3", "--by", ""], ["ada", "bo"]),
    (["new", "s"], ["sprint"]),
    (["new", "risk", "pro"], ["probability="]),
    (["show", "v"], ["v1.4", "v9"]),
    (["set", "v"], ["v1.4"]),
    (["why", "be"], ["beta", "beta/tiles"]),
    (["log", "--field", "du"], ["due"]),
]


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    source = '{"v9": {"end": "2027-01-01"}}'
    return make_repository({"plan/milepost.yaml": PLAN + SOURCES, "plan/milestones/beta.yaml": BETA, "s.json": source})


@pytest.mark.parametrize(("words", "expected"), COMPLETED, ids=" ".join)
def test_what_stands_on_the_line_is_completed_from_the_plan(
    checkout: Checkout, words: list[str], expected: list[str]
) -> None:
    assert complete(checkout.path, words) == (expected, "")


def test_a_plan_that_can_not_be_read_completes_nothing_and_says_nothing(tmp_path: Path, checkout: Checkout) -> None:
    assert complete(tmp_path, ["set", "b"]) == ([], "")
    checkout.write({"plan/milepost.yaml": "\t:\n", "plan/milestones/beta.yaml": "\x00"})
    assert complete(checkout.path, ["set", "b"])[1] == ""


def test_nothing_is_offered_that_a_shell_would_run_or_take_for_two_answers(checkout: Checkout) -> None:
    hostile = 'id: "beta$(touch${IFS}PWN)"\ntitle: "T\\nplain\\nrm -rf"\ndue: 2027-01-01\n'
    lines = 'id: "beta2"\ntitle: "T\\nplain\\nrm -rf"\ndue: 2027-01-01\n'
    checkout.write({"plan/milestones/evil.yaml": hostile, "plan/milestones/lines.yaml": lines})
    assert complete(checkout.path, ["show", "be"]) == (["beta", "beta/tiles", "beta2"], "")


def complete(folder: Path, words: list[str]) -> tuple[list[str], str]:
    """What bash would be told, and standard error."""
    environment = {
        **os.environ,
        "_MILEPOST_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["milepost", *words[:-1], f"'{words[-1]}'"]),
        "COMP_CWORD": str(len(words)),
    }
    code = "from milepost.cli import main; main(prog_name='milepost')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line], done.stderr


# What bash makes of a line: it splits words at `=`. What is then offered for the last of these.
IN_BASH = [
    (["set", "beta", "owner", "="], ["ada", "bo"]),
    (["set", "beta", "owner", "=", "a"], ["ada"]),
    (["set", "beta", "labels", "=", "x", "owner", "=", "b"], ["bo"]),
    (["set", "beta", "depends_on+", "=", "beta/"], ["beta/tiles"]),
    (["set", "beta", "du"], ["due="]),
    (["set", "be"], ["beta", "beta/tiles"]),
]


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(("words", "expected"), IN_BASH, ids=" ".join)
def test_the_script_for_bash_joins_what_bash_splits(
    checkout: Checkout, run: Run, tmp_path: Path, words: list[str], expected: list[str]
) -> None:
    program = tmp_path / "bin" / "milepost"
    program.parent.mkdir()
    start = "from milepost.cli import main; main(prog_name='milepost')"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = "milepost " + " ".join(words).replace(" = ", "=").replace(" =", "=").replace("+ =", "+=")
    script = run("completion", "bash").stdout + (
        f'COMP_LINE="{line}" COMP_WORDS=(milepost {" ".join(words)}) COMP_CWORD={len(words)}\n'
        '_milepost_completion milepost 2>/dev/null\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=checkout.path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == expected, done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, "_MILEPOST_COMPLETE" in result.stdout) == (0, True)
    if shell == "zsh":
        assert "-S ''" in result.stdout, "no space after FIELD="
