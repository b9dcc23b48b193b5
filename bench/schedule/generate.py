"""Writes one made-up plan for Milepost and for TaskJuggler: `python bench/schedule/generate.py DIR SHAPE [TASKS]`.

Ten people do whole days of work, which they may do in many orders. The same to the byte every time.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

BEGIN = date(2027, 1, 4)  # a Monday
PEOPLE = ("ada", "bo", "cleo", "dana", "eli", "fay", "gus", "hana", "ivo", "jana")
TASKS = 10  # of each milestone
_DAYS = (1, 2, 3, 5, 8)
_HORIZON = 5  # so many times the days that everybody is busy is enough for TaskJuggler


class Work(NamedTuple):
    """A task: days of work, who does it, and what it waits for, as numbers of milestones and of their tasks."""

    days: int
    owner: str
    after: tuple[tuple[int, int], ...]


Plan = list[list[Work]]


#: How often a task waits for one of its milestone, and for one of the three milestones before.
SHAPES = {"loosely tied": (0.6, 0.3), "tied": (0.9, 0.6), "tightly tied": (0.9, 0.9)}


def make_plan(count: int, shape: str) -> Plan:
    """So many tasks, ten to a milestone, of which everybody has as many."""
    inside, across = SHAPES[shape]
    chance = random.Random(count)
    plan: Plan = []
    for milestone in range(count // TASKS):
        plan.append([])
        for task in range(TASKS):
            after = {(milestone, chance.randrange(task))} if task and chance.random() < inside else set()
            if milestone and chance.random() < across:
                after.add((chance.randrange(max(0, milestone - 3), milestone), chance.randrange(TASKS)))
            owner = PEOPLE[(milestone * TASKS + task) * 7 % len(PEOPLE)]
            plan[-1].append(Work(chance.choice(_DAYS), owner, tuple(sorted(after))))
    return plan


def write_milepost(plan: Plan, folder: Path) -> None:
    """A repository with the plan."""
    (folder / "plan" / "milestones").mkdir(parents=True)
    people = "".join(f"  {name}: {{name: {name.title()}}}\n" for name in PEOPLE)
    (folder / "plan" / "milepost.yaml").write_text(f"milepost: 1\ntitle: Work for ten\npeople:\n{people}")
    for number, works in enumerate(plan):
        path = folder / "plan" / "milestones" / f"m-{number:03}.yaml"
        path.write_text("\n".join(_milestone(number, works)) + "\n")
    git = ["git", "-C", str(folder), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Work for ten"]):
        subprocess.run([*git, *arguments], check=True)


def write_taskjuggler(plan: Plan, path: Path) -> None:
    """The same plan as a project of TaskJuggler, which reports the end of every task to `ends.csv` beside it."""
    busiest = max(sum(work.days for works in plan for work in works if work.owner == name) for name in PEOPLE)
    end = BEGIN + timedelta(days=_HORIZON * busiest)
    lines = [f'project work "Work for ten" {BEGIN} - {end} {{', '  timeformat "%Y-%m-%d"', f"  now {BEGIN}", "}"]
    lines += [f'resource {name} "{name.title()}"' for name in PEOPLE]
    for number, works in enumerate(plan):
        lines.append(f'task m{number} "Milestone {number}" {{')
        for task, work in enumerate(works):
            after = ", ".join(f"m{one}.t{another}" for one, another in work.after)
            depends = f" depends {after}" if after else ""
            lines.append(f'  task t{task} "Task {task}" {{ effort {work.days}d allocate {work.owner}{depends} }}')
        lines.append("}")
    lines += ['taskreport "ends" {', "  formats csv", "  columns id, end", "}"]
    path.write_text("\n".join(lines) + "\n")


def _milestone(number: int, works: list[Work]) -> Iterator[str]:
    yield f"id: m-{number:03}"
    yield f"title: Milestone {number}"
    yield "tasks:"
    for task, work in enumerate(works):
        after = ", ".join(f"m-{one:03}/t-{another}" if one != number else f"t-{another}" for one, another in work.after)
        yield f"  - id: t-{task}"
        yield f"    title: Task {task}"
        yield f"    estimate: {work.days}d"
        yield f"    owner: {work.owner}"
        if after:
            yield f"    depends_on: [{after}]"


if __name__ == "__main__":
    made = make_plan(int(sys.argv[3]) if len(sys.argv) > 3 else 1000, sys.argv[2])
    write_milepost(made, Path(sys.argv[1]))
    write_taskjuggler(made, Path(sys.argv[1]) / "plan.tjp")
