"""What is to be done, in which order, and when is each item likely to be reached?

Where enough sprints are over, at their pace: every future sprint finishes what one of the past ones did, first things
first. Before that by a schedule that takes work in the same order, in which nobody is in two places. It reads estimates
and working time as a forecast does: by what became of earlier ones, where enough is known of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from milepost.analyses.remainder import measure_remainder
from milepost.analyses.schedules.project import Project, Sizing, build_project
from milepost.analyses.sizes import Size, size_left, total_size, usual_unit
from milepost.analyses.sprints.course import Course
from milepost.analyses.sprints.ranking import PRIORITIES, Piece, rank_open_work
from milepost.analyses.sprints.readiness import order_by_links
from milepost.analyses.sprints.resampling import FEWEST, count_sprints
from milepost.analyses.sprints.velocity import SURE, Velocity, measure_velocity
from milepost.model.distribution import Distribution
from milepost.model.estimate import Unit
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Work
from milepost.model.workdays import SOONEST
from milepost.scheduling.network import CycleError
from milepost.scheduling.placing import Placed, Placing

_USUAL_LENGTH = 14  # days from one sprint to the next, where there is none yet


class Method(StrEnum):
    """How it was found when items are reached."""

    SPRINTS = "past sprints"
    SCHEDULE = "schedule in this order"
    CYCLE = "none: work waits for itself"
    NONE = "none: points, and too few past sprints"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the backlog: when work on it is likely to begin, likely to end, and 80 % sure to have ended.

    None is what is not known: by the pace of sprints when it begins, by a schedule what is sure, and all of it where
    the item, or what it waits for, has no estimate. `place` counts from 1, in all of the backlog. `size` is what is
    left of it today.
    """

    place: int
    piece: Piece
    size: Size
    begins: date | None = None
    ends: date | None = None
    sure: date | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Open work in the plan's order. `likely` and `sure` are in how many sprints all of it is done."""

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


def rank_backlog(
    plan: Plan,
    courses: Sequence[Course],
    today: date,
    seed: int = 0,
    sizing: Sizing | None = None,
    focus: float = 1.0,
    is_asked: Callable[[Piece], bool] | None = None,
) -> Backlog:
    """The backlog as it stands on a day; of it only what is asked for, with the days that the whole gives it.

    `sizing` and `focus` are what is known of the team, as a forecast has them.
    """
    pieces = rank_open_work(plan)
    remainder = measure_remainder(plan, today, focus)
    sizes = [size_left(piece.work, piece.milestone, remainder) for piece in pieces]
    unit = usual_unit(sizes)
    velocity = measure_velocity(courses, unit)
    entries = [Waiting(*one) for one in zip(range(1, len(pieces) + 1), pieces, sizes, strict=True)]
    order = [piece.ref for piece in order_by_links(plan, pieces)]
    by_item = {piece.ref: size.measure(unit) for piece, size in zip(pieces, sizes, strict=True)}
    amounts = list(accumulate(by_item[ref] for ref in order))
    likely, sure = (count_sprints(velocity, amounts, p, seed) for p in (0.5, SURE))
    if velocity.n >= FEWEST and any(pace.finished for pace in velocity.paces):
        method, length = Method.SPRINTS, _length(courses)
        counts = dict(zip(order, zip(likely, sure, strict=True), strict=True))
        entries = [
            _paced(one, counts[one.piece.ref], today, length) if one.size.is_in(unit) else one for one in entries
        ]
    else:
        method, entries = _by_schedule(entries, build_project(plan, today, sizing and _estimated(sizing), focus=focus))
        if method is Method.SCHEDULE and unit is Unit.POINTS and not any(one.ends for one in entries):
            method = Method.NONE
    shown = tuple(one for one in entries if is_asked is None or is_asked(one.piece))
    last = max((order.index(one.piece.ref) for one in shown), default=None)
    return Backlog(
        shown,
        unit,
        method,
        velocity,
        *(counts[last] if counts and last is not None else None for counts in (likely, sure)),
    )


def _by_schedule(entries: Sequence[Waiting], project: Project) -> tuple[Method, list[Waiting]]:
    """Placed one after the other in this order, each as early as people and links allow."""
    places = {one.piece.ref: number for number, one in enumerate(entries)}
    try:
        placing = Placing(project.network)
        placed = placing.place(placing.sort([places.get(item, 0) for item in project.items]))
    except CycleError:
        return Method.CYCLE, list(entries)
    unknown = project.waiting_for(project.unsized)
    return Method.SCHEDULE, [_scheduled(one, project, placed, unknown) for one in entries]


def _estimated(sizing: Sizing) -> Sizing:
    """The same for what has an estimate: nothing else has a place in an order."""

    def size(work: Work, milestone: Milestone) -> Distribution | None:
        return sizing(work, milestone) if work.estimate else None

    return size


def _scheduled(entry: Waiting, project: Project, placed: Placed, unknown: frozenset[Ref]) -> Waiting:
    part = project.parts.get(entry.piece.ref)
    if part is None or entry.piece.ref in unknown:
        return entry
    begin = project.axis.day_of_start(min(placed.starts[number] for number in part.starts))
    end = project.axis.day_of_finish(max(placed.finishes[part.last], SOONEST))
    return replace(entry, begins=entry.piece.work.started or begin, ends=end)


def _paced(entry: Waiting, counts: tuple[int | None, int | None], today: date, length: int) -> Waiting:
    """The ends of the sprints by which it is done, if the first begins today; not before it may begin."""
    days = [day for day in (entry.piece.work.not_before, entry.piece.milestone.not_before) if day]
    likely, sure = (
        None
        if count is None
        else max(today + timedelta(days=min(count * length, (date.max - today).days)), *days, today)
        for count in counts
    )
    return replace(entry, ends=likely, sure=sure)


def _length(courses: Sequence[Course]) -> int:
    """Days from the end of one sprint to the end of the next, as the last two have it."""
    ends = [one.end for one in courses if one.is_over][-2:]
    return (ends[1] - ends[0]).days or _USUAL_LENGTH if len(ends) == 2 else _USUAL_LENGTH
