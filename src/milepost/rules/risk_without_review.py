"""A risk that was written down and never looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Rule


def check_risk_without_review(look: Inspection) -> Iterator[Finding]:
    """Open risks without `reviewed` that no review looked at either."""
    looked_at = {ref for review in look.plan.reviews for ref in review.risks_looked_at}
    for risk in open_risks(look.plan):
        if risk.reviewed is None and looked_at.isdisjoint((risk.ref, *risk.threatens)):
            message = f"Nobody has looked at the risk {risk.id} since it was written down."
            hint = "add `reviewed: DATE` with the day on which you last found it described rightly"
            yield RULE.found(risk.place.at("id"), message, hint)


RULE = Rule(
    "risk-without-review",
    Level.ADVICE,
    "Risks change: what is written once and not looked at again says what was true then.",
    check_risk_without_review,
)
