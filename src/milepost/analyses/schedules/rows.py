"""What a schedule says of each item, in days of the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, inf

from milepost.analyses.schedules.placement import Placement
from milepost.analyses.schedules.project import Project
from milepost.analyses.sizes import Gap, gap_of
from milepost.model.due import Due
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status, Task, Work
from milepost.model.workdays import SOONEST

_NOTHING = 1e-6  # working days: what is left of sums of fractions


@dataclass(frozen=True, slots=True)
class Row:
    """One item on the schedule. A milestone spans its tasks, and ends when it is reached.

    Only where `is_dated` can dates be told; a day that is None then lies beyond the calendar, or was not written down.
    Late days and float, in working days, are those of what is left to do: None for what is done.
    """

    item: Ref
    status: Status
    person: str | None
    due: Due | None
    is_dated: bool
    start: date | None
    finish: date | None
    rest: date | None = None  # the day from which on the rest is done of what has begun
    late_start: date | None = None  # None for what has begun
    late_finish: date | None = None
    total_float: float | None = None
    free_float: float | None = None
    at_most: bool = False  # unestimated work that comes later may take some of the float
    is_driving: bool = False  # on the driving path; of a schedule that is not levelled: critical
    margin: int | None = None  # whole working days from the finish to the due date, below 0 where it is late
    gap: Gap | None = None
    waits_for: Ref | None = None  # unestimated work without which no date can be told
    is_work: bool = True  # a task, or a milestone that has none

    @property
    def is_milestone(self) -> bool:
        """Whether it is a milestone, and not a task."""
        return self.item.kind == "milestone"

    @property
    def days_late(self) -> int:
        """Working days from the due date to the finish; 0 where it is in time, or has no due date."""
        return max(0, -(self.margin or 0))

    @property
    def is_open(self) -> bool:
        """Whether something of it is left to do."""
        return self.status.is_open


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes what was placed as rows."""

    plan: Plan
    project: Project
    placement: Placement

    def write(self, driving: Collection[Ref]) -> Iterator[Row]:
        """Every milestone in the order of ends, each followed by its tasks in the order of starts."""
        milestones = [one for one in self.plan.milestones if one.ref in self.project.parts]
        for milestone in sorted(milestones, key=self._order):
            yield self._row(milestone, milestone, driving)
            for task in sorted(self._tasks(milestone), key=lambda one: self._start(one.ref)):
                yield self._row(task, milestone, driving)

    def _tasks(self, milestone: Milestone) -> list[Task]:
        return [task for task in milestone.tasks if task.ref in self.project.parts]

    def _order(self, milestone: Milestone) -> tuple[bool, float, str]:
        """What is dated by its end, then the rest by its due date."""
        end = self.project.parts[milestone.ref].end
        if milestone.ref in self.placement.waits:
            return True, self.project.network.activities[end].deadline, milestone.id
        return False, self.placement.finish[end], milestone.id

    def _start(self, item: Ref) -> float:
        return min(self.placement.start[number] for number in self.project.parts[item].starts)

    def _row(self, work: Work, milestone: Milestone, driving: Collection[Ref]) -> Row:
        end = self.project.parts[work.ref].end
        is_dated = work.ref not in self.placement.waits
        row = Row(
            item=work.ref,
            status=work.status,
            person=work.owner or milestone.owner,
            due=work.due if isinstance(work, Milestone) else None,
            is_dated=is_dated,
            start=self._first_day(work),
            finish=work.finish,
            gap=self._gap(work),
            waits_for=self.placement.waits.get(work.ref),
            is_work=work is not milestone or not self._tasks(milestone),
        )
        if work.finish or not is_dated:
            return row
        return replace(self._with_times(row, end), is_driving=work.ref in driving)

    def _with_times(self, row: Row, end: int) -> Row:
        place, axis = self.placement, self.project.axis
        has_begun = row.status is Status.IN_PROGRESS
        soonest = SOONEST if place.total_float[end] >= 0 else -inf
        starts = [place.late_start[number] for number in self.project.parts[row.item].starts]
        return replace(
            row,
            finish=axis.day_of_finish(max(place.finish[end], SOONEST)),
            rest=axis.day_of_start(place.start[end]) if has_begun and end in self.project.loads else None,
            late_start=None if has_begun else axis.day_of_start(min(starts)),
            late_finish=axis.day_of_finish(max(place.late_finish[end], soonest)),
            total_float=place.total_float[end],
            free_float=place.free_float[end],
            at_most=place.at_most[end],
            margin=self._margin(end) if row.due else None,
        )

    def _margin(self, end: int) -> int | None:
        deadline, finish = self.project.network.activities[end].deadline, max(self.placement.finish[end], SOONEST)
        return int(deadline) - ceil(finish - _NOTHING) if deadline < inf else None

    def _first_day(self, work: Work) -> date | None:
        """The day it began as it was written down, else the day it starts; None where neither can be told."""
        if isinstance(work, Milestone) and (tasks := self._tasks(work)):
            days = [work.started, *map(self._first_day, tasks)]
            return min((day for day in days if day), default=None)
        if work.started or work.finish:
            return work.started
        if self.placement.waits.get(work.ref, work.ref) != work.ref:
            return None
        return self.project.axis.day_of_start(self._start(work.ref))

    def _gap(self, work: Work) -> Gap | None:
        return gap_of(work.estimate, self.plan.calendar) if work.ref in self.project.unsized else None
