"""A promise that rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_work import open_promises
from milepost.rules.rule import Inspection, Rule


def check_no_evidence(look: Inspection) -> Iterator[Finding]:
    """Open promises without `achievable`. Dates that nobody relies on yet may be hopes."""
    for milestone in open_promises(look.plan):
        if milestone.achievable is None:
            message = f"{milestone.id} is a promise and does not say why it can be kept."
            hint = (
                "add `achievable: The importer spike ran end to end on three real data sets.`, or what makes you sure"
            )
            yield RULE.found(milestone.place.at("commitment"), message, hint)


RULE = Rule(
    "no-evidence",
    Level.ADVICE,
    "The A of SMART: before others rely on a date, something should show that it can be done.",
    check_no_evidence,
)
