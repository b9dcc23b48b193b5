"""A range that says only that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.effort import comparable
from milepost.rules.open_work import open_work
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_estimate_too_wide(look: Inspection) -> Iterator[Finding]:
    """Open work whose estimate's upper end is more than ten times its lower one."""
    limit = look.limits["limit"]
    for _, work in open_work(look.plan):
        numbers = comparable(work.estimate, look.plan.calendar) if work.estimate else []
        if numbers and numbers[-1] > limit * numbers[0] > 0:
            times = round(numbers[-1] / numbers[0], 2)
            message = f"The most that {work.ref.id} may take is {times:,.15g} times the least ({work.estimate})."
            hint = "find out more first, with a task `kind: research` and a `timebox`, or split off what is known"
            yield RULE.found(work.place.at("estimate"), message, hint)


RULE = Rule(
    "estimate-too-wide",
    Level.ADVICE,
    "A range this wide says that the work is not understood yet, and makes every date behind it as wide.",
    check_estimate_too_wide,
    (Limit("limit", 10, Measure.COUNT, "how many times the least the most may be"),),
)
