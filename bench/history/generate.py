"""Writes a large, made-up history: `python bench/history/generate.py DIR [--quick]`.

Deterministic to the byte, so commit ids are the same everywhere: 20,000 commits, 700 plan files, 5,000 versions of
plan files; the other commits touch code.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_START = datetime(2019, 1, 7, 9, tzinfo=UTC)
CATEGORIES = ("scope", "estimate", "dependency", "capacity", "risk", "priority", "external")
PEOPLE = ("ada", "bo", "cleo", "dana")
_CODE_FILES = 300


@dataclass(frozen=True)
class Size:
    """How large the history is. Plan versions count the first one of each file."""

    commits: int
    files: int
    versions: int


FULL = Size(commits=20_000, files=700, versions=5_000)
QUICK = Size(commits=2_000, files=70, versions=500)


def write_history(folder: Path, size: Size) -> None:
    """Makes a repository in an empty folder, with its work tree checked out."""
    import_history(folder, _stream(size))


def import_history(folder: Path, stream: Iterable[bytes]) -> None:
    """The same from what `git fast-import` reads."""
    git = ["git", "-C", str(folder)]
    folder.mkdir(parents=True)
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "fast-import", "--quiet", "--force"], input=b"".join(stream), check=True)
    subprocess.run([*git, "gc", "--quiet"], check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def milestone(number: int, version: int, chance: random.Random) -> str:
    """One version of a milestone's file: 8 to 20 lines."""
    due = date(2021, 1, 4) + timedelta(days=number * 3 + version * 5)
    lines = [
        f"id: m-{number:03}",
        f"title: Milestone number {number}",
        f"due: {due.isoformat()}",
        f"commitment: {('tentative', 'target', 'promise')[min(version, 2)]}",
        f"because: {{{CATEGORIES[(number + version) % 7]}: change {version} of this date}}",
        f"priority: {('must', 'should', 'could')[number % 3]}",
        f"owner: {PEOPLE[number % len(PEOPLE)]}",
        f"outcome: Somebody can do what number {number} is about",
    ]
    if number % 4 and number > 10:
        lines.append(f"depends_on: [m-{chance.randrange(number):03}]")
    tasks = number % 4
    if tasks:
        lines.append("tasks:")
    for task in range(tasks):
        low = 1 + (number + version + task) % 5
        lines += [
            f"  - id: t-{task}",
            f"    title: Part {task} of number {number}",
            f"    estimate: {low}d..{low * 3}d",
        ]
    return "\n".join(lines) + "\n"


def _stream(size: Size) -> Iterator[bytes]:
    chance = random.Random(20_000)
    yield b"reset refs/heads/main\n"
    spread = sorted(chance.sample(range(1, size.commits), size.versions - 1))
    order = [*range(size.files - 1), *(chance.randrange(size.files - 1) for _ in range(size.versions - size.files))]
    plan_commits = dict(zip(spread, order, strict=True))
    versions = [0] * size.files
    for number in range(size.commits):
        when = int(_START.timestamp()) + number * 9_000
        changed = plan_commits.get(number)
        if number == 0:
            path, text = "plan/milepost.yaml", plan_text("A large history")
        elif changed is None:
            path, text = f"src/part_{chance.randrange(_CODE_FILES):03}.py", f"VALUE = {number}\n" * 20
        else:
            path, text = f"plan/milestones/m-{changed:03}.yaml", milestone(changed, versions[changed], chance)
            versions[changed] += 1
        yield _commit(number, when, path, text)
    yield b"done\n"


def plan_text(title: str) -> str:
    """The plan's own file."""
    people = "".join(f"  {name}: {{name: {name.title()}}}\n" for name in PEOPLE)
    return f"milepost: 1\ntitle: {title}\npeople:\n{people}calendar: {{workdays: mon-fri, hours: 8}}\n"


def _commit(number: int, when: int, path: str, text: str) -> bytes:
    person = PEOPLE[number % len(PEOPLE)]
    who = f"{person.title()} Example <{person}@example.org> {when} +0000"
    message = f"Change {path} ({number})\n"
    return (
        f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n{message}"
        f"M 100644 inline {path}\ndata {len(text)}\n{text}\n"
    ).encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    arguments = parser.parse_args()
    write_history(arguments.folder, QUICK if arguments.quick else FULL)
