"""A doubt that nobody can act on."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule

_DOUBT = 2  # of five, and whatever is below


def check_vote_without_comment(look: Inspection) -> Iterator[Finding]:
    """Votes of two or less on open milestones that say nothing."""
    for milestone in open_milestones(look.plan):
        for vote in milestone.votes:
            if vote.feasible <= _DOUBT and not vote.says:
                message = f"{vote.person} votes {vote.feasible} of 5 on {milestone.id} and does not say why."
                hint = f"write `{vote.person}: {{feasible: {vote.feasible}, says: what is in the way}}`"
                yield RULE.found(milestone.place.at("votes", vote.person), message, hint)


RULE = Rule(
    "vote-without-comment",
    Level.WARNING,
    "Whoever doubts a date knows something that the plan does not say yet.",
    check_vote_without_comment,
)
