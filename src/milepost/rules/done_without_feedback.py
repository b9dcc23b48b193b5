"""A milestone that is done, and nobody has asked those who use it."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_done_without_feedback(look: Inspection) -> Iterator[Finding]:
    """Milestones done for some days without feedback about them or their tasks. Enablers have no users to ask."""
    told = {feedback.about for feedback in look.plan.feedback}
    for milestone in own_milestones(look.plan):
        if milestone.finish is None or milestone.dropped or milestone.value == "enabler":
            continue
        is_time = look.limits["limit"] < (look.today - milestone.finish).days <= look.limits["until"]
        if is_time and told.isdisjoint((milestone.ref, *(task.ref for task in milestone.tasks))):
            message = f"{milestone.id} was finished on {milestone.finish}, and no feedback on it is written down."
            hint = "ask somebody who uses it, then write a file in plan/feedback/ with "
            hint += f"`id`, `about: {milestone.id}`, `date`, `from` and `said`"
            yield RULE.found(milestone.place, message, hint)


RULE = Rule(
    "done-without-feedback",
    Level.ADVICE,
    "Whether a milestone was worth reaching, only those can say who use what it brought.",
    check_done_without_feedback,
    limits=(
        Limit("limit", 30, Measure.DAYS, "how long after the end feedback may take"),
        Limit("until", 180, Measure.DAYS, "how long after the end it is still worth asking"),
    ),
    timed=True,
)
