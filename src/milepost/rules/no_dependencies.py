"""A plan whose milestones have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_work import plan_place
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.ties import open_ties


def check_no_dependencies(look: Inspection) -> Iterator[Finding]:
    """Several open milestones, none of which depends on another one, whether done or open, nor any of their tasks."""
    number = sum(1 for _ in open_milestones(look.plan))
    is_tied = any(tie.milestone is not tie.other_milestone for tie in open_ties(look.plan))
    if number > look.limits["limit"] and not is_tied:
        message = f"None of the {number} open milestones of this plan depends on another one."
        hint = "add `depends_on: [ID]` where one needs what another brings; then a date that moves shows what it moves"
        yield RULE.found(plan_place(look.plan), message, hint)


RULE = Rule(
    "no-dependencies",
    Level.ADVICE,
    "Milestones seldom stand alone: a dependency that nobody wrote down is found on the day it breaks a date.",
    check_no_dependencies,
    (Limit("limit", 3, Measure.COUNT, "open milestones that may all stand alone"),),
)
