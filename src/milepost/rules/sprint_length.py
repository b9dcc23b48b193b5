"""A sprint that is no sprint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from milepost.model.calendar import Calendar
from milepost.model.finding import Finding, Level
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_sprint_length(look: Inspection) -> Iterator[Finding]:
    """Sprints shorter than one week or longer than four. A weekend left out at the end counts."""
    least, most = look.limits["least"], look.limits["most"]
    for sprint in look.plan.sprints:
        if sprint.start and sprint.end and sprint.start <= sprint.end and sprint.place.path not in look.plan.foreign:
            days = (sprint.end - sprint.start).days + 1
            if days > 7 * most or _with_days_off(look.plan.calendar, sprint.start, sprint.end) < 7 * least:
                length = f"{count(days, 'day')} long, not between {least:g} and {count(most, 'week')}"
                message = f"The sprint {sprint.id} is {length}."
                yield RULE.found(sprint.place.at("end"), message, "move `start` or `end`; two weeks suit most teams")


def _with_days_off(calendar: Calendar, start: date, end: date) -> int:
    """How many days long it is with the days after it on which nobody works in any week."""
    after = takewhile(lambda number: (end.weekday() + number) % 7 not in calendar.workdays, range(1, 7))
    return (end - start).days + 1 + len([*after])


RULE = Rule(
    "sprint-length",
    Level.WARNING,
    "Shorter than a week nothing gets finished, longer than four nobody is asked often enough.",
    check_sprint_length,
    (Limit("least", 1, Measure.WEEKS, "shortest sprint"), Limit("most", 4, Measure.WEEKS, "longest sprint")),
)
