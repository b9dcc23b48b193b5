"""Work that waits for something that will not come."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Status
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties, priorities


def check_dependency_dropped(look: Inspection) -> Iterator[Finding]:
    """Open work that depends on what was dropped, or is put off as `wont`."""
    for tie in open_ties(look.plan):
        if why := _why_not(tie):
            message = f"{tie.work.ref.id} depends on {tie.other.ref.id}, which {why}."
            hint = "remove the dependency, or depend on what replaces it"
            yield RULE.found(tie.place, message, hint)


def _why_not(tie: Tie) -> str:
    """Why the other will not come. What a must depends on has a rule of its own where it is put off."""
    for other in (tie.other, tie.other_milestone):
        if other.status is Status.DROPPED:
            return f"was dropped on {other.dropped}" if other.dropped else "was dropped"
    if tie.other.status is Status.DONE:
        return ""
    mine, theirs = priorities(tie)
    return "is put off (`priority: wont`)" if theirs == "wont" and mine != "must" else ""


RULE = Rule(
    "dependency-dropped",
    Level.WARNING,
    "What was given up will not be there: the work that needs it needs something else, or does not need it.",
    check_dependency_dropped,
)
