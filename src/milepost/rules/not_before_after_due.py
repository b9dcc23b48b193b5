"""Work that may only start when it is already due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone, Work
from milepost.rules.own import own_work
from milepost.rules.rule import Inspection, Rule


def check_not_before_after_due(look: Inspection) -> Iterator[Finding]:
    """Open milestones and tasks whose `not_before` is after the day the milestone is due."""
    for milestone in own_work(look.plan):
        if isinstance(milestone, Milestone) and milestone.due and milestone.due.day and milestone.status.is_open:
            works: list[Work] = [milestone, *milestone.tasks]
            for work in works:
                if work.status.is_open and work.not_before and work.not_before > milestone.due.day:
                    yield _too_late(work, milestone, milestone.due.day)


def _too_late(work: Work, milestone: Milestone, due: date) -> Finding:
    message = f"{work.ref.id} can't start before {work.not_before} and is due on {due}."
    related = ((milestone.place.at("due"), f"The due date of {milestone.id} is here."),)
    return RULE.found(work.place.at("not_before"), message, "move `due` later or `not_before` earlier", related)


RULE = Rule(
    "not-before-after-due",
    Level.WARNING,
    "A date that can't be met by the plan's own words is not a plan.",
    check_not_before_after_due,
)
