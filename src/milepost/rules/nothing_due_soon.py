"""A plan in which the next date is far away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from milepost.model.finding import Finding, Level
from milepost.rules.own import open_milestones, plan_place
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_nothing_due_soon(look: Inspection) -> Iterator[Finding]:
    """Plans with open milestones, none of them due within some weeks. What is overdue is due."""
    milestones = list(open_milestones(look.plan))
    weeks = look.limits["limit"]
    dues = sorted(
        (one.due.day, one.id) for one in look.plan.milestones if one.status.is_open and one.due and one.due.day
    )
    if milestones and not (dues and (dues[0][0] - look.today).days <= weeks * 7):
        first = f"the first is {dues[0][1]}, on {dues[0][0]}" if dues else "none has a date"
        message = f"No open milestone is due within the next {'week' if weeks == 1 else f'{weeks:g} weeks'}; {first}."
        yield RULE.found(plan_place(look.plan, milestones[0].place), message, _hint(look.today))


def _hint(today: date) -> str:
    soon = today + min(timedelta(weeks=4), date.max - today)
    return f"add a small first milestone that somebody gains from, with a `due` such as {soon}, in plan/milestones/"


RULE = Rule(
    "nothing-due-soon",
    Level.ADVICE,
    "A team that starts with something small and early learns early, and has something to show.",
    check_nothing_due_soon,
    limits=(Limit("limit", 6, Measure.WEEKS, "how far away the next date may be"),),
    timed=True,
)
