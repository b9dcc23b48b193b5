"""A risk that something is done about, only not what."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Rule

_ACTIVE = ("avoid", "mitigate", "transfer")


def check_risk_without_mitigation(look: Inspection) -> Iterator[Finding]:
    """Open risks to avoid, mitigate or transfer that have no `mitigation`."""
    for risk in open_risks(look.plan):
        if risk.response in _ACTIVE and not risk.mitigation:
            message = f"The risk {risk.id} says {risk.response}, but not by what."
            hint = "add `mitigation: [{action: …, owner: NAME, due: DATE, probability: 10%}]`, or `response: accept`"
            yield RULE.found(risk.place.at("response"), message, hint)


RULE = Rule(
    "risk-without-mitigation",
    Level.WARNING,
    "A risk gets smaller by what somebody does on a day, not by the word for it.",
    check_risk_without_mitigation,
)
