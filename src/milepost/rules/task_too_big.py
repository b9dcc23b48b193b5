"""A task that is too big to see into."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.effort import to_days
from milepost.model.finding import Finding, Level
from milepost.model.work import Task
from milepost.rules.effort import median_days
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_task_too_big(look: Inspection) -> Iterator[Finding]:
    """Open tasks of more than two weeks of effort (P50, or the timebox where that is less)."""
    limit = look.limits["limit"]
    for milestone in open_milestones(look.plan):
        for task in open_tasks(milestone):
            if _size(task, look) > limit * len(look.plan.calendar.workdays):
                most = count(limit, "week")
                message = f"{task.ref.id} is likely to take more than {most} of effort ({task.estimate})."
                hint = "split it into tasks of a few days that can each be seen to be done"
                yield RULE.found(task.place.at("estimate"), message, hint)


def _size(task: Task, look: Inspection) -> float:
    """Days of effort; 0 where nobody has said how many."""
    size = median_days(task.estimate, look.plan.calendar) if task.estimate else None
    most = to_days(task.timebox, look.plan.calendar) if task.timebox else None
    return min((days for days in (size, most) if days is not None), default=0) if size else 0


RULE = Rule(
    "task-too-big",
    Level.ADVICE,
    "Of a big task nobody knows how far it is, and big estimates are the ones that are furthest off.",
    check_task_too_big,
    (Limit("limit", 2, Measure.WEEKS, "effort of one task"),),
)
