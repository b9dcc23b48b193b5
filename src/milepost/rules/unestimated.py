"""Work that nobody has estimated."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone, Task
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.wording import has, listing


def check_unestimated(look: Inspection) -> Iterator[Finding]:
    """Open milestones with neither tasks nor `estimate`, and those with open tasks that have none."""
    for milestone in open_milestones(look.plan):
        tasks = [task for task in open_tasks(milestone) if task.estimate is None]
        if tasks:
            yield _unestimated_tasks(milestone, tasks)
        elif not milestone.tasks and milestone.estimate is None:
            message = f"{milestone.id} has no estimate, so nobody can say how much work it is."
            hint = "add `estimate: 5d..15d` (you would be surprised by less or by more), or tasks with estimates"
            yield RULE.found(milestone.place.at("id"), message, hint)


def _unestimated_tasks(milestone: Milestone, tasks: list[Task]) -> Finding:
    names = listing([task.id for task in tasks])
    message = f"{names} of {milestone.id} {has(len(tasks))} no estimate, so nobody can say how much work it is."
    hint = "add `estimate: 2d..5d` (you would be surprised by less or by more) to each"
    related = tuple((task.place.at("id"), f"{task.id} has no estimate.") for task in tasks[1:])
    return RULE.found(tasks[0].place.at("id"), message, hint, related)


RULE = Rule(
    "unestimated",
    Level.ADVICE,
    "One open task without an estimate is enough that no date behind it can be worked out.",
    check_unestimated,
)
