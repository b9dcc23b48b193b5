"""A risk that nobody watches."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Rule


def check_risk_without_owner(look: Inspection) -> Iterator[Finding]:
    """Open risks without `owner`."""
    for risk in open_risks(look.plan):
        if risk.owner is None:
            message = f"Nobody watches the risk {risk.id} and sees to it that something is done."
            yield RULE.found(risk.place.at("id"), message, "add `owner: NAME`, one of the people of this plan")


RULE = Rule(
    "risk-without-owner",
    Level.ADVICE,
    "A risk that nobody watches is noticed when it has happened.",
    check_risk_without_owner,
)
