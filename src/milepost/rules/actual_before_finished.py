"""A task that is said to have taken some effort, and is not finished."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_milestones
from milepost.rules.rule import Inspection, Rule


def check_actual_before_finished(look: Inspection) -> Iterator[Finding]:
    """Open tasks with `actual`."""
    for milestone in own_milestones(look.plan):
        for task in milestone.tasks:
            if task.actual and task.status.is_open:
                message = f"{task.ref.id} took {task.actual}, as `actual` says, but it is {task.status}."
                hint = "write `finished: DATE` where it is done; otherwise take `actual` out until the whole is known"
                yield RULE.found(task.place.at("actual"), message, hint)


RULE = Rule(
    "actual-before-finished",
    Level.WARNING,
    "What a task took is known when it ends; a number from before makes estimates look better than they were.",
    check_actual_before_finished,
)
