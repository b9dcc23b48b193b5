"""Research that has no end."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.wording import has, listing


def check_research_without_timebox(look: Inspection) -> Iterator[Finding]:
    """Open research tasks without `timebox`, those of one milestone together."""
    for milestone in open_milestones(look.plan):
        tasks = [task for task in open_tasks(milestone) if task.kind == "research" and task.timebox is None]
        if tasks:
            names = listing([task.id for task in tasks])
            message = (
                f"{names} of {milestone.id} {has(len(tasks))} no timebox, so nothing says when the research stops."
            )
            hint = "add `timebox: 3d`: when it is used up, decide with what is known by then"
            related = tuple((task.place.at("id"), f"{task.id} has no timebox.") for task in tasks[1:])
            yield RULE.found(tasks[0].place.at("id"), message, hint, related)


RULE = Rule(
    "research-without-timebox",
    Level.ADVICE,
    "There is always more to find out; a box of time makes a decision out of research.",
    check_research_without_timebox,
)
