"""A promise that is likely to be kept, and not sure enough."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.rules.prospects import expected_dates, promise_words
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_LIKELY = 0.5  # below, `due-unlikely` speaks


def check_due_at_risk(look: Inspection) -> Iterator[Finding]:
    """Promises whose date is at least half likely, but less than 80 %, by the work that is left."""
    for milestone, outlook in expected_dates(look):
        chance = outlook.chance or 0.0
        if milestone.commitment is Commitment.PROMISE and _LIKELY <= chance < look.limits["limit"]:
            hint = f"milepost forecast {milestone.id} says what drives it, and what would have to start when"
            yield RULE.found(milestone.place.at("due"), promise_words(milestone, outlook, look.limits["limit"]), hint)


RULE = Rule(
    "due-at-risk",
    Level.ADVICE,
    "A promise that holds four times out of five is one that people can plan with.",
    check_due_at_risk,
    limits=(Limit("limit", 0.8, Measure.SHARE, "how likely the date of a promise should be"),),
    timed=True,
    uses_history=True,
)
