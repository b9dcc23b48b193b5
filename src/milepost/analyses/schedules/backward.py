"""When must everything start at the latest, to reach a goal or a milestone on its date, and what if it is too late?

Counted back from that one date: other due dates have no say. What could be cut is named one after the other, each time
on the path that decides the end: first what could be left out, then what should not. Musts are never named, nor what
has no priority.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, inf

from milepost.analyses.known import Known
from milepost.analyses.schedules.placement import Name, Placement, level_project, place_project
from milepost.analyses.schedules.project import Project, build_project, estimated_hours
from milepost.analyses.schedules.schedule import require_days
from milepost.errors import UsageError
from milepost.model.due import Due
from milepost.model.item import Ref
from milepost.model.plan import Goal, Plan
from milepost.model.work import Milestone, Status, Work
from milepost.scheduling.critical import find_times
from milepost.scheduling.network import Network

_NOTHING = 1e-6  # working days: what is left of sums of fractions
_CUTTABLE = ("could", "should")


@dataclass(frozen=True, slots=True)
class Latest:
    """Until when some open work has to start and to be finished.

    Days are None beyond the calendar; so is the start of what has begun, or has no estimate. `room` is in working days,
    below 0 where it is too late; `overdue` says for how many the start is past.
    """

    item: Ref
    status: Status
    start: date | None
    finish: date | None
    room: float
    overdue: int
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Work that could be left out, and how many working days are then still missing."""

    item: Ref
    priority: str
    missing: int


@dataclass(frozen=True, slots=True)
class Backward:
    """What has to come before a date, the first start before the others.

    `missing` are the working days by which all of it does not fit, below 0 where there are days to spare; None where
    nothing is left to do. `left` are those that no cut can win. `point` is the hours of effort that a point was taken
    to be; None where nobody asked how long one takes.
    """

    target: Ref
    day: date
    is_levelled: bool
    works: tuple[Latest, ...]
    missing: int | None
    cuts: tuple[Cut, ...] = ()
    left: int = 0
    point: Known | None = None

    @property
    def unestimated(self) -> tuple[Ref, ...]:
        """Work that takes nobody knows how long: with it, less fits."""
        return tuple(work.item for work in self.works if not work.is_estimated)


def plan_backward(plan: Plan, today: date, target: Ref, level: bool = False, point: Known | None = None) -> Backward:
    """Everything that a goal or a milestone needs, counted back from its date.

    `point` is the hours of effort that a point takes this team. Raises UsageError where it has no date, or is reached
    already, and CircleError.
    """
    day = _day_of(plan, target)
    milestones = _milestones(plan, target)
    if not milestones:
        return Backward(target, day, level, (), None)
    project = build_project(plan, today, estimated_hours(plan.calendar, point))
    require_days(plan, project)
    question = _Question(plan, project, target, tuple(one.ref for one in milestones), day, level)
    whole = question.ask(frozenset(), None)
    cuts = tuple(question.cut(whole)) if whole.missing > 0 else ()
    return Backward(
        target=target,
        day=day,
        is_levelled=level,
        works=tuple(sorted(question.latest(whole), key=lambda one: (one.start or one.finish or date.max, one.item.id))),
        missing=whole.missing,
        cuts=cuts,
        left=max(0, cuts[-1].missing if cuts else whole.missing),
        point=point,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a plan without its `cuts` does against the date. `missing` days are below 0 where there are some to spare."""

    cuts: frozenset[Ref]
    project: Project
    placement: Placement
    last: int  # the activity that ends last of those that are asked about
    missing: int


@dataclass(frozen=True, slots=True)
class _Question:
    plan: Plan
    project: Project
    target: Ref
    milestones: tuple[Ref, ...]
    day: date
    level: bool

    def ask(self, cuts: frozenset[Ref], keep: Sequence[Name] | None) -> _Answer:
        """Places the plan, with the one date as the only deadline. What is cut takes no time, and keeps its place."""
        ends = {self.project.parts[ref].end for ref in self.milestones}
        deadline = float(self.project.axis.end_of(self.day))
        deadlines = [deadline if number in ends else inf for number in range(len(self.project.items))]
        project = replace(self.project, network=_without(self.project, cuts).with_deadlines(deadlines))
        placement = level_project(project, keep) if self.level else place_project(project)
        last = max(sorted(ends), key=lambda number: placement.finish[number])
        return _Answer(cuts, project, placement, last, ceil(placement.finish[last] - _NOTHING - deadline))

    def cut(self, answer: _Answer) -> Iterator[Cut]:
        """Leaves out one thing after the other, until the rest fits or nothing is left that may be cut."""
        while answer.missing > 0 and (found := self._least(answer)):
            ref, priority = found
            answer = self.ask(answer.cuts | {ref}, answer.placement.order or None)
            yield Cut(ref, priority, answer.missing)

    def _least(self, answer: _Answer) -> tuple[Ref, str] | None:
        """What to cut next: on the path to the end, the longest that could be left out, else that should not."""
        lengths: dict[Ref, float] = {}
        for number in answer.placement.find_path(answer.last):
            item = answer.project.items[number]
            lengths[item] = lengths.get(item, 0.0) + answer.project.network.activities[number].duration
        works = [
            (_CUTTABLE.index(priority), -lengths[work.ref], work.ref)
            for milestone, work in _works(self.plan)
            if lengths.get(work.ref, 0.0) > _NOTHING and (priority := self._priority(milestone, work)) in _CUTTABLE
        ]
        return (min(works)[2], _CUTTABLE[min(works)[0]]) if works else None

    def _priority(self, milestone: Milestone, work: Work) -> str:
        """A task's own priority, else its milestone's; what was asked for is not up for a cut as a whole."""
        whole = milestone.priority if milestone.ref != self.target else None
        own = work.priority if work.ref != self.target else None
        return own or whole or ""

    def latest(self, answer: _Answer) -> Iterator[Latest]:
        """The latest times of all open work that leads to the date."""
        project, placement = answer.project, answer.placement
        network = project.network.with_links(placement.chains)
        needed = network.leading_to(project.parts[ref].end for ref in self.milestones)
        times = find_times(network, inf, use_deadlines=True)
        for _, work in _works(self.plan):
            part = project.parts.get(work.ref)
            if part is None or part.end not in needed or work.finish:
                continue
            late_finish = times.late_finish[part.end]
            late_start = min(times.late_start[number] for number in part.starts)
            has_begun, is_estimated = work.started is not None, work.ref not in project.unsized
            is_told = is_estimated and not has_begun and late_start < inf
            yield Latest(
                item=work.ref,
                status=work.status,
                start=project.axis.day_of_start(late_start) if is_told else None,
                finish=project.axis.day_of_finish(late_finish) if late_finish < inf else None,
                room=round(late_finish - placement.finish[part.end], 6) + 0.0,
                overdue=0 if has_begun else max(0, ceil(-late_start - _NOTHING)),
                is_estimated=is_estimated,
            )


def _works(plan: Plan) -> Iterator[tuple[Milestone, Work]]:
    """What effort goes into: tasks, and milestones that have none."""
    for milestone in plan.milestones:
        for task in milestone.tasks:
            yield milestone, task
        if all(task.dropped or task.priority == "wont" for task in milestone.tasks):
            yield milestone, milestone


def _without(project: Project, cuts: frozenset[Ref]) -> Network:
    """The network with some work that takes no time. What waits for it still waits for what comes before it."""
    activities = project.network.activities
    changed = (
        replace(one, duration=0.0, release=min(0.0, one.release), needs=()) if item in cuts else one
        for one, item in zip(activities, project.items, strict=True)
    )
    return Network(tuple(changed), project.network.links, project.network.capacities)


def _day_of(plan: Plan, target: Ref) -> date:
    due = _due(plan, target)
    if due is None:
        if target.kind in ("goal", "milestone"):
            what, hint = f"{target.id} has no date", f"milepost set {target.id} due=DATE"
        else:
            whole = target.id.rpartition("/")[0] if target.kind == "task" else "ID"
            what, hint = f"{target.id} is a {target.kind}", f"milepost schedule --backward {whole}"
        raise UsageError(f"{what}: only from the date of a goal or a milestone can be counted back.", hint)
    if due.day is None:
        raise UsageError(f"{target.id} is due with {due.written}, which has no day in this plan.", "milepost check")
    return due.day


def _due(plan: Plan, target: Ref) -> Due | None:
    items: tuple[Goal | Milestone, ...] = (*plan.goals, *plan.milestones)
    return next((item.due for item in items if item.ref == target), None)


def _milestones(plan: Plan, target: Ref) -> list[Milestone]:
    """The open milestones that have to be reached: that one, or those of a goal and of all goals that serve it."""
    alone = (one for one in plan.milestones if one.ref == target)
    asked = plan.serving(target.id) if target.kind == "goal" else alone
    return [one for one in asked if one.status.is_open and one.priority != "wont"]
