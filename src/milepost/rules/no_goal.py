"""A milestone that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_no_goal(look: Inspection) -> Iterator[Finding]:
    """Open milestones without `goal`, in a plan that has goals."""
    if not look.plan.goals:
        return
    for milestone in open_milestones(look.plan):
        if milestone.goal is None:
            message = f"{milestone.id} serves none of the plan's goals."
            hint = f"add `goal: {look.plan.goals[0].id}`, or ask whether it is needed at all"
            yield RULE.found(milestone.place.at("id"), message, hint)


RULE = Rule(
    "no-goal",
    Level.ADVICE,
    "The R of SMART: what serves no goal takes time from what does.",
    check_no_goal,
)
