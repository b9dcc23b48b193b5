"""A must that rests on something which may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.item import Place
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import PRIORITIES, Tie, open_ties, priorities


def check_must_depends_on_lesser(look: Inspection) -> Iterator[Finding]:
    """Open musts that depend on an open should, could or wont. What has no priority is not judged."""
    for tie in open_ties(look.plan):
        mine, other = priorities(tie)
        if mine == "must" and other in PRIORITIES[1:] and tie.other.status.is_open:
            message = f"{tie.work.ref.id} is a must and depends on {tie.other.ref.id}, which is a {other}."
            hint = "make the other one a must, this one a lesser priority, or remove the dependency"
            yield RULE.found(tie.place, message, hint, ((_priority_place(tie), f"It is a {other} here."),))


def _priority_place(tie: Tie) -> Place:
    own = tie.other.priority == priorities(tie)[1]
    return (tie.other if own else tie.other_milestone).place.at("priority")


RULE = Rule(
    "must-depends-on-lesser",
    Level.ERROR,
    "When time runs short the lesser work is left out, and the must can't be done any more.",
    check_must_depends_on_lesser,
)
