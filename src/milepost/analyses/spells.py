"""How much of its owner's working time went by for each finished task?

The time between the days on which it was begun and finished, by what `works` said then and without absences; and of the
time before that, when its owner had nothing in hand, the days on which something could have been. Days on which several
tasks were in hand count in equal parts for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from milepost.model.calendar import Calendar, Span
from milepost.model.effort import FULL_TIME, working_share
from milepost.model.history import History
from milepost.model.item import Ref, Value
from milepost.model.people import Person
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task

_DAY = timedelta(days=1)
_EARLIEST = date.min + _DAY  # there is a day before it

#: Hours of work that a finished task was; 0 where nobody says.
Amount = Callable[[Task], float]


class Spell(NamedTuple):
    """A finished task: hours of work that it was, and hours of its owner's working time that went by for it."""

    work: float
    time: float


def find_spells(plan: Plan, history: History, amount: Amount) -> Iterator[Spell]:
    """The finished tasks that are known to have been some work, and to have been in hand between two days."""
    for owner, desk in _desks(plan, history).items():
        presence = _presence(plan.person(owner), plan.calendar, history)
        times = _divide(desk, presence, plan.calendar)
        for stint, time in zip(desk.stints, times, strict=True):
            work = amount(stint.task) if stint.task.finished else 0.0
            if work > 0 and time > 0:
                yield Spell(work, time)


class _Stint(NamedTuple):
    """A task from the day on which it was begun to the first day on which it was not in hand any more."""

    first: date
    end: date
    task: Task


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that somebody had in hand, and from when up to when each of their tasks could have been."""

    stints: list[_Stint] = field(default_factory=list)
    chances: list[tuple[date, date]] = field(default_factory=list)


def _desks(plan: Plan, history: History) -> dict[str, _Desk]:
    """The desk of each owner. Work that is nobody's is somebody's who does nothing else."""
    found: dict[str, _Desk] = {}
    ends = {work.ref: work.finish for work in plan.works()}
    for milestone in plan.milestones:
        inside = {task.ref for task in milestone.tasks}
        for task in milestone.tasks:
            if task.dropped or task.priority == "wont":
                continue
            desk = found.setdefault(task.owner or milestone.owner or f" {task.ref.id}", _Desk())
            if task.started and _EARLIEST <= task.started <= (task.finished or date.max):
                desk.stints.append(_Stint(task.started, _after(task.finished), task))
            begin = _ready(task, milestone, inside, ends, history)
            end = _after(task.finished or milestone.finish or milestone.dropped)
            if begin < end:
                desk.chances.append((begin, end))
    return found


def _ready(
    task: Task, milestone: Milestone, inside: set[Ref], ends: Mapping[Ref, date | None], history: History
) -> date:
    """The day from which on it could have been in hand, as far as accepted history and links tell."""
    changes = history.of(task.ref)
    links = task.depends_on
    if not any(link.item in inside for link in links):
        links += milestone.depends_on
    days = [changes[0].revision.day if changes else None, task.not_before, milestone.not_before]
    days += [_after(ends[link.item]) for link in links if link.type == "FS" and link.item in ends]
    ready = max((day for day in days if day), default=date.max)
    return max(_EARLIEST, min(ready, task.started or date.max))


class _Presence(NamedTuple):
    """Hours of working time that somebody has on a working day, by the day from which on; and when they are away."""

    hours: Mapping[date, float]
    away: tuple[Span, ...]


def _presence(person: Person | None, calendar: Calendar, history: History) -> _Presence:
    if person is None or person.is_stakeholder:
        return _Presence({date.min: calendar.hours}, ())
    hours = {
        day: calendar.hours * float(working_share(works if isinstance(works, str) else None, calendar) or FULL_TIME)
        for day, works in _works(person, history).items()
    }
    return _Presence(hours, person.away)


def _works(person: Person, history: History) -> dict[date, Value | None]:
    """What was said of their working time, by the day from which on. What was first said holds for all time before."""
    changes = history.of(person.ref)
    said = [(change.revision.day, change) for change in changes if change.field == "works" and change.revision.day]
    if not said:
        return {date.min: person.works}
    first = said[0][1]
    was_new = first.revision == changes[0].revision
    return {date.min: first.new if was_new else first.old, **{day: change.new for day, change in said}}


def _divide(desk: _Desk, presence: _Presence, calendar: Calendar) -> list[float]:
    """The hours that went by for each stint.

    They are read from a clock that runs slower the more stints there are at a time, and stands still while their owner
    is away or nothing could be in hand.
    """
    spans = _since_others(desk.stints)
    going = _steps((one.first, one.end) for one in desk.stints)
    chances = _steps([*desk.chances, *((one.first, one.end) for one in desk.stints)])
    away = _steps((span.first, _after(span.last)) for span in presence.away if span.first <= span.last)
    clock: dict[date, float] = {}
    time, rate, count, chance, absence, before = 0.0, 0.0, 0, 0, 0, date.min
    for day in sorted({*going, *chances, *away, *presence.hours}):
        if chance and not absence and day < date.max:
            time += calendar.working_days(before - _DAY, day - _DAY) * rate / max(count, 1)
        clock[day], before = time, day
        rate = presence.hours.get(day, rate)
        count, chance, absence = count + going.get(day, 0), chance + chances.get(day, 0), absence + away.get(day, 0)
    return [clock[end] - clock[first] for first, end in spans]


def _since_others(stints: Sequence[_Stint]) -> list[tuple[date, date]]:
    """From when to when the clock runs for each: from its first day, or from when those before it were over."""
    spans: dict[int, tuple[date, date]] = {}
    over: date | None = None
    for number in sorted(range(len(stints)), key=lambda number: stints[number][:2]):
        first, end, _ = stints[number]
        spans[number] = min(first, over or first), end
        over = max(over or end, end)
    return [spans[number] for number in range(len(stints))]


def _steps(spans: Iterable[tuple[date, date]]) -> dict[date, int]:
    """By how many more there are from a day on than before. A span goes up to the day before its second one."""
    steps: dict[date, int] = {}
    for first, end in spans:
        steps[first] = steps.get(first, 0) + 1
        steps[end] = steps.get(end, 0) - 1
    return steps


def _after(day: date | None) -> date:
    """The day after one, or after all days."""
    return day + _DAY if day and day < date.max else date.max
