"""How long does a point take this team? It is no time, until enough finished work in points says what it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from milepost.analyses.focus import Focus
from milepost.analyses.known import Known
from milepost.model.distribution import in_points, middle_points
from milepost.model.effort import FULL_TIME, to_hours
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Task, Work
from milepost.scheduling.calibration import FEWEST


def measure_point(plan: Plan, focus: Focus) -> Known:
    """The hours of effort of all finished tasks that were estimated in points, by their points.

    Hours are the `actual`, else what the owner gives, by the focus, of the working time from start to finish.
    """
    pairs = [pair for task in plan.tasks() if (pair := _taken(task, plan, focus))]
    hours, points = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return Known(len(pairs), hours / points) if len(pairs) >= FEWEST and points else Known(len(pairs))


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


def _taken(task: Task, plan: Plan, focus: Focus) -> tuple[float, float] | None:
    """Hours that a task took, and its points."""
    points = middle_points(task.estimate, plan.calendar) if task.estimate else None
    hours = _hours_taken(task, plan, focus) if points else None
    return (hours, points) if hours and points else None


def _hours_taken(task: Task, plan: Plan, focus: Focus) -> float | None:
    """What a finished task took: as it says, else what its owner gives of the working time in between."""
    if not task.finished or task.dropped:
        return None
    if task.actual and (hours := to_hours(task.actual, plan.calendar)):
        return float(hours)
    if not task.started or task.started > task.finished or task.started == date.min:
        return None
    person = plan.person(task.owner)
    share = person.share(plan.calendar) if person else FULL_TIME
    days = plan.calendar.working_days(task.started - timedelta(days=1), task.finished)
    return days * plan.calendar.hours * float(share) * focus.pace
