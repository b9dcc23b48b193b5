"""A milestone that nobody has looked at for a long time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item, is_edited, last_touched
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_stale(look: Inspection) -> Iterator[Finding]:
    """Open milestones that neither a change of theirs or of their tasks, nor a review, has touched for some days.

    Those whose date has passed are left to the rule `overdue`.
    """
    if look.history is None:
        return
    touched, reviewed = last_touched(look.history), _reviewed(look.plan)
    for milestone in open_milestones(look.plan):
        if milestone.due and milestone.due.day and milestone.due.day < look.today:
            continue
        days = [reviewed.get(milestone.ref, date.min), *_touches(look, milestone, touched)]
        if (look.today - max(days)).days > look.limits["limit"]:
            ago = count(_age(look, max(days)), "day")
            message = f"Nothing has been said about {milestone.id} since {max(days)}, {ago} ago."
            hint = (
                f"look at it: change what is no longer so, or name it in a review: `risks_looked_at: [{milestone.id}]`"
            )
            yield RULE.found(milestone.place, message, hint)


def _age(look: Inspection, day: date) -> int:
    return (look.today - day).days


def _touches(look: Inspection, milestone: Milestone, touched: dict[Ref, date]) -> Iterator[date]:
    """The days on which it and its tasks were touched; today for what is edited and not accepted yet."""
    assert look.history is not None
    for ref in (milestone.ref, *(task.ref for task in milestone.tasks)):
        item = look.plan.items[ref]
        known = accepted_item(look.history, item)
        if known is None or is_edited(look.history, item):
            yield look.today
        else:
            yield touched.get(known.ref, look.today)


def _reviewed(plan: Plan) -> dict[Ref, date]:
    """The day of the latest review that names each item."""
    days: dict[Ref, date] = {}
    for review in plan.reviews:
        agreed = (ref for agreement in review.agreed for ref in agreement.about)
        for ref in (*agreed, *review.risks_looked_at):
            if review.date:
                days[ref] = max(review.date, days.get(ref, review.date))
    return days


RULE = Rule(
    "stale",
    Level.ADVICE,
    "A plan that nobody looks at any more is wrong by now, and nobody knows where.",
    check_stale,
    limits=(Limit("limit", 60, Measure.DAYS, "how long nothing may be said about an open milestone"),),
    timed=True,
    needs_history=True,
)
