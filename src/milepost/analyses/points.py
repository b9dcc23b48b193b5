"""How long does a point take this team? It is no time, until enough finished work in points says what it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from milepost.analyses.focus import Focus
from milepost.analyses.known import Known
from milepost.analyses.spells import find_spells
from milepost.model.calendar import Calendar
from milepost.model.distribution import in_points, middle_points
from milepost.model.effort import to_hours
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Task, Work
from milepost.scheduling.calibration import FEWEST


def measure_point(plan: Plan, history: History, focus: Focus) -> Known:
    """The hours of effort of all finished tasks that were estimated in points, by their points.

    Hours are the `actual`; of tasks without, what people give by the focus of the working time that went by for each.
    """
    pairs = [pair for task in plan.tasks() if (pair := _told(task, plan.calendar))]
    spells = sorted(find_spells(plan, history, partial(_points_alone, plan.calendar)))  # sums depend on the order
    pairs += [(spell.time * focus.pace, spell.work) for spell in spells]
    hours, points = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return Known(len(pairs), hours / points) if len(pairs) >= FEWEST else Known(len(pairs))


def open_in_points(plan: Plan) -> frozenset[Ref]:
    """Work that is left to do and estimated in points: it has no dates but by what a point takes."""
    return frozenset(work.ref for work in _open_work(plan) if work.estimate and in_points(work.estimate))


def _open_work(plan: Plan) -> Iterator[Work]:
    """What a schedule has to give time to: open tasks, and open milestones that have none."""
    for milestone in plan.milestones:
        if milestone.status.is_open and milestone.priority != "wont":
            tasks = [task for task in milestone.tasks if task.finished or task.priority != "wont"]
            works: Sequence[Work] = [task for task in tasks if not task.dropped] or [milestone]
            yield from (work for work in works if work.status.is_open)


def _told(task: Task, calendar: Calendar) -> tuple[float, float] | None:
    """Hours that a finished task took, as it says itself, and its points."""
    is_done = task.finished is not None and task.dropped is None
    points = middle_points(task.estimate, calendar) if task.estimate and is_done else None
    hours = to_hours(task.actual, calendar) if task.actual else None
    return (float(hours), points) if hours and points else None


def _points_alone(calendar: Calendar, task: Task) -> float:
    """The points of a task that does not say how long it took; else 0."""
    if task.actual and to_hours(task.actual, calendar):
        return 0.0
    return (middle_points(task.estimate, calendar) or 0.0) if task.estimate else 0.0
