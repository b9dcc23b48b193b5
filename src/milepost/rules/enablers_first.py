"""A plan that begins with what nobody outside can use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from milepost.model.finding import Finding, Level
from milepost.model.work import Status, order_of
from milepost.rules.own import open_milestones, own_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import listing


def check_enablers_first(look: Inspection) -> Iterator[Finding]:
    """More than one enabler ahead of the first milestone of value, where nothing of value was reached yet.

    What comes first is the plan's own order: priority, then rank, then date, then id.
    """
    limit = int(look.limits["limit"])
    done = (one for one in own_milestones(look.plan) if one.status is Status.DONE)
    if any(milestone.value != "enabler" for milestone in done):
        return
    ahead = sorted(open_milestones(look.plan), key=order_of)
    first = list(takewhile(lambda milestone: milestone.value == "enabler", ahead))
    if len(first) > limit:
        names = listing([milestone.id for milestone in first])
        message = f"The plan begins with {names}, which only enable later work; users get nothing from them."
        hint = "bring a milestone with `value: user` forward, even a small one, or cut one out of these"
        related = tuple((milestone.place.at("value"), f"{milestone.id} is an enabler.") for milestone in first[1:])
        yield RULE.found(first[0].place.at("value"), message, hint, related)


RULE = Rule(
    "enablers-first",
    Level.WARNING,
    "What users can try early shows early whether it is the right thing; foundations laid for months show nothing.",
    check_enablers_first,
    (Limit("limit", 1, Measure.COUNT, "enablers that may come first"),),
)
