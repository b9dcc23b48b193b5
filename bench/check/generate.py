"""Writes a large, made-up plan: `python bench/check/generate.py DIR [MILESTONES]`. The same to the byte every time."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

TASKS = 10  # of each milestone
_START = date(2026, 1, 5)
_PEOPLE = ("ada", "bo", "cleo", "dana", "eli", "fay", "gus", "hana")
_VERBS = ("Draw", "Import", "Publish", "Search", "Translate", "Test", "Print", "Share")
_THINGS = ("maps", "tiles", "labels", "routes", "layers", "legends", "photos", "places")


def write_plan(folder: Path, count: int) -> list[str]:
    """A repository with a plan of many milestones, committed twice. Returns the paths of the milestones."""
    for kind in ("milestones", "goals", "risks"):
        (folder / "plan" / kind).mkdir(parents=True)
    people = "".join(f"  {name}: {{name: {name.title()}}}\n" for name in _PEOPLE)
    texts = {"plan/milepost.yaml": f"milepost: 1\ntitle: A large plan\npeople:\n{people}"}
    texts |= {f"plan/goals/g-{n}.yaml": f"id: g-{n}\ntitle: Goal number {n}\ndue: 2029-12-31\n" for n in range(9)}
    texts |= {f"plan/risks/r-{number:03}.yaml": _risk(number, count) for number in range(count // 10)}
    milestones = {f"plan/milestones/m-{number:04}.yaml": _milestone(number) for number in range(count)}
    _commit(folder, {**texts, **{path: text.replace("promise", "target") for path, text in milestones.items()}})
    _commit(folder, milestones)
    return list(milestones)


def _milestone(number: int) -> str:
    chance = random.Random(number)
    due = _START + timedelta(days=number)
    lines = [
        f"id: m-{number:04}",
        f"title: {_words(chance)} for step {number}",
        f"goal: g-{number % 9}",
        f"outcome: An invited person can {_words(chance).lower()} without help",
        f"measures: [{{text: {8 + number % 3} of 12 testers do it unaided}}, {{text: under {20 + number % 40} s}}]",
        f"due: {due}",
        f"commitment: {('tentative', 'target', 'promise')[number % 3]}",
        f"priority: {('must', 'should', 'could')[number % 3]}",
        f"owner: {_PEOPLE[number % 8]}",
    ]
    if number > 10:
        lines.append(f"depends_on: [m-{chance.randrange(number - 9, number):04}, m-{number - 10:04}]")
    return "\n".join([*lines, "tasks:", *_tasks(number, due, chance)]) + "\n"


def _tasks(number: int, due: date, chance: random.Random) -> Iterator[str]:
    for task in range(TASKS):
        low = 1 + (number + task) % 5
        yield f"  - id: t-{task}"
        yield f"    title: {_words(chance)}, part {task}"
        yield f"    estimate: {low}d..{low * 3}d"
        yield f"    owner: {_PEOPLE[(number + task) % 8]}"
        if task:
            yield f"    depends_on: [t-{chance.randrange(task)}]"
        if number < 200:
            begun = due - timedelta(days=60 - 5 * task)
            yield f"    started: {begun}"
            yield f"    finished: {begun + timedelta(days=low)}"


def _risk(number: int, count: int) -> str:
    threatened = f"m-{number * 7 % count:04}"
    return (
        f"id: r-{number:03}\ntitle: Vendor number {number} changes its terms\nthreatens: [{threatened}]\n"
        f"probability: {10 + number % 60}%\nimpact: 5d..15d\nowner: {_PEOPLE[number % 8]}\nresponse: mitigate\n"
        f"mitigation: [{{action: Run our own, owner: bo, due: 2027-06-01, probability: 5%}}]\n"
    )


def _words(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} and {chance.choice(_THINGS)}"


def _commit(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    git = ["git", "-C", str(folder), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "A large plan"]):
        subprocess.run([*git, *arguments], check=True)


if __name__ == "__main__":
    write_plan(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
