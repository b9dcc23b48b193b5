"""Somebody with more work than time before what is due."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.analyses.known import Known
from milepost.analyses.points import open_in_points
from milepost.analyses.schedules.bottleneck import Bottleneck, find_bottlenecks
from milepost.analyses.schedules.project import build_project, estimated_hours
from milepost.model.finding import Finding, Level
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.scheduling.network import CycleError


def check_over_allocated(look: Inspection) -> Iterator[Finding]:
    """People who have more to do within a span than they have time in it, if all due dates are to hold.

    No order of the work helps against that. Estimates count with their median; what has none counts as nothing, and so
    do points where accepted history can't tell how long one takes.
    """
    sizing = estimated_hours(look.plan.calendar, _point(look))
    try:
        bottlenecks = find_bottlenecks(build_project(look.plan, look.today, sizing), look.plan)
    except CycleError:  # dependency-cycle says so
        return
    for one in bottlenecks:
        person = look.plan.person(one.person)
        if person and one.excess > look.limits["tolerance"]:
            message = f"To keep all due dates {person.id} has {_words(one)} from {one.first} to {one.last}."
            hint = (
                "`milepost schedule --level` shows what gets late: give work to others, leave some out, or move a date"
            )
            yield RULE.found(person.place, message, hint)


def _point(look: Inspection) -> Known | None:
    """How many hours a point takes this team; None where nothing open is in points, or there is no history."""
    if look.history is None or not open_in_points(look.plan):
        return None
    from milepost.analyses.forecasts.experience import gain_experience

    return gain_experience(look.plan, look.history).point


def _words(one: Bottleneck) -> str:
    """`14 d of work in the 10 working days`, with the time where that is less."""
    time = "" if abs(one.time - one.days) < 0.05 else f" and {round(one.time, 1):g} d of time"
    days = f"the {one.days} working days" if one.days > 1 else "the working day"
    return f"{round(one.work, 1):g} d of work{time} in {days}"


RULE = Rule(
    "over-allocated",
    Level.ADVICE,
    "When one person's work before a date is more than their time until then, no order of it keeps the date.",
    check_over_allocated,
    (Limit("tolerance", 1, Measure.WORKING_DAYS, "how much more work than time is let pass"),),
    timed=True,
    uses_history=True,
)
