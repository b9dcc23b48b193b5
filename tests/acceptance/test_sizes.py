"""What is large beside a small plan costs it nothing: git is asked for as much, and the answer is the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Checkout, Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names and programs are otherwise")

PLAN = {"plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}
BESIDE = 3_000
COMMANDS = (["log", "--no-cache"], ["diff", "HEAD~1..HEAD"], ["check"], ["build"])

#: Notes every git that is started, and every object that it is asked for.
COUNTER = """#!/bin/sh
echo git >>'{counts}'
case " $* " in *" cat-file "*) tee -a '{counts}' | '{git}' "$@"; exit;; esac
exec '{git}' "$@"
"""


def item(name: str, due: str) -> dict[str, str]:
    """The file of a milestone."""
    return {f"plan/milestones/{name}.yaml": f"id: {name}\ntitle: {name.title()}\ndue: {due}\n"}


def commit(
    mark: int, files: dict[str, str], parents: tuple[int, ...] = (), author: str = "Ada", message: str = "Change"
) -> str:
    """A commit for git fast-import, on a branch of its own and on main."""
    when = f"<{author.lower()}@example.org> {1_800_000_000 + mark * 86_400} +0000"
    lines = [f"commit refs/heads/b{mark}", f"mark :{mark}", f"author {author} {when}", f"committer {author} {when}"]
    lines += [f"data {len(message)}", message]
    lines += [f"{'merge' if number else 'from'} :{parent}" for number, parent in enumerate(parents)]
    lines += [f"M 100644 inline {path}\ndata {len(text)}\n{text}" for path, text in files.items()]
    return "\n".join([*lines, f"reset refs/heads/main\nfrom :{mark}\n\n"])


def make(folder: Path, story: str) -> Checkout:
    """A repository with the plan alone in its work tree."""
    folder.mkdir()
    checkout = Checkout(folder)
    checkout.git("init", "--quiet", "--initial-branch=main")
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=story.encode(), check=True)
    checkout.git("checkout", "--quiet", "HEAD", "--", "plan")
    return checkout


def story(beside: int) -> str:
    """Two versions of a plan, with so many files beside it in one folder and in many."""
    files = {f"f{number}": "x" for number in range(beside)} | {f"d{number}/f": "x" for number in range(beside)}
    return commit(1, PLAN | item("beta", "2027-03-15") | files) + commit(2, item("beta", "2027-04-05"), (1,))


def count(checkout: Checkout, folder: Path, command: list[str]) -> tuple[int, str]:
    """How often git is started and asked for an object, and what the command says."""
    counts, counter = folder / "counts", folder / "git"
    counts.write_text("")
    counter.write_text(COUNTER.format(counts=counts, git=shutil.which("git")))
    counter.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", *command],
        cwd=checkout.path,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return len(counts.read_text().splitlines()), done.stdout


def same(checkout: Checkout, other: Checkout, folder: Path) -> None:
    """Both say the same and ask for as much, but for ids."""
    for command in COMMANDS:
        asked, said = count(checkout, folder, command)
        asked_other, said_other = count(other, folder, command)
        assert asked == asked_other > 3, command
        assert [len(line) for line in said.splitlines()] == [len(line) for line in said_other.splitlines()], command


def test_files_beside_the_plan_are_not_read(tmp_path: Path) -> None:
    same(make(tmp_path / "small", story(1)), make(tmp_path / "large", story(BESIDE)), tmp_path)


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
def test_references_are_not_all_looked_at(tmp_path: Path, packed: bool) -> None:
    names = "".join(f"reset refs/heads/many/b{number}\nfrom :1\n\n" for number in range(BESIDE))
    large = make(tmp_path / "large", story(1) + names)
    if packed:
        large.git("pack-refs", "--all")
    same(make(tmp_path / "small", story(1)), large, tmp_path)


def changes(run: Run, checkout: Checkout, *arguments: str) -> list[dict[str, Any]]:
    """What `log` tells, newest first."""
    result = run("log", "--format", "json", *arguments, folder=checkout.path)
    assert (result.exit_code, result.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    return found


def test_a_merge_of_fifty_lines_names_who_worked_on_each(tmp_path: Path, run: Run) -> None:
    people = [f"Person{number}" for number in range(49)]
    first = {name.lower(): item(name.lower(), "2027-03-15") for name in people}
    last = {name.lower(): item(name.lower(), "2027-04-05") for name in people}
    sides = [commit(10 + n, last[name.lower()], (1,), name) for n, name in enumerate(people)]
    every = {path: text for files in last.values() for path, text in files.items()}
    start = {path: text for files in first.values() for path, text in files.items()}
    merge = commit(101, every, (100, *range(10, 59)), message="Merge all")
    checkout = make(tmp_path / "many", "".join([commit(1, PLAN | start), *sides, commit(100, {"x": "x"}, (1,)), merge]))
    assert len(checkout.git("rev-list", "--parents", "-1", "HEAD").split()) == 51
    moved = {one["id"]: one["by"]["name"] for one in changes(run, checkout) if one["old"]}
    assert moved == {name.lower(): name for name in people}
    assert len(changes(run, checkout, "--all-parents", "--field", "due")) == 2 * len(people)


def test_a_message_of_five_megabytes_is_told_as_it_is(tmp_path: Path, run: Run) -> None:
    message = "Move the beta\n\n" + "word " * 1_000_000
    checkout = make(tmp_path / "long", story(1) + commit(3, item("beta", "2027-05-05"), (2,), message=message))
    assert [one["new"] for one in changes(run, checkout, "--field", "due")] == [
        "2027-05-05",
        "2027-04-05",
        "2027-03-15",
    ]
    assert len(run("log", folder=checkout.path).stdout) < 2_000
    assert run("build", folder=checkout.path).exit_code == 0


def test_a_name_that_no_disk_takes_is_read_from_history(tmp_path: Path, run: Run) -> None:
    long, deep = f"plan/milestones/{'n' * 4000}.yaml", f"plan/milestones/{'/'.join(['l' * 190] * 20)}.yaml"
    files = {long: "id: gamma\ntitle: Gamma\n", deep: "id: delta\ntitle: Delta\n"}
    checkout = make(tmp_path / "named", story(1))
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"],
        cwd=checkout.path,
        input=(story(1) + commit(3, files, (2,))).encode(),
        check=True,
    )
    assert {one["path"] for one in changes(run, checkout) if one["id"] in ("gamma", "delta")} == {long, deep}
    said = run("diff", "HEAD~1..HEAD", folder=checkout.path).stdout
    assert ("Gamma" in said, "Delta" in said) == (True, True)
    for command in (["check"], ["build"]):
        assert run(*command, folder=checkout.path).exit_code == 0


@pytest.mark.parametrize("place", ["vendor", "plan/milestones/dir", "plan/milestones/sub.yaml", "plan/milestones"])
def test_a_submodule_is_not_entered(tmp_path: Path, run: Run, place: str) -> None:
    checkout = make(tmp_path / "with", story(1))
    if place == "plan/milestones":
        checkout.git("rm", "--quiet", "-r", "--cached", place)
        shutil.rmtree(checkout.path / place)
    before = len(changes(run, checkout))
    checkout.git("clone", "--quiet", str(checkout.path), str(checkout.path / place))
    checkout.commit()
    assert checkout.git("ls-tree", "HEAD", place).startswith("160000 commit ")
    told = changes(run, checkout)
    gone = [one for one in told if one["new"] is None]
    assert (len(told) - len(gone), {one["id"] for one in gone}) == (
        before,
        {"beta"} if place == "plan/milestones" else set(),
    )
    assert run("build", folder=checkout.path).exit_code == 0
    checked = run("check", folder=checkout.path)
    assert ("skipped-not-regular" in checked.stdout) == (place != "vendor"), checked.output
