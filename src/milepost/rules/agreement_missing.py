"""A promise to which somebody whom it consults never agreed."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.rules.agreements import given_agreements
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_agreement_missing(look: Inspection) -> Iterator[Finding]:
    """Open promises whose `consulted` are not all named as having agreed in some review."""
    given = given_agreements(look.plan)
    for milestone in open_milestones(look.plan):
        if milestone.commitment is Commitment.PROMISE:
            missing = [who for who in milestone.raci.consulted if (who, milestone.ref) not in given]
            if missing:
                names = " and ".join(str(look.plan.person_name(who)) for who in missing)
                message = f"{milestone.id} is promised, and no review says that {names} agreed."
                agreed = ", ".join(f"{{who: {who}, about: [{milestone.id}]}}" for who in missing)
                hint = f"ask them, and write into a review: `agreed: [{agreed}]`"
                yield RULE.found(milestone.place.at("raci", "consulted"), message, hint)


RULE = Rule(
    "agreement-missing",
    Level.ADVICE,
    "A promise that is made over the heads of those whom it concerns does not hold.",
    check_agreement_missing,
)
