"""A long way with nothing to be seen on it."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.effort import median_days
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count

_FEWEST = 2  # criteria of which one may be met before the end


def check_no_small_wins(look: Inspection) -> Iterator[Finding]:
    """Open milestones of more than four weeks of effort (P50) with no tasks and less than two measures."""
    limit = look.limits["limit"]
    for milestone in open_milestones(look.plan):
        days = median_days(milestone.estimate, look.plan.calendar) if milestone.estimate else None
        is_long = days is not None and days > limit * len(look.plan.calendar.workdays)
        if is_long and not milestone.tasks and len(milestone.measures) < _FEWEST:
            message = (
                f"{milestone.id} is likely to take more than {count(limit, 'week')} of effort ({milestone.estimate}),"
                " and nothing can be ticked off before its end."
            )
            hint = "add `tasks` for its first steps, or `measures` of which some can be met on the way"
            yield RULE.found(milestone.place.at("estimate"), message, hint)


RULE = Rule(
    "no-small-wins",
    Level.ADVICE,
    "Smaller wins on the way show that it goes forward, to the team and to those who wait.",
    check_no_small_wins,
    (Limit("limit", 4, Measure.WEEKS, "effort with nothing to tick off"),),
)
