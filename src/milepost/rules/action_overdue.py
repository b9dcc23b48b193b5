"""What a review asked for, and nobody has done."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.agreed_work import overdue_parts
from milepost.rules.own import own_items
from milepost.rules.rule import Inspection, Rule

_HINT = "write `done: DATE` beside it, or a new `due`; or take it out, if nobody wants it any more"


def check_action_overdue(look: Inspection) -> Iterator[Finding]:
    """Actions of reviews that are not done, with a due date that has passed."""
    for item in own_items(look.plan, "review"):
        for place, message in overdue_parts(look.plan, item, "actions", "text", look.today):
            yield RULE.found(place, message, _HINT)


RULE = Rule(
    "action-overdue",
    Level.ADVICE,
    "A review changes something only through what is done after it.",
    check_action_overdue,
    timed=True,
)
