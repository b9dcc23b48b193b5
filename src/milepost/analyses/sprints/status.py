"""Where does a sprint stand today? What is done, in progress, held up or waiting, and what changed lately?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.analyses.capacity import working_days
from milepost.analyses.daily import works_by_ref
from milepost.analyses.sizes import Size, size_of
from milepost.analyses.sprints.burndown import Burndown, changes_since, measure_burndown
from milepost.analyses.sprints.course import Course, Entry, follow_sprints, is_dated
from milepost.analyses.sprints.ranking import rank_open_work
from milepost.analyses.sprints.readiness import Readiness
from milepost.model.calendar import Calendar
from milepost.model.history import Change, History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.sprint import Sprint
from milepost.model.work import Blocker, Status, Work

_FARTHEST = 60  # days back in which a last working day is looked for


@dataclass(frozen=True, slots=True)
class Standing:
    """An item of a sprint as it stands. `work` is None where the plan has no such item any more."""

    item: Ref
    work: Work | None
    owner: str | None
    size: Size
    status: Status | None
    blocked: Blocker | None
    waits_for: tuple[Ref, ...]
    entry: Entry | None  # None while the sprint has not begun


@dataclass(frozen=True, slots=True)
class SprintStatus:
    """A sprint on a day: `day_number` of `days` working days, 0 before it begins. Changes are newest first."""

    sprint: Sprint
    today: date
    day_number: int
    days: int
    items: tuple[Standing, ...]
    gone: tuple[Entry, ...]  # taken out since the start
    burndown: Burndown | None  # None before it begins
    since: date
    changes: tuple[Change, ...]


def measure_status(plan: Plan, history: History, sprint: Sprint, today: date) -> SprintStatus:
    """The status of a sprint that has dates."""
    course = next((one for one in follow_sprints(plan, history, today) if one.sprint.ref == sprint.ref), None)
    start, end = sprint.start or today, sprint.end or today
    since = last_working_day(plan.calendar, today)
    gone = [one for one in course.entries if one.removed] if course else []
    items = tuple(dict.fromkeys(sprint.items))
    told = [sprint.ref, *items, *(one.item for one in gone)]
    return SprintStatus(
        sprint=sprint,
        today=today,
        day_number=len(list(working_days(plan.calendar, start, min(end, today)))),
        days=len(list(working_days(plan.calendar, start, end))),
        items=tuple(_stand(plan, items, course)),
        gone=tuple(gone),
        burndown=measure_burndown(plan, history, course, today) if course else None,
        since=since,
        changes=changes_since(history, told, since, today),
    )


def choose_sprint(sprints: Sequence[Sprint], today: date, is_over: bool) -> Sprint | None:
    """The sprint that is meant where none is named: the one that runs; else the next, else the last one.

    With `is_over` it is the one that ended last, today included; else the one that runs, else the next.
    """
    dated = sorted((one for one in sprints if is_dated(one)), key=lambda one: (one.end or today, one.id))
    over = [one for one in dated if one.end and (one.end <= today if is_over else one.end < today)]
    running = [one for one in dated if one not in over and one.start and one.start <= today]
    ahead = [one for one in dated if one not in over and one not in running]
    groups = [over[-1:], running[-1:], ahead[:1]] if is_over else [running[-1:], ahead[:1], over[-1:]]
    return next((group[0] for group in groups if group), None)


def last_working_day(calendar: Calendar, today: date) -> date:
    """The team's working day before today; the day before where there was none for two months."""
    days = (today - timedelta(days=back) for back in range(1, min(_FARTHEST, today.toordinal() - 1) + 1))
    return next(filter(calendar.is_working_day, days), today - timedelta(days=min(1, today.toordinal() - 1)))


def _stand(plan: Plan, items: Sequence[Ref], course: Course | None) -> Iterator[Standing]:
    works = works_by_ref(plan)
    answers_for = {one.ref: milestone.owner for milestone in plan.milestones for one in milestone.tasks}
    pieces = {piece.ref: piece for piece in rank_open_work(plan)}
    readiness = Readiness(plan, pieces.values())
    entries = {one.item: one for one in course.entries} if course else {}
    for item in items:
        work, piece = works.get(item), pieces.get(item)
        milestone = piece.milestone if piece else None
        finished_before = course and item not in entries and work and work.finish
        if finished_before:
            continue
        yield Standing(
            item=item,
            work=work,
            owner=(work.owner or answers_for.get(item)) if work else None,
            size=size_of(work, plan.calendar) if work else Size(unknown=1),
            status=work.status if work else None,
            blocked=(work.blocked or (milestone.blocked if milestone else None)) if work and piece else None,
            waits_for=readiness.waits_for(item) if piece else (),
            entry=entries.get(item),
        )
