"""A date that has passed without a word."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item, is_edited, last_touched
from milepost.rules.rule import Inspection, Rule

_HINT = "write `finished: DATE` where it is done; otherwise a new `due`, and `because` for the reason"


def check_overdue(look: Inspection) -> Iterator[Finding]:
    """Open milestones whose due date has passed, and which nobody touched since.

    Without history all are named whose date has passed.
    """
    touched = last_touched(look.history) if look.history else {}
    for milestone in open_milestones(look.plan):
        day = milestone.due.day if milestone.due else None
        if day is None or day >= look.today:
            continue
        if look.history:
            item = look.plan.items[milestone.ref]
            known = accepted_item(look.history, item)
            if is_edited(look.history, item) or (known and known.ref in touched and touched[known.ref] > day):
                continue
        yield RULE.found(milestone.place.at("due"), _message(milestone, look), _HINT)


def _message(milestone: Milestone, look: Inspection) -> str:
    silent = ", and nothing was said about it since" if look.history else ""
    return f"{milestone.id} was due on {milestone.due.day if milestone.due else ''} and is {milestone.status}{silent}."


RULE = Rule(
    "overdue",
    Level.ADVICE,
    "A date that has passed in silence tells everybody that the dates of this plan mean nothing.",
    check_overdue,
    timed=True,
    uses_history=True,
)
