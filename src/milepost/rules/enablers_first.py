"""A plan that begins with what nobody outside can use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone, Status
from milepost.rules.own import open_milestones, own_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import listing


def check_enablers_first(look: Inspection) -> Iterator[Finding]:
    """More than one enabler ahead of the first milestone of value, where nothing of value was reached yet."""
    limit = int(look.limits["limit"])
    done = (one for one in own_milestones(look.plan) if one.status is Status.DONE)
    if any(milestone.value != "enabler" for milestone in done):
        return
    ahead = sorted(open_milestones(look.plan), key=_order)
    first = list(takewhile(lambda milestone: milestone.value == "enabler", ahead))
    if len(first) > limit:
        names = listing([milestone.id for milestone in first])
        message = f"The plan begins with {names}, which only enable later work; users get nothing from them."
        hint = "bring a milestone with `value: user` forward, even a small one, or cut one out of these"
        related = tuple((milestone.place.at("value"), f"{milestone.id} is an enabler.") for milestone in first[1:])
        yield RULE.found(first[0].place.at("value"), message, hint, related)


def _order(milestone: Milestone) -> tuple[date, int, str]:
    """By date, then rank, then id; what has no date or rank comes last."""
    day = milestone.due.day if milestone.due else None
    return day or date.max, milestone.rank if milestone.rank is not None else 10**9, milestone.id


RULE = Rule(
    "enablers-first",
    Level.WARNING,
    "What users can try early shows early whether it is the right thing; foundations laid for months show nothing.",
    check_enablers_first,
    (Limit("limit", 1, Measure.COUNT, "enablers that may come first"),),
)
