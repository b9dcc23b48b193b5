"""A date that rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule

_SURE = "add `achievable: The importer spike ran end to end on three real data sets.`, or what makes you sure"
_HOPE = "; or write `commitment: tentative` while it is a hope"


def check_no_evidence(look: Inspection) -> Iterator[Finding]:
    """Open promises, and targets with a date, without `achievable`. What is tentative may be a hope."""
    for milestone in open_milestones(look.plan):
        if milestone.achievable is None and _is_relied_on(milestone):
            is_promise = milestone.commitment is Commitment.PROMISE
            says = (
                "a promise and does not say why it can be kept"
                if is_promise
                else "a target and does not say why it can be reached by then"
            )
            written = "commitment" in look.plan.items[milestone.ref].fields
            place = milestone.place.at("commitment" if written else "due")
            yield RULE.found(place, f"{milestone.id} is {says}.", _SURE if is_promise else _SURE + _HOPE)


def _is_relied_on(milestone: Milestone) -> bool:
    """Whether somebody may count on it. A target without a date says nothing yet that could fail to come."""
    is_target = milestone.commitment is Commitment.TARGET and milestone.due is not None
    return milestone.commitment is Commitment.PROMISE or is_target


RULE = Rule(
    "no-evidence",
    Level.ADVICE,
    "The A of SMART: before others rely on a date, something should show that it can be done;"
    " a tentative one is left alone, because nobody is to rely on it yet.",
    check_no_evidence,
)
