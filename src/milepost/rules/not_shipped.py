"""A milestone that was reached, and nobody was told."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_HINT = "add `shipped: {note: what people can do now, thanks: [those who did it]}`; it appears on the site's first page"


def check_not_shipped(look: Inspection) -> Iterator[Finding]:
    """Milestones that were finished some days ago and have no `shipped`."""
    for milestone in own_milestones(look.plan):
        if milestone.finish and not milestone.dropped and not milestone.shipped:
            days = (look.today - milestone.finish).days
            if look.limits["limit"] < days <= look.limits["until"]:
                message = f"{milestone.id} was finished on {milestone.finish}, and nobody was told what it brought."
                yield RULE.found(milestone.place, message, _HINT)


RULE = Rule(
    "not-shipped",
    Level.ADVICE,
    "What was reached deserves to be shown, and those who did it to be thanked.",
    check_not_shipped,
    limits=(
        Limit("limit", 14, Measure.DAYS, "how long after the end the note may take"),
        Limit("until", 180, Measure.DAYS, "how long after the end it is still news"),
    ),
    timed=True,
)
