"""The work that is still ahead, and that a team wrote in our own format: only this can lack something."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.item import PLAN, Place
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task, Work
from milepost.rules.own import open_milestones


def open_promises(plan: Plan) -> Iterator[Milestone]:
    """Open milestones that others rely on."""
    return (one for one in open_milestones(plan) if one.commitment is Commitment.PROMISE)


def open_tasks(milestone: Milestone) -> list[Task]:
    """A milestone's tasks that are neither done, dropped nor `wont`."""
    return [task for task in milestone.tasks if _is_ahead(task)]


def open_work(plan: Plan) -> Iterator[tuple[Milestone, Work]]:
    """What effort goes into, with its milestone: open tasks, and open milestones that have no tasks."""
    for milestone in open_milestones(plan):
        works: list[Work] = [*open_tasks(milestone)] if milestone.tasks else [milestone]
        for work in works:
            yield milestone, work


def plan_place(plan: Plan) -> Place:
    """Where to say what concerns the plan as a whole: at its title, else at its first item."""
    if PLAN in plan.items:
        return plan.items[PLAN].place.at("title")
    return next(iter(plan.items.values())).place


def _is_ahead(work: Work) -> bool:
    return work.status.is_open and work.priority != "wont"
