"""What is to be done, in which order, and when is each item likely to be reached?

Work in time gets its days from the levelled schedule: the order in which people can do it, by medians, so half of it
comes later. Work in points has no days of its own, so it is counted in sprints like the past ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from milepost.analyses.project import Project, build_project
from milepost.analyses.ranking import PRIORITIES, Piece, rank_open_work
from milepost.analyses.resampling import count_sprints
from milepost.analyses.sizes import Size, size_of, total_size, usual_unit
from milepost.analyses.sprints import Course
from milepost.analyses.velocity import SURE, Velocity, measure_velocity
from milepost.model.estimate import Unit
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import CycleError

_USUAL_LENGTH = 14  # days from one sprint to the next, where there is none yet


class Method(StrEnum):
    """How it was found when items are reached."""

    SCHEDULE = "levelled schedule"
    SPRINTS = "past sprints"
    CYCLE = "none: work waits for itself"
    NONE = "none: too few past sprints"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the backlog. `reached` is the day on which it is likely to begin, or the end of that sprint.

    `ends` is likely its last day. Both are None where nothing is known, because it or what it waits for has no
    estimate; `sprints` is how many it takes to get it done.
    """

    piece: Piece
    size: Size
    reached: date | None = None
    ends: date | None = None
    sprints: int | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """All open work in the plan's order. `likely` and `sure` are numbers of sprints for all of it."""

    entries: tuple[Waiting, ...]
    unit: Unit
    method: Method
    velocity: Velocity
    likely: int | None
    sure: int | None

    @property
    def total(self) -> Size:
        """All of it together."""
        return total_size(entry.size for entry in self.entries)

    @property
    def shares(self) -> Mapping[str | None, float]:
        """The share of effort of each priority, of what is estimated in the unit."""
        whole = self.total.measure(self.unit)
        groups = {one: [e.size for e in self.entries if e.piece.priority == one] for one in (*PRIORITIES, None)}
        return {one: total_size(sizes).measure(self.unit) / whole for one, sizes in groups.items() if whole and sizes}


def rank_backlog(plan: Plan, courses: Sequence[Course], today: date, seed: int = 0) -> Backlog:
    """The backlog as it stands on a day."""
    pieces = rank_open_work(plan)
    sizes = [size_of(piece.work, plan.calendar) for piece in pieces]
    unit = usual_unit(sizes)
    velocity = measure_velocity(courses, unit)
    amounts = list(accumulate(size.measure(unit) for size in sizes))
    whole = amounts[-1:] if amounts and amounts[-1] else []
    likely, sure = (count_sprints(velocity, whole, p, seed) for p in (0.5, SURE))
    entries = [Waiting(piece, size) for piece, size in zip(pieces, sizes, strict=True)]
    if unit is Unit.HOURS:
        method, entries = _by_schedule(plan, entries, today)
    else:
        counts = count_sprints(velocity, amounts, 0.5, seed)
        method = Method.SPRINTS if any(counts) else Method.NONE
        length = _length(courses)
        entries = [_by_sprint(*pair, unit, today, length) for pair in zip(entries, counts, strict=True)]
    return Backlog(tuple(entries), unit, method, velocity, likely[0] if likely else None, sure[0] if sure else None)


def _by_schedule(plan: Plan, entries: Sequence[Waiting], today: date) -> tuple[Method, list[Waiting]]:
    project = build_project(plan, today)
    try:
        levelled = level_network(project.network)
    except CycleError:
        return Method.CYCLE, list(entries)
    unknown = project.waiting_for(project.unsized)
    return Method.SCHEDULE, [_scheduled(one, project, levelled.start, levelled.finish, unknown) for one in entries]


def _scheduled(
    entry: Waiting, project: Project, starts: Sequence[float], finishes: Sequence[float], unknown: frozenset[Ref]
) -> Waiting:
    part = project.parts.get(entry.piece.ref)
    if part is None or entry.piece.ref in unknown:
        return entry
    begin = project.axis.day_of_start(min(starts[number] for number in part.starts))
    end = project.axis.day_of_finish(finishes[part.last])
    return Waiting(entry.piece, entry.size, entry.piece.work.started or begin, end)


def _by_sprint(entry: Waiting, count: int | None, unit: Unit, today: date, length: int) -> Waiting:
    if not count or not entry.size.measure(unit):
        return entry
    end = today + timedelta(days=min(count * length, (date.max - today).days))
    return Waiting(entry.piece, entry.size, end, end, count)


def _length(courses: Sequence[Course]) -> int:
    """Days from the end of one sprint to the end of the next, as the last two have it."""
    ends = [one.end for one in courses if one.is_over][-2:]
    return (ends[1] - ends[0]).days or _USUAL_LENGTH if len(ends) == 2 else _USUAL_LENGTH
