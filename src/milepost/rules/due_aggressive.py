"""A date that leaves much less time than the work is likely to take."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.prospects import expected_dates
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_due_aggressive(look: Inspection) -> Iterator[Finding]:
    """Dates that leave less than three quarters of the working time that is as likely too little as too much."""
    calendar = look.plan.calendar
    for milestone, outlook in expected_dates(look):
        middle, due = outlook.days[0.5], milestone.due.day if milestone.due else None
        if due is None or middle.position is None:
            continue
        left = calendar.working_days(look.today, due) + calendar.is_working_day(look.today)
        if left < look.limits["limit"] * middle.position:
            even = (
                f"{middle.day} is as likely too early as too late" if middle.day else "its work takes longer than that"
            )
            message = f"{milestone.id} is due on {due}, in {count(left, 'working day')}; {even}."
            hint = f"milepost forecast {milestone.id} says what drives it: a later date, or less work"
            yield RULE.found(milestone.place.at("due"), message, hint)


RULE = Rule(
    "due-aggressive",
    Level.ADVICE,
    "A date that almost everything has to go right for is a wish; those who plan with it should know that.",
    check_due_aggressive,
    limits=(Limit("limit", 0.75, Measure.SHARE, "how much of the time that is even odds a date has to leave"),),
    timed=True,
    uses_history=True,
)
