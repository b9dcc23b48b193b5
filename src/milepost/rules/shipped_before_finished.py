"""A milestone that is said to be out, and is not finished."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_milestones
from milepost.rules.rule import Inspection, Rule


def check_shipped_before_finished(look: Inspection) -> Iterator[Finding]:
    """Open milestones with `shipped`."""
    for milestone in own_milestones(look.plan):
        if milestone.shipped and milestone.status.is_open:
            message = f"{milestone.id} says what it brought under `shipped`, but it is {milestone.status}."
            hint = "write `finished: DATE` where it is done, or take `shipped` out until then"
            yield RULE.found(milestone.place.at("shipped"), message, hint)


RULE = Rule(
    "shipped-before-finished",
    Level.WARNING,
    "Either it is done and every forecast still counts it as work ahead, or people are thanked for what is not there.",
    check_shipped_before_finished,
)
