"""A milestone that does not say what will be true once it is reached."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_not_specific(look: Inspection) -> Iterator[Finding]:
    """Open milestones without `outcome`."""
    for milestone in open_milestones(look.plan):
        if milestone.outcome is None:
            message = f"{milestone.id} does not say what somebody will be able to do once it is reached."
            hint = "add `outcome: An invited person publishes a map without help`, in your users' terms"
            yield RULE.found(milestone.place.at("id"), message, hint)


RULE = Rule(
    "not-specific",
    Level.ADVICE,
    "The S of SMART: people who see a different end before them build different things.",
    check_not_specific,
)
