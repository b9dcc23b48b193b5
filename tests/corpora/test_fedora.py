"""The release plan of Fedora 20 is scheduled as TaskJuggler 3.7.1 does it: https://taskjuggler.org.

`precedes` means as late as possible there: such tasks have the late times that those they precede leave to them, and
those that depend on them have early times. As the one needs the other, both are found in turn until nothing moves.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from milepost.scheduling.critical import find_times
from milepost.scheduling.network import Activity, Link, Network, Pause, after_pauses
from tests.taskjuggler import Dependency, Task, read_tasks

pytestmark = pytest.mark.corpora

ZONE = ZoneInfo("America/New_York")
FIRST, LAST = date(2013, 4, 29), date(2014, 12, 31)
BEGIN, END = time(9), time(17)  # TaskJuggler's working hours, on weekdays; a working day has 8 of them
HOURS = 8


def hours(moment: datetime) -> float:
    """Hours on the axis. One day of them has 25: clocks are turned back on 3 November."""
    origin = datetime.combine(FIRST, time(0), ZONE)
    return (moment.replace(tzinfo=ZONE).astimezone(UTC) - origin.astimezone(UTC)) / timedelta(hours=1)


@cache
def find_pauses() -> tuple[Pause, ...]:
    """Nights and weekends."""
    days = (FIRST + timedelta(days) for days in range((LAST - FIRST).days))
    working = [day for day in days if day.weekday() < 5]
    ends = [hours(datetime.combine(day, END)) for day in working]
    begins = [hours(datetime.combine(day, BEGIN)) for day in working]
    return tuple(
        Pause(*pair) for pair in zip([0.0, *ends], [*begins, hours(datetime.combine(LAST, BEGIN))], strict=True)
    )


def test_the_dates_of_all_tasks() -> None:
    folder = Path(os.environ["MILEPOST_CORPORA"]) / "taskjuggler"
    tasks = read_tasks((folder / "fedora20" / "f-20.tjp").read_text())
    found = schedule(tasks)
    golden = read_golden(folder / "fedora20.golden.csv")
    assert list(found) == list(golden)
    assert len(golden) == 414
    assert [id for id in golden if not is_same(found[id], golden[id])] == []


def read_golden(path: Path) -> dict[str, tuple[float, float]]:
    """Start and end of every task by its id, as hours on the axis."""
    with path.open() as file:
        return {
            row["Id"]: (hours(datetime.fromisoformat(row["Start"])), hours(datetime.fromisoformat(row["End"])))
            for row in csv.DictReader(file, delimiter=";")
        }


def is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Five in the evening and nine on the next working day are the same, as nothing is done in between."""
    return [after_pauses(moment, find_pauses()) for moment in one] == pytest.approx(
        [after_pauses(moment, find_pauses()) for moment in other]
    )


def schedule(tasks: dict[str, Task]) -> dict[str, tuple[float, float]]:
    """Start and end of every task by its id."""
    leaves = {id: task for id, task in tasks.items() if not task.tasks}
    late: dict[str, float] = {}
    while True:
        early = find_early(tasks, leaves, late)
        again = find_late(tasks, leaves, early)
        if again == late:
            return {id: span(task, early) for id, task in tasks.items()}
        late = again


def span(task: Task, leaves: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """From the first start below a task, or the start that it says itself, to the last end."""
    starts, ends = zip(*(leaves[leaf.id] for leaf in task.leaves()), strict=True)
    return hours(task.start) if task.start else min(starts), max(ends)


def find_early(
    tasks: dict[str, Task], leaves: dict[str, Task], late: dict[str, float]
) -> dict[str, tuple[float, float]]:
    numbers = {id: number for number, id in enumerate(leaves)}
    activities = [activity_of(task, late.get(task.id, earliest(task))) for task in leaves.values()]
    links = []
    for task in leaves.values():
        if not task.is_late:
            for dependency in inherited(task, "depends"):
                gap = gap_of(dependency)
                activities.append(gap)
                links.append(Link(len(activities) - 1, numbers[task.id]))
                links += [Link(numbers[leaf.id], len(activities) - 1) for leaf in tasks[dependency.id].leaves()]
    times = find_times(Network(tuple(activities), tuple(links)))
    return {id: (times.early_start[number], times.early_finish[number]) for id, number in numbers.items()}


def find_late(
    tasks: dict[str, Task], leaves: dict[str, Task], early: dict[str, tuple[float, float]]
) -> dict[str, float]:
    numbers = {id: number for number, id in enumerate(leaves)}
    activities = [
        activity_of(task, 0.0) if task.is_late else Activity(0.0, deadline=early[id][0]) for id, task in leaves.items()
    ]
    links = []
    for task in leaves.values():
        if task.is_late:
            for dependency in inherited(task, "precedes"):
                activities.append(gap_of(dependency))
                links.append(Link(numbers[task.id], len(activities) - 1))
                links += [Link(len(activities) - 1, numbers[leaf.id]) for leaf in tasks[dependency.id].leaves()]
    times = find_times(
        Network(tuple(activities), tuple(links)), hours(datetime.combine(LAST, BEGIN)), use_deadlines=True
    )
    return {id: times.late_start[number] for id, number in numbers.items() if leaves[id].is_late}


def activity_of(task: Task, release: float) -> Activity:
    """A task on its own."""
    if task.length:
        return Activity(task.length * HOURS, release, pauses=find_pauses())
    return Activity(task.duration * 24, release)


def gap_of(dependency: Dependency) -> Activity:
    """The time between two tasks, as an activity: working time has pauses, which a lag has not."""
    if dependency.working:
        return Activity(dependency.working * HOURS, pauses=find_pauses())
    return Activity(dependency.elapsed * 24)


def inherited(task: Task | None, field: str) -> Iterator[Dependency]:
    """What a task depends on or precedes, and those above it."""
    while task:
        yield from getattr(task, field)
        task = task.parent


def earliest(task: Task | None) -> float:
    """By the dates that it and those above it give."""
    starts = []
    while task:
        if task.start:
            starts.append(hours(task.start))
        task = task.parent
    return max(starts, default=0.0)
