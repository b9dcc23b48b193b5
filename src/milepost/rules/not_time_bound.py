"""A milestone that has no date."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_not_time_bound(look: Inspection) -> Iterator[Finding]:
    """Open milestones without `due`. Promises without one have a rule of their own."""
    for milestone in open_milestones(look.plan):
        if milestone.due is None and milestone.commitment is not Commitment.PROMISE:
            message = f"{milestone.id} is not due at any time, so nobody can see whether it is late."
            hint = "add `due: 2027-03-15`, a month (2027-04), a quarter (2027-Q2) or a release"
            yield RULE.found(milestone.place.at("id"), message, hint)


RULE = Rule(
    "not-time-bound",
    Level.ADVICE,
    "The T of SMART: a date, even a rough one, shows what comes first and what is late.",
    check_not_time_bound,
)
