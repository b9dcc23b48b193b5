"""A promise that is more likely to be broken than kept."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.rules.prospects import expected_dates, promise_words
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_due_unlikely(look: Inspection) -> Iterator[Finding]:
    """Promises whose date is less than half likely, by the work that is left."""
    for milestone, outlook in expected_dates(look):
        if milestone.commitment is Commitment.PROMISE and (outlook.chance or 0.0) < look.limits["limit"]:
            hint = f"milepost forecast {milestone.id} says what drives it: move the date, or make room"
            yield RULE.found(milestone.place.at("due"), promise_words(milestone, outlook, look.limits["limit"]), hint)


RULE = Rule(
    "due-unlikely",
    Level.ADVICE,
    "Others build on a promise, so they should hear early that it is more likely to be broken than kept.",
    check_due_unlikely,
    limits=(Limit("limit", 0.5, Measure.SHARE, "how likely the date of a promise has to be"),),
    timed=True,
    uses_history=True,
)
