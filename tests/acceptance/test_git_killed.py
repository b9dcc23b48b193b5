"""A git that is killed while it works: the same answer, or exit 3 with who ended it, and no word of damage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are killed otherwise")

PLAN = "milepost: 1\ntitle: Heron\n"
BETA = "plan/milestones/beta.yaml"

#: Tells as many bytes as it is told, and is killed.
KILLER = """#!/bin/sh
case " $* " in *" {command} "*)
    '{git}' "$@" | {{ dd bs=1 count={count} 2>/dev/null; kill -{signal} $$; }}
esac
exec '{git}' "$@"
"""


@pytest.fixture
def checkout(make_repository: MakeRepository) -> Checkout:
    """A date that moves, on the branch and on one that is merged."""
    checkout = make_repository({"plan/milepost.yaml": PLAN, BETA: beta("2027-03-15")}, {BETA: beta("2027-04-05")})
    checkout.git("switch", "--quiet", "--create", "side")
    checkout.commit({BETA: beta("2027-05-05")}, day=date(2027, 1, 7))
    checkout.git("switch", "--quiet", "main")
    checkout.commit({"plan/milestones/ga.yaml": "id: ga\ntitle: GA\ndue: 2027-09-01\n"}, day=date(2027, 1, 8))
    who = {f"GIT_{role}_{part}": "ada" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side", **who)
    return checkout


def beta(due: str) -> str:
    return f"id: beta\ntitle: Beta\ndue: {due}\n"


def answer(checkout: Checkout, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """What a command says with the git that is in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "milepost", *arguments],
        cwd=checkout.path,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def make_killer(folder: Path, command: str, count: int = 0, signal: str = "KILL") -> Path:
    """A git that is killed at some command, after so many bytes."""
    folder.mkdir()
    git = folder / "git"
    git.write_text(KILLER.format(command=command, git=shutil.which("git"), count=count, signal=signal))
    git.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("command", "count"),
    [
        *(("rev-parse", 0), ("for-each-ref", 0), ("config", 0), ("log", 0), ("log", 300)),
        *(("rev-list", 0), ("rev-list", 300), ("diff-tree", 0), ("diff-tree", 300)),
        *(("cat-file", 0), ("cat-file", 50), ("cat-file", 300)),
    ],
)
def test_who_kills_git_is_named_and_the_repository_is_not_called_damaged(
    checkout: Checkout, tmp_path: Path, command: str, count: int
) -> None:
    """Half of an answer is never taken for the whole."""
    good = answer(checkout, tmp_path, "log", "--no-cache")
    assert good[0] == 0
    said = answer(checkout, make_killer(tmp_path / "bin", command, count), "log", "--no-cache")
    if said != good:
        assert said[:2] == (3, ""), said[2]
        assert said[2].startswith("error: git was killed by SIGKILL before it had told everything.\n"), said[2]
        assert "hint: run it again" in said[2]


@pytest.mark.parametrize("count", [0, 250, 400])
def test_a_plan_is_not_said_to_be_uncommitted_because_git_was_killed(
    checkout: Checkout, tmp_path: Path, count: int
) -> None:
    killer = make_killer(tmp_path / "bin", "cat-file", count, "TERM")
    code, output, complaint = answer(checkout, killer, "slip", "--no-cache", "--today", "2027-06-01")
    assert (code, output, "killed by SIGTERM" in complaint) == (3, "", True), complaint


def test_check_does_not_say_that_nothing_is_common_because_git_was_killed(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("switch", "--quiet", "--create", "work")
    _, _, complaint = answer(checkout, make_killer(tmp_path / "bin", "merge-base"), "check")
    assert ("no common history" in complaint, "killed by SIGKILL" in complaint) == (False, True), complaint


def test_a_git_that_crashes_may_have_met_damage(checkout: Checkout, tmp_path: Path) -> None:
    code, _, complaint = answer(checkout, make_killer(tmp_path / "bin", "diff-tree", 0, "SEGV"), "log", "--no-cache")
    assert (code, "it crashed (SIGSEGV)" in complaint) == (3, True), complaint
