"""Histories that are made up, with merges, renames, moved ids and broken files, against the plain judge."""

from __future__ import annotations

import json
import os
import random
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.histories_judge import Values, judge

IDS = [f"item-{number}" for number in range(8)]
WORDS = ["beta", "gamma", "1.10", "'no'", "2027-04-05", "[a, b]", "{text: x}", '""']


def make_history(folder: Path, seed: int, commits: int) -> None:
    """A repository whose milestones come, go, move between files, break, and are merged from branches."""
    dice = random.Random(seed)
    git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
    (folder / "plan/milestones").mkdir(parents=True)
    (folder / "plan/milepost.yaml").write_text("milepost: 1\ntitle: Made up\n")
    when = datetime(2026, 1, 1)
    commit(folder, when)
    for number in range(commits):
        when += timedelta(hours=dice.randrange(-2, 30))
        branch = dice.random() < 0.25
        if branch:
            git(folder, "switch", "--quiet", "--create", f"side-{number}")
        for _ in range(dice.randrange(1, 3)):
            change(folder, dice)
            commit(folder, when)
        if branch:
            git(folder, "switch", "--quiet", "main")
            if dice.random() < 0.5:
                (folder / f"code-{number}.py").write_text("pass\n")
                commit(folder, when)
            merge(folder, f"side-{number}", when)


def merge(folder: Path, branch: str, when: datetime) -> None:
    """A merge as people make it: what conflicts is committed as git left it."""
    try:
        git(folder, "merge", "--quiet", "--no-ff", "--message=Merge", "-X", "theirs", branch)
    except subprocess.CalledProcessError:
        commit(folder, when)


def change(folder: Path, dice: random.Random) -> None:
    """One thing that people do to a plan."""
    (folder / "plan/milestones").mkdir(exist_ok=True)  # git removes a folder with its last file
    files = sorted((folder / "plan/milestones").glob("**/*.yaml"))
    path = (
        dice.choice(files) if files and dice.random() < 0.8 else folder / f"plan/milestones/f{dice.randrange(12)}.yaml"
    )
    match dice.randrange(10):
        case 0 if path.exists():
            path.unlink()
        case 1 if path.exists():
            target = folder / f"plan/milestones/sub-{dice.randrange(3)}/{path.name}"
            target.parent.mkdir(exist_ok=True)
            path.rename(target)
        case 2:
            path.write_text("id: [broken\n")
        case _:
            id = dice.choice(IDS)
            lines = [
                f"{key}: {dice.choice(WORDS)}" for key in ("title", "due", "owner", "notes") if dice.random() < 0.7
            ]
            path.write_text("\n".join([f"id: {id}", *lines, ""]))


def commit(folder: Path, when: datetime) -> None:
    git(folder, "add", "--all")
    date = {"GIT_AUTHOR_DATE": f"{when.isoformat()}Z", "GIT_COMMITTER_DATE": f"{when.isoformat()}Z"}
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Change", **date)


def git(folder: Path, *arguments: str, **environment: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gc.auto=0"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})


def log(run: Run, folder: Path) -> Values:
    result = run("log", "--format", "json", "--no-cache", folder=folder)
    assert result.exit_code == 0, result.output
    values: Values = {}
    for change in reversed(json.loads(result.stdout)["changes"]):
        if change["kind"] == "milestone":
            values.setdefault((change["id"], change["field"]), []).append((change["commit"], change["new"]))
    return values


@pytest.mark.parametrize("seed", range(4))
def test_log_equals_the_judge(run: Run, tmp_path: Path, seed: int) -> None:
    make_history(tmp_path / "repository", seed, commits=25)
    assert log(run, tmp_path / "repository") == judge(tmp_path / "repository")


@pytest.mark.soak
def test_log_equals_the_judge_on_many(run: Run, tmp_path: Path) -> None:
    rounds = 5 if os.environ.get("MILEPOST_SOAK") == "short" else 100
    for seed in range(1000, 1000 + rounds):
        folder = tmp_path / str(seed)
        make_history(folder, seed, commits=60)
        assert log(run, folder) == judge(folder), seed
