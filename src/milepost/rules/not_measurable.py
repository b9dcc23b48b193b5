"""A milestone that nobody can see to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_not_measurable(look: Inspection) -> Iterator[Finding]:
    """Open milestones without `measures`."""
    for milestone in open_milestones(look.plan):
        if not milestone.measures:
            message = f"{milestone.id} does not say by what anybody can see that it is reached."
            hint = "add `measures: [8 of 10 testers publish unaided]`, two or three that can be ticked off"
            yield RULE.found(milestone.place.at("id"), message, hint)


RULE = Rule(
    "not-measurable",
    Level.ADVICE,
    "The M of SMART: without criteria a milestone is done when somebody says so, and never quite.",
    check_not_measurable,
)
