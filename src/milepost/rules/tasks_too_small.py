"""Tasks that take longer to keep than to do."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.effort import median_days
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count

_FEWEST = 4  # estimated tasks; fewer are no burden


def check_tasks_too_small(look: Inspection) -> Iterator[Finding]:
    """Open milestones with at least four estimated tasks ahead, half or more of them under half a day."""
    limit = look.limits["limit"]
    for milestone in open_milestones(look.plan):
        tasks = [(task, task.estimate) for task in open_tasks(milestone) if task.estimate]
        sizes = [(task, median_days(estimate, look.plan.calendar)) for task, estimate in tasks]
        known = [(task, days) for task, days in sizes if days is not None]
        small = [task for task, days in known if days < limit]
        if len(known) >= _FEWEST and 2 * len(small) >= len(known):
            many = f"{len(small)} of the {len(known)} estimated tasks of {milestone.id}"
            message = f"{many} take less than {count(limit, 'day')}."
            hint = "put those that are done in one go together, and keep the steps as a list in `notes`"
            related = tuple((task.place.at("estimate"), f"{task.id} is small.") for task in small)
            yield RULE.found(milestone.place.at("tasks"), message, hint, related)


RULE = Rule(
    "tasks-too-small",
    Level.ADVICE,
    "A plan of tiny tasks costs more to keep than it tells, and hides what matters.",
    check_tasks_too_small,
    (Limit("limit", 0.5, Measure.WORKING_DAYS, "effort below which a task is small"),),
)
