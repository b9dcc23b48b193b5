"""A sprint whose end is before its start."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.rule import Inspection, Rule


def check_sprint_ends_before_start(look: Inspection) -> Iterator[Finding]:
    """Sprints that end before the day they start on."""
    for sprint in look.plan.sprints:
        if sprint.start and sprint.end and sprint.end < sprint.start and sprint.place.path not in look.plan.foreign:
            message = f"The sprint {sprint.id} ends on {sprint.end}, before it starts on {sprint.start}."
            related = ((sprint.place.at("start"), "It starts here."),)
            yield RULE.found(sprint.place.at("end"), message, "correct one of the two dates", related)


RULE = Rule(
    "sprint-ends-before-start",
    Level.ERROR,
    "One of the two dates is wrong, and no work fits into the days between.",
    check_sprint_ends_before_start,
)
