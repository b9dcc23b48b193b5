"""A promise that nobody is told about."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_work import open_promises
from milepost.rules.rule import Inspection, Rule


def check_promise_informs_nobody(look: Inspection) -> Iterator[Finding]:
    """Open promises that name nobody under `raci.informed`."""
    for milestone in open_promises(look.plan):
        if not milestone.raci.informed:
            message = f"{milestone.id} is a promise and names nobody who is told when it moves."
            stakeholders = [person.id for person in look.plan.people if person.is_stakeholder]
            hint = f"add `raci: {{informed: [{stakeholders[0] if stakeholders else 'NAME'}]}}`: those who rely on it"
            yield RULE.found(milestone.place.at("commitment"), message, hint)


RULE = Rule(
    "promise-informs-nobody",
    Level.ADVICE,
    "Whoever relies on a date has to hear at once when it moves, not on the day itself.",
    check_promise_informs_nobody,
)
