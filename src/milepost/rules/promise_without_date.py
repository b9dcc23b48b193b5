"""A promise that does not say for when."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_work import open_promises
from milepost.rules.rule import Inspection, Rule


def check_promise_without_date(look: Inspection) -> Iterator[Finding]:
    """Open promises without `due`."""
    for milestone in open_promises(look.plan):
        if milestone.due is None:
            message = f"{milestone.id} is a promise without a date."
            hint = "add `due: 2027-03-15`, or write `commitment: target`"
            yield RULE.found(milestone.place.at("commitment"), message, hint)


RULE = Rule(
    "promise-without-date",
    Level.ERROR,
    "A promise is a date that others rely on; without one there is nothing to rely on.",
    check_promise_without_date,
)
