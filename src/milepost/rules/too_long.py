"""A milestone that is too far away to steer by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.work import Milestone
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item, first_accepted
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count

_WRITTEN = "was first written down on"


def check_too_long(look: Inspection) -> Iterator[Finding]:
    """Open milestones with many weeks from their start to their date.

    The start is the day work began, else `not_before`, else, where history is at hand, the day it was first accepted;
    and not before what it waits for is there.
    """
    accepted = first_accepted(look.history) if look.history else {}
    ends = {one.ref: end for one in look.plan.milestones if (end := one.finish or (one.due.day if one.due else None))}
    weeks = look.limits["limit"]
    for milestone in open_milestones(look.plan):
        start = _started(milestone) or _earliest(look, milestone, accepted, ends)
        if start and milestone.due and milestone.due.day and (milestone.due.day - start[0]).days > weeks * 7:
            length = _length((milestone.due.day - start[0]).days)
            message = f"{milestone.id} {start[1]} {start[0]} and is due on {milestone.due.day}, {length} later."
            hint = f"split it: what can be there within {count(weeks, 'week')} becomes a milestone of its own"
            if start[1] == _WRITTEN:
                hint += "; or write the day on which work starts as `not_before`"
            yield RULE.found(milestone.place.at("due"), message, hint)


def _length(days: int) -> str:
    """`13 weeks`; in between `more than 12 weeks`, so that what is longer than a limit is never told as the limit."""
    weeks, rest = divmod(days, 7)
    return f"{'more than ' if rest else ''}{count(weeks, 'week')}"


def _started(milestone: Milestone) -> tuple[date, str] | None:
    """The day work on it began, and that in words."""
    started = [day for day in (milestone.started, *(task.started for task in milestone.tasks)) if day]
    return (min(started), "was started on") if started else None


def _earliest(
    look: Inspection, milestone: Milestone, accepted: Mapping[Ref, date], ends: Mapping[Ref, date]
) -> tuple[date, str] | None:
    """The earliest day on which work on it can begin, and why, in words."""
    days = [(ends[one.item], "waits until") for one in milestone.depends_on if one.type == "FS" and one.item in ends]
    if milestone.not_before:
        days.append((milestone.not_before, "starts on"))
    elif look.history:
        known = accepted_item(look.history, look.plan.items[milestone.ref])
        days += [(accepted[known.ref], _WRITTEN)] if known and known.ref in accepted else []
    return max(days, default=None)


RULE = Rule(
    "too-long",
    Level.ADVICE,
    "What takes longer than a quarter can't be steered by: that it is late shows only when it is too late.",
    check_too_long,
    limits=(Limit("limit", 12, Measure.WEEKS, "how long a milestone may take"),),
    uses_history=True,
)
