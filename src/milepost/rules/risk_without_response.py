"""A risk about which nothing was decided."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Rule


def check_risk_without_response(look: Inspection) -> Iterator[Finding]:
    """Open risks without `response`."""
    for risk in open_risks(look.plan):
        if risk.response is None:
            message = f"Nothing was decided about the risk {risk.id} yet."
            hint = "add `response: mitigate`, or avoid, transfer or accept: living with it is a decision too"
            yield RULE.found(risk.place.at("id"), message, hint)


RULE = Rule(
    "risk-without-response",
    Level.ADVICE,
    "To know a risk and decide nothing is to accept it without saying so.",
    check_risk_without_response,
)
