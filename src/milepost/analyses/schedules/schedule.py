"""When can everything be done, how late may it start, and what decides that?

Dates are those of a plan whose estimates hold: the median of each, laid on the working days of the one who does it.
What has begun or ended is taken as it is. Nothing that waits for work without an estimate gets a date. Points are time
where it is known how long one takes this team.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.analyses.known import Known
from milepost.analyses.schedules.bottleneck import Bottleneck, find_bottlenecks
from milepost.analyses.schedules.placement import Name, Placement, find_order, level_project, place_project
from milepost.analyses.schedules.project import Project, build_project, estimated_hours
from milepost.analyses.schedules.rows import Row, RowWriter
from milepost.errors import MilepostError
from milepost.model.calendar import misread_keys
from milepost.model.item import PLAN, Ref
from milepost.model.plan import Plan
from milepost.model.work import Work
from milepost.model.workdays import SOONEST


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rows of all milestones, each followed by its tasks, those that end first before the others.

    `path` leads to `target`: the item that was asked about, else the milestone with the least float. `point` is the
    hours of effort that a point was taken to be; None where nobody asked how long one takes.
    """

    today: date
    is_levelled: bool
    horizon: date  # where the calendar ends
    rows: tuple[Row, ...]
    end: date | None  # of all that can be dated; None where that is nothing, or beyond the calendar
    target: Ref | None
    path: tuple[Ref, ...]
    bottlenecks: tuple[Bottleneck, ...]
    unnamed: frozenset[Ref]  # open work of which nobody knows who does it: it waits for nobody
    point: Known | None = None

    @property
    def milestones(self) -> tuple[Row, ...]:
        """The rows of milestones."""
        return tuple(row for row in self.rows if row.is_milestone)

    @property
    def late(self) -> tuple[Row, ...]:
        """Milestones that can't keep their due date, the latest first."""
        return tuple(sorted((row for row in self.milestones if row.days_late), key=lambda row: -row.days_late))

    def of(self, item: Ref) -> Row | None:
        """The row of an item; None for what is dropped or will not be done."""
        return next((row for row in self.rows if row.item == item), None)


def build_schedule(
    plan: Plan,
    today: date,
    level: bool = False,
    base: Plan | None = None,
    target: Ref | None = None,
    point: Known | None = None,
) -> Schedule:
    """The schedule of a plan on a day. `base` is an earlier version, whose order a levelled schedule keeps.

    `point` is the hours of effort that a point takes this team. Raises CircleError, and MilepostError where the
    calendar has no working day.
    """
    project = build_project(plan, today, estimated_hours(plan.calendar, point))
    require_days(plan, project)
    keep = keep_order(base, today, point) if level and base else None
    placement = level_project(project, keep) if level else place_project(project)
    still_open = [work for work in _works(plan) if work.ref in project.parts and not work.finish]
    target = target or _worst(project, placement, still_open)
    path = _path_to(target, project, placement, {work.ref for work in still_open}) if target else ()
    driving = path if level else _critical(project, placement, still_open)
    return Schedule(
        today=today,
        is_levelled=level,
        horizon=project.axis.horizon,
        rows=tuple(RowWriter(plan, project, placement).write(frozenset(driving))),
        end=project.axis.day_of_finish(_end(placement, still_open)),
        target=target,
        path=path,
        bottlenecks=find_bottlenecks(project, plan),
        unnamed=frozenset(load.item for load in project.loads.values() if load.person is None),
        point=point,
    )


def keep_order(base: Plan, today: date, point: Known | None = None) -> Sequence[Name] | None:
    """The order of a version's levelled schedule, for another one to keep; None where work waits for itself."""
    return find_order(build_project(base, today, estimated_hours(base.calendar, point)))


def _end(placement: Placement, still_open: list[Work]) -> float:
    """The end of all that can be told: not before today, where some of it is open."""
    is_open = any(work.ref not in placement.waits for work in still_open)
    return max(placement.end, SOONEST) if is_open else placement.end


def require_days(plan: Plan, project: Project) -> None:
    """Raises where there is no day on which anybody works, or it can't be understood which days are."""
    axis, own = project.axis, plan.items.get(PLAN)
    if misread := misread_keys(own.fields.get("calendar") if own else None):
        keys = " and ".join(f"calendar.{key}" for key in misread)
        raise MilepostError(f"{keys} can't be understood, so no date can be told.", "milepost check")
    if axis.day_of_start(0) is None:
        message = f"The calendar has no working day from {axis.origin} to {axis.horizon}, so no date can be told."
        raise MilepostError(message, "see workdays and closed under calendar in plan/milepost.yaml")


def _works(plan: Plan) -> Iterator[Work]:
    for milestone in plan.milestones:
        yield milestone
        yield from milestone.tasks


def _worst(project: Project, placement: Placement, works: list[Work]) -> Ref | None:
    """The milestone with the least float, of equals the one that ends last."""
    parts = [project.parts[one.ref] for one in works if one.ref.kind == "milestone" and one.ref not in placement.waits]
    if not parts:
        return None
    return min(parts, key=lambda one: (round(placement.total_float[one.end], 6), -placement.finish[one.end])).item


def _path_to(item: Ref, project: Project, placement: Placement, still_open: set[Ref]) -> tuple[Ref, ...]:
    """The open items that lead to one, each held by the one before it."""
    part = project.parts.get(item)
    if part is None or item in placement.waits:
        return ()
    items = [project.items[number] for number in placement.find_path(part.end)]
    return tuple(dict.fromkeys(one for one in items if one in still_open))


def _critical(project: Project, placement: Placement, works: list[Work]) -> list[Ref]:
    """The items of which any delay delays the last end, or breaks a due date."""
    return [work.ref for work in works if placement.is_critical(project.parts[work.ref].end)]
