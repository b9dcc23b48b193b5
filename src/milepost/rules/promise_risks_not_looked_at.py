"""A promise whose risks nobody has looked for."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.plan import Plan
from milepost.rules.open_work import open_promises
from milepost.rules.rule import Inspection, Rule


def check_promise_risks_not_looked_at(look: Inspection) -> Iterator[Finding]:
    """Open promises that no risk threatens, nor any of their tasks, and that no review has looked at for risks."""
    looked_at = _looked_at(look.plan)
    for milestone in open_promises(look.plan):
        if milestone.id not in looked_at:
            message = f"{milestone.id} is a promise, and nobody has written down what could go wrong with its own work."
            hint = (
                f"add a file risks/NAME.yaml with `threatens: [{milestone.id}]`, or name it under `risks_looked_at`"
                " of a review if none was found"
            )
            yield RULE.found(milestone.place.at("commitment"), message, hint)


def _looked_at(plan: Plan) -> set[str]:
    """Ids of milestones for which somebody asked what could go wrong."""
    named = [ref for risk in plan.risks for ref in risk.threatens]
    named += [ref for review in plan.reviews for ref in review.risks_looked_at if ref.kind != "risk"]
    return {ref.id.rpartition("/")[0] if ref.kind == "task" else ref.id for ref in named}


RULE = Rule(
    "promise-risks-not-looked-at",
    Level.ADVICE,
    "What could delay a promise is cheap to ask about before it is given, and dear afterwards.",
    check_promise_risks_not_looked_at,
)
