"""A risk that nobody has looked at for a long time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.risk import Risk
from milepost.rules.open_risks import open_risks
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_risk_review_overdue(look: Inspection) -> Iterator[Finding]:
    """Open risks that were looked at, by `reviewed` or in a review, but not for some days.

    A risk to milestones that are all over is left out; one that names none threatens the whole plan. What nobody ever
    looked at is left to the rule `risk-without-review`.
    """
    ahead, reviews = _open_work(look.plan), _reviews(look.plan)
    for risk in open_risks(look.plan):
        day = _looked_at(risk, reviews)
        is_ahead = not risk.threatens or not ahead.isdisjoint(risk.threatens)
        if day and is_ahead and (age := (look.today - day).days) > look.limits["limit"]:
            message = f"The risk {risk.id} was last looked at on {day}, {count(age, 'day')} ago."
            hint = (
                "look at it again: change what is no longer so, and write the day as `reviewed: DATE`,"
                f" or name it in a review: `risks_looked_at: [{risk.id}]`"
            )
            yield RULE.found(risk.place.at("reviewed" if risk.reviewed else "id"), message, hint)


def _open_work(plan: Plan) -> set[Ref]:
    """Open milestones, and all tasks of theirs."""
    ahead = [one for one in plan.milestones if one.status.is_open and one.priority != "wont"]
    return {ref for one in ahead for ref in (one.ref, *(task.ref for task in one.tasks))}


def _reviews(plan: Plan) -> dict[Ref, date]:
    """The day of the latest review that looked at the risks of each item, or at a risk itself."""
    days: dict[Ref, date] = {}
    for review in plan.reviews:
        for ref in review.risks_looked_at if review.date else ():
            days[ref] = max(review.date or date.min, days.get(ref, date.min))
    return days


def _looked_at(risk: Risk, reviews: dict[Ref, date]) -> date | None:
    days = [risk.reviewed, *(reviews.get(ref) for ref in (risk.ref, *risk.threatens))]
    return max((day for day in days if day), default=None)


RULE = Rule(
    "risk-review-overdue",
    Level.ADVICE,
    "A risk grows or goes away while nobody looks; its odds are worth what the last look at them is.",
    check_risk_review_overdue,
    limits=(Limit("limit", 60, Measure.DAYS, "how long ago the last look at an open risk may be"),),
    timed=True,
)
