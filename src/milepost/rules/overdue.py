"""A date that has passed, and nobody says what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item, is_edited, last_touched
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_HINT = "write `finished: DATE` where it is done; otherwise a new `due`, and `because` for the reason"


def check_overdue(look: Inspection) -> Iterator[Finding]:
    """Open milestones whose due date has passed, and which nobody touched since, or not for some days.

    A word after the date buys time, not silence for ever. Without history all are named whose date has passed.
    """
    touched = last_touched(look.history) if look.history else {}
    for milestone in open_milestones(look.plan):
        day = milestone.due.day if milestone.due else None
        if day is None or day >= look.today:
            continue
        message = f"{milestone.id} was due on {day} and is {milestone.status}"
        if look.history is None:
            yield RULE.found(milestone.place.at("due"), f"{message}.", _HINT)
            continue
        said = _last_word(look, milestone, touched)
        if said <= day or look.today - said > timedelta(look.limits["limit"]):
            since = f"since {said}" if said > day else "since"
            yield RULE.found(milestone.place.at("due"), f"{message}, and nothing was said about it {since}.", _HINT)


def _last_word(look: Inspection, milestone: Milestone, touched: Mapping[Ref, date]) -> date:
    """The day on which somebody changed it last; today for what is not accepted yet."""
    assert look.history is not None
    item = look.plan.items[milestone.ref]
    known = accepted_item(look.history, item)
    if known is None or is_edited(look.history, item):
        return look.today
    return touched.get(known.ref, date.min)


RULE = Rule(
    "overdue",
    Level.ADVICE,
    "A date that has passed in silence tells everybody that the dates of this plan mean nothing.",
    check_overdue,
    limits=(Limit("limit", 14, Measure.DAYS, "how long a word about it after that date keeps the rule quiet"),),
    timed=True,
    uses_history=True,
)
