"""The page of progress: how much work there was and how much is done, what sprints finished, what lies ahead by week.

The load is that of the team as a whole. Nobody's own load, absence or pace is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from milepost.analyses.burnup import Burnup, Step, measure_burnup
from milepost.analyses.known import Known
from milepost.analyses.schedules.load import Week, schedule_load, team_load
from milepost.analyses.sprints.course import follow_sprints
from milepost.analyses.sprints.velocity import FEWEST_FOR_RANGE, Pace, Velocity, measure_velocity
from milepost.model.calendar import Calendar
from milepost.model.estimate import Unit
from milepost.render.charts.burnup import Level, draw_burnup
from milepost.render.charts.columns import Amount, draw_columns
from milepost.render.points import points_words
from milepost.render.site.amounts import count
from milepost.render.site.material import Material
from milepost.render.words import MONTHS

_SPRINTS = 16  # that are drawn, the latest ones
_WEEKS = 13
_ROWS = 9
_FEWEST_PEOPLE = 3  # the load of fewer is the load of each


@dataclass(frozen=True, slots=True)
class WorkRow:
    """The burn-up in numbers."""

    day: date
    scope: str
    as_first: str
    done: str


@dataclass(frozen=True, slots=True)
class SprintRow:
    """What one sprint finished of what it committed."""

    id: str
    end: date
    finished: str
    committed: str


def progress_page(material: Material) -> Mapping[str, object]:
    """What the template of the page asks for."""
    calendar = material.plan.calendar
    burnup = measure_burnup(material.plan, material.history, material.today)
    courses = follow_sprints(material.plan, material.history, material.today)
    velocity = measure_velocity(courses, burnup.unit)
    weeks, why = _load(material)
    labels = {"scope": "all work", "first": "as first estimated", "done": "done"}
    return {
        "sentences": _sentences(burnup, calendar),
        "burnup": draw_burnup([_level(step, burnup.unit, calendar) for step in burnup.steps], labels),
        "unit": "points" if burnup.unit is Unit.POINTS else "days",
        "work_rows": _work_rows(burnup, calendar),
        "unknown": burnup.steps[-1].unknown if burnup.steps else 0,
        "has_sprints": bool(material.plan.sprints),
        "velocity": draw_columns([_pace(pace, velocity, calendar) for pace in velocity.paces[-_SPRINTS:]]),
        "sprint_rows": [_sprint_row(pace, velocity, calendar) for pace in reversed(velocity.paces[-_SPRINTS:])],
        "sprint_words": _spread_words(velocity, calendar),
        "load": draw_columns([Amount(_short(week.monday), week.work, week.time) for week in weeks]),
        "weeks": [(week, f"{week.work:.1f}", f"{week.time:.1f}") for week in weeks],
        "no_load": why,
        "in_points": points_words(material.plan, material.plan.items, _point(material)),
    }


def _load(material: Material) -> tuple[tuple[Week, ...], str]:
    """The team's weeks up to the last with work, or why there are none."""
    plan = material.plan
    people = [person for person in plan.people if not person.is_stakeholder]
    if len(people) < _FEWEST_PEOPLE:
        return (), "few" if people else "nobody"
    loads = schedule_load(plan, material.today, _WEEKS, _point(material))
    if loads is None:
        return (), "cycle"
    weeks = team_load(loads)
    busy = [number for number, week in enumerate(weeks, start=1) if week.work > 0.05]
    return (weeks[: max(busy)], "") if busy else ((), "idle")


def _point(material: Material) -> Known | None:
    """The hours of effort that a point takes, as the schedule has it."""
    return material.ahead.schedule.point if material.ahead.schedule else None


def _sentences(burnup: Burnup, calendar: Calendar) -> list[str]:
    """How far along the plan is, and how scope went."""
    if not burnup.steps or not burnup.steps[-1].scope:
        return []
    last, first = burnup.steps[-1], next(step for step in burnup.steps if step.scope)
    done, all_ = (_amount(number, burnup.unit, calendar) for number in (last.done, last.scope))
    unit = "point" if burnup.unit is Unit.POINTS else "day"
    are = "is" if 1 in (done, all_) else "are"
    sentences = [f"{done:g} of {count(all_, unit)} of listed work {are} done."]
    change = round(all_ - _amount(first.scope, burnup.unit, calendar), 1)
    if change:
        went = "grown" if change > 0 else "shrunk"
        sentences.append(f"The list has {went} by {count(abs(change), unit)} since work was first estimated.")
    return sentences


def _level(step: Step, unit: Unit, calendar: Calendar) -> Level:
    scope, first, done = (_amount(number, unit, calendar) for number in (step.scope, step.as_first, step.done))
    return Level(step.day, scope, first, done)


def _work_rows(burnup: Burnup, calendar: Calendar) -> list[WorkRow]:
    """The last day of each month, newest first; months in which nothing changed are left out."""
    last_of_month = list({(step.day.year, step.day.month): step for step in burnup.steps}.values())
    rows = [
        WorkRow(step.day, *(f"{_amount(n, burnup.unit, calendar):g}" for n in (step.scope, step.as_first, step.done)))
        for step in last_of_month
    ]
    told = [row for number, row in enumerate(rows) if not number or _says(row) != _says(rows[number - 1])]
    return told[::-1][:_ROWS]


def _says(row: WorkRow) -> tuple[str, str, str]:
    return row.scope, row.as_first, row.done


def _pace(pace: Pace, velocity: Velocity, calendar: Calendar) -> Amount:
    finished, committed = (_amount(n, velocity.unit, calendar) for n in (pace.finished, pace.committed))
    return Amount(_short(pace.end), finished, committed)


def _sprint_row(pace: Pace, velocity: Velocity, calendar: Calendar) -> SprintRow:
    finished, committed = (f"{_amount(n, velocity.unit, calendar):g}" for n in (pace.finished, pace.committed))
    return SprintRow(pace.id, pace.end, finished, committed)


def _spread_words(velocity: Velocity, calendar: Calendar) -> str:
    """The velocity with its spread, in a sentence; empty where no sprint is over."""
    if velocity.middle is None:
        return ""
    middle = _amount(velocity.middle, velocity.unit, calendar)
    unit = "point" if velocity.unit is Unit.POINTS else "day"
    if velocity.spread is None:
        return f"One sprint is over so far; it finished {count(middle, unit)} of work."
    low, high = (_amount(end, velocity.unit, calendar) for end in velocity.spread)
    which = "8 of 10" if velocity.n >= FEWEST_FOR_RANGE else "all"
    words = f"Half of {velocity.n} sprints finished {count(middle, unit)} of work or more"
    return f"{words}; {which} of them between {low:g} and {high:g}."


def _amount(number: float, unit: Unit, calendar: Calendar) -> float:
    return round(number if unit is Unit.POINTS else number / calendar.hours, 1) + 0.0


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
