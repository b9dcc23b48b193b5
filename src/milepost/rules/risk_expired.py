"""A risk whose time is over, without a word on whether it happened."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.rule import Inspection, Rule

_HINT = "write `occurred: DATE` if it happened, `closed: DATE` if it did not, or a later `expires`"


def check_risk_expired(look: Inspection) -> Iterator[Finding]:
    """Risks past `expires` that neither occurred nor were closed."""
    for risk in look.plan.risks:
        if risk.place.path not in look.plan.foreign and risk.is_open and risk.expires and risk.expires < look.today:
            message = (
                f"The risk {risk.ref.id} was open until {risk.expires}, and nobody wrote down whether it happened."
            )
            yield RULE.found(risk.place.at("expires"), message, _HINT)


RULE = Rule(
    "risk-expired",
    Level.ADVICE,
    "How good a team is at seeing risks shows only where it says what became of them.",
    check_risk_expired,
    timed=True,
)
