"""How much work does the schedule give to whom in which week, and how much time do they have?

A person's load is for that person and their team. Whatever is published tells the team's as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.analyses.capacity import measure_working_time
from milepost.analyses.known import Known
from milepost.analyses.schedules.placement import level_project, place_project
from milepost.analyses.schedules.project import Load, Project, build_project, estimated_hours
from milepost.analyses.schedules.schedule import keep_order, require_days
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import CycleError, Pause, after_pauses, paused

NOBODY = ""  # work of people whom the plan does not name, each of whom does nothing else


@dataclass(frozen=True, slots=True)
class Week:
    """Days of work and of working time in the week that begins on a Monday. The first counts from today on."""

    monday: date
    work: float
    time: float


@dataclass(frozen=True, slots=True)
class Loads:
    """Everybody's load by week: by a levelled schedule, or by the earliest dates, where people may have too much."""

    people: Mapping[str, tuple[Week, ...]]  # by id; `NOBODY` for the unnamed
    is_levelled: bool
    unsized: tuple[Ref, ...]  # open work that counts as nothing
    point: Known | None = None  # hours of effort that a point was taken to be


def plan_load(
    plan: Plan, today: date, weeks: int, level: bool = False, base: Plan | None = None, point: Known | None = None
) -> Loads:
    """The load of each person by the schedule of a plan, from today on. `base` is a version whose order is kept.

    `point` is the hours of effort that a point takes this team. Raises CircleError, and MilepostError where the
    calendar has no working day.
    """
    project = build_project(plan, today, estimated_hours(plan.calendar, point))
    require_days(plan, project)
    keep = keep_order(base, today, point) if level and base else None
    placement = level_project(project, keep) if level else place_project(project)
    return Loads(measure_load(plan, project, placement.start, placement.finish, weeks), level, project.unsized, point)


def schedule_load(
    plan: Plan, today: date, weeks: int, point: Known | None = None
) -> dict[str, tuple[Week, ...]] | None:
    """The load of each person by the levelled schedule, from today on; None where work waits for itself."""
    project = build_project(plan, today, estimated_hours(plan.calendar, point))
    try:
        levelled = level_network(project.network)
    except CycleError:
        return None
    return measure_load(plan, project, levelled.start, levelled.finish, weeks)


def measure_load(
    plan: Plan, project: Project, starts: Sequence[float], finishes: Sequence[float], weeks: int
) -> dict[str, tuple[Week, ...]]:
    """The load of each person by id in so many weeks from the origin of the project on; `NOBODY` for the unnamed.

    `starts` and `finishes` are times of the project's activities, in working days. Work is spread evenly over the
    days on which it takes place.
    """
    today = project.axis.origin
    mondays = _mondays(today, weeks)
    work: dict[tuple[str, date], float] = {}
    for number, load in project.loads.items():
        person = load.person or NOBODY
        pauses = project.network.activities[number].pauses
        for day, share in _spread(project, starts[number], finishes[number], pauses, mondays):
            key = person, day - timedelta(days=day.weekday())
            work[key] = work.get(key, 0.0) + share * _effort(load, plan)
    time = {monday: _time(plan, max(monday, today), monday + timedelta(days=6)) for monday in mondays}
    names = [*project.people, *([NOBODY] if any(person == NOBODY for person, _ in work) else [])]
    return {
        person: tuple(Week(day, work.get((person, day), 0.0), time[day].get(person, 0.0)) for day in mondays)
        for person in names
    }


def team_load(loads: Mapping[str, Iterable[Week]]) -> tuple[Week, ...]:
    """The load of all who are named, as a whole."""
    weeks = zip(*(weeks for person, weeks in loads.items() if person != NOBODY), strict=True)
    return tuple(Week(group[0].monday, sum(w.work for w in group), sum(w.time for w in group)) for group in weeks)


def _mondays(today: date, weeks: int) -> list[date]:
    """The Mondays of so many weeks, the first that of today; fewer where all days there are come to an end."""
    first = today - timedelta(days=today.weekday())
    return [first + timedelta(weeks=number) for number in range(min(weeks, (date.max - first).days // 7))]


def _spread(
    project: Project, start: float, finish: float, pauses: Sequence[Pause], mondays: Sequence[date]
) -> Iterator[tuple[date, float]]:
    """The working days on which something takes place within some weeks, with the share of it that each has."""
    begin = after_pauses(start, pauses)
    length = finish - begin - paused(begin, finish, pauses)
    last = project.axis.end_of(mondays[-1] + timedelta(days=6)) if mondays else 0
    position = max(0, int(begin))
    while length > 0 and position < min(finish, last):
        low, high = max(begin, position), min(finish, position + 1)
        part = high - low - paused(low, high, pauses)
        day = project.axis.day_of_start(position)
        if day and part > 0:
            yield day, part / length
        position += 1


def _effort(load: Load, plan: Plan) -> float:
    """Days of effort that are left, by the middle."""
    return load.left.quantile(0.5) / plan.calendar.hours


def _time(plan: Plan, first: date, last: date) -> dict[str, float]:
    """Days of working time of each person."""
    found = measure_working_time(plan, first, last)
    return {person: hours / found.hours_a_day for person, hours in found.people.items()}
