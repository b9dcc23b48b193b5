"""A risk that nobody can weigh."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Rule
from milepost.rules.wording import listing

_EXAMPLES = {
    "probability": "`probability: 30%`",
    "impact": "`impact: 5d..15d` (working days of delay)",
    "threatens": "`threatens: [MILESTONE]`",
}


def check_risk_without_odds(look: Inspection) -> Iterator[Finding]:
    """Open risks that lack `probability`, `impact` or `threatens`, so that nobody can weigh them."""
    for risk in open_risks(look.plan):
        given = {"probability": risk.probability is not None, "impact": risk.impact, "threatens": risk.threatens}
        missing = [key for key, value in given.items() if not value]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            keys = listing([f"`{key}`" for key in missing])
            message = f"The risk {risk.id} can't be weighed against others: {keys} {verb} missing."
            yield RULE.found(risk.place.at("id"), message, f"add {listing([_EXAMPLES[key] for key in missing])}")


RULE = Rule(
    "risk-without-odds",
    Level.ADVICE,
    "With a rough probability and delay a risk is part of every date's chance; a rough figure is far better than none.",
    check_risk_without_odds,
)
