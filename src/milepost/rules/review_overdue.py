"""A plan that was not reviewed together for too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.model.item import PLAN, Place
from milepost.rules.own import open_milestones, plan_place
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_review_overdue(look: Inspection) -> Iterator[Finding]:
    """Plans with open work whose last review is older than some days.

    A plan without any review is only named where it promises something, and counts from when it was first accepted.
    """
    milestones = list(open_milestones(look.plan))
    past = (review.date for review in look.plan.reviews if review.date and review.date <= look.today)
    last = max(past, default=None)
    if milestones and last and _age(look, last) > look.limits["limit"]:
        message = f"The plan was last reviewed on {last}, {count(_age(look, last), 'day')} ago."
        yield RULE.found(plan_place(look.plan, milestones[0].place), message, _hint(look.today))
    elif last is None and any(one.commitment is Commitment.PROMISE for one in milestones):
        yield from _never_reviewed(look, milestones[0].place)


def _age(look: Inspection, day: date | None) -> int:
    return (look.today - day).days if day else 0


def _never_reviewed(look: Inspection, place: Place) -> Iterator[Finding]:
    changes = look.history.of(PLAN) if look.history else ()
    first = next((change.revision.day for change in changes if change.revision.day), None)
    if _age(look, first) > look.limits["limit"]:
        message = f"The plan makes promises, and no review of it is written down since it began on {first}."
        yield RULE.found(plan_place(look.plan, place), message, _hint(look.today))


def _hint(today: date) -> str:
    return f"look at it together, then write plan/reviews/{today}.yaml with `id`, `date`, `attended` and `decisions`"


RULE = Rule(
    "review-overdue",
    Level.ADVICE,
    "Plans are kept true by looking at them together, again and again.",
    check_review_overdue,
    limits=(Limit("limit", 42, Measure.DAYS, "how old the last review may be"),),
    timed=True,
    uses_history=True,
)
