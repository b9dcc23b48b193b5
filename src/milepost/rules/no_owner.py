"""A milestone that nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone
from milepost.rules.open_work import open_tasks, plan_place
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.wording import count


def check_no_owner(look: Inspection) -> Iterator[Finding]:
    """Open milestones without `owner`. Where a plan names nobody at all, this is said once."""
    unowned = [milestone for milestone in open_milestones(look.plan) if milestone.owner is None]
    if unowned and not look.plan.people:
        message = f"This plan names nobody, so nobody answers for {count(len(unowned), 'open milestone')}."
        hint = "add `people: {ada: {name: Ada Bright}}` here, and `owner: ada` to each milestone"
        yield RULE.found(plan_place(look.plan), message, hint)
        return
    for milestone in unowned:
        message = f"{milestone.id} has no owner, so nobody answers for it{_nameless(milestone)}."
        hint = f"add `owner: {_example(look)}`, the one person who answers for it"
        yield RULE.found(milestone.place.at("id"), message, hint)


def _nameless(milestone: Milestone) -> str:
    """What follows where work has no owner of its own either."""
    is_owned = milestone.tasks and all(task.owner for task in open_tasks(milestone))
    return "" if is_owned else ", and its work is planned as if somebody nameless did it"


def _example(look: Inspection) -> str:
    able = [person.id for person in look.plan.people if not person.is_stakeholder]
    return able[0] if able else "NAME"


RULE = Rule(
    "no-owner",
    Level.ADVICE,
    "What everybody is to see to, nobody does: exactly one person answers for a milestone.",
    check_no_owner,
)
