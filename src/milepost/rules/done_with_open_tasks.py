"""A milestone that is reached although work is left."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone
from milepost.rules.own import own_work
from milepost.rules.rule import Inspection, Rule


def check_done_with_open_tasks(look: Inspection) -> Iterator[Finding]:
    """Milestones with `finished` whose tasks are not all done, dropped or `wont`."""
    for milestone in own_work(look.plan):
        if isinstance(milestone, Milestone) and milestone.finished and not milestone.dropped:
            tasks = [task for task in milestone.tasks if task.status.is_open and task.priority != "wont"]
            if tasks:
                count = "one of its tasks is" if len(tasks) == 1 else f"{len(tasks)} of its tasks are"
                message = f"{milestone.id} is finished but {count} still open."
                hint = "add `finished` or `dropped` to the tasks, or remove it from the milestone"
                related = tuple((task.place, f"{task.ref.id} is {task.status}.") for task in tasks)
                yield RULE.found(milestone.place.at("finished"), message, hint, related)


RULE = Rule(
    "done-with-open-tasks",
    Level.ERROR,
    "A milestone is reached when its last task ends; either the work is done or the milestone is not.",
    check_done_with_open_tasks,
)
