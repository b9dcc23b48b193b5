"""A date for which more would have to be done in its time than this team ever did in as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import floor

from milepost.model.effort import to_hours
from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task
from milepost.rules.effort import median_days
from milepost.rules.open_work import open_work
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_Done = Sequence[tuple[date, float]]


def check_pace_never_seen(look: Inspection) -> Iterator[Finding]:
    """Dates until which more work is due than was ever finished in as many days.

    What is due is the estimated work of all open milestones that are due by then. What was finished is known from the
    dates of finished tasks, once there are enough, and for spans that are not longer than these go back.
    """
    done = _finished(look.plan)
    if len(done) < look.limits["least"]:
        return
    seen_for = (done[-1][0] - done[0][0]).days
    for milestone, due, days in _demands(look):
        span = (due - look.today).days + 1
        most = _most_in(done, span)
        if _tenths(days) > _tenths(most) and span <= seen_for:  # as it is told, or it would read as no more
            message = (
                f"By {due}, when {milestone.id} is due, {_words(days)} of work have to be done; "
                f"in as many days no more than {_words(most)} ever were."
            )
            yield RULE.found(milestone.place.at("due"), message, "make room: drop or move work, or move the date")


def _demands(look: Inspection) -> Iterator[tuple[Milestone, date, float]]:
    """Every date ahead, with the days of effort that are due until then."""
    effort: dict[Ref, float] = {}
    for milestone, work in open_work(look.plan):
        days = median_days(work.estimate, look.plan.calendar) if work.estimate else None
        effort[milestone.ref] = effort.get(milestone.ref, 0.0) + (days or 0.0)
    total = 0.0
    for milestone, due in sorted(_dated(look.plan), key=lambda pair: (pair[1], pair[0].id)):
        total += effort.get(milestone.ref, 0.0)
        if due >= look.today and effort.get(milestone.ref):
            yield milestone, due, total


def _dated(plan: Plan) -> Iterator[tuple[Milestone, date]]:
    return ((one, one.due.day) for one in open_milestones(plan) if one.due and one.due.day)


def _finished(plan: Plan) -> list[tuple[date, float]]:
    """The days on which tasks were finished, with the days of effort that they took, or were said to take."""
    found = ((task.finished, _days_taken(task, plan)) for task in plan.tasks() if task.finished and not task.dropped)
    return sorted((day, days) for day, days in found if day and days)


def _days_taken(task: Task, plan: Plan) -> float | None:
    hours = to_hours(task.actual, plan.calendar) if task.actual else None
    if hours:
        return float(hours) / plan.calendar.hours
    return median_days(task.estimate, plan.calendar) if task.estimate else None


def _most_in(done: _Done, span: int) -> float:
    """The most days of effort that were finished within so many days."""
    best = total = 0.0
    first = 0
    for day, days in done:
        total += days
        while (day - done[first][0]).days >= span:
            total -= done[first][1]
            first += 1
        best = max(best, total)
    return best


def _tenths(days: float) -> float:
    return floor(days * 10 + 0.5) / 10


def _words(days: float) -> str:
    return f"{_tenths(days):g} d"


RULE = Rule(
    "pace-never-seen",
    Level.ADVICE,
    "What a team never did in so much time, it is unlikely to do this time.",
    check_pace_never_seen,
    limits=(Limit("least", 8, Measure.COUNT, "how many tasks have to be finished before their pace says something"),),
    timed=True,
)
