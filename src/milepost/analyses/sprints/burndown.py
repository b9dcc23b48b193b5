"""How much of a sprint is left, day by day? By accepted history, beside a steady pace from what was committed.

Work counts with the estimate that held on each day, and is done on the day that it names itself. What was committed,
plus what was added, less what was taken out, dropped and finished, plus what was estimated anew, is what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from milepost.analyses.capacity import working_days
from milepost.analyses.daily import Daily, date_changes, replay_days, works_by_ref
from milepost.analyses.sizes import Size, size_of, total_size, usual_unit
from milepost.analyses.sprints.course import Course, Entry
from milepost.model.estimate import Unit
from milepost.model.history import Change, History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Work


@dataclass(frozen=True, slots=True)
class Point:
    """What is left at the end of a working day, or of the last day; `left` is None for days that are still to come."""

    day: date
    steady: float
    left: float | None


@dataclass(frozen=True, slots=True)
class Burndown:
    """A sprint's work in `unit`, hours or points. The parts add up: `re_estimated` may be below 0."""

    unit: Unit
    committed: float
    points: tuple[Point, ...]
    added: float
    removed: float
    dropped: float
    finished: float
    left: float
    unknown: tuple[Ref, ...]  # items left to do with no estimate in this unit

    @property
    def re_estimated(self) -> float:
        """How much what is left is more than was said when it came into the sprint."""
        return self.left - (self.committed + self.added - self.removed - self.dropped - self.finished)


def measure_burndown(plan: Plan, history: History, course: Course, today: date) -> Burndown:
    """The burn-down of a sprint that has begun, up to its end or to today."""
    last = course.sprint.end or course.end
    days = list(working_days(plan.calendar, course.start, last)) or [last]
    days[-1] = max(days[-1], course.end)  # what is done on days off after the last working day counts too
    unit = usual_unit(entry.size for entry in course.entries)
    looked = [day for day in days if day <= today] + [course.end]
    works = works_by_ref(plan)
    left = {one.day: _left(course, one, works) for one in replay_days(history, looked)}
    committed = course.committed.measure(unit)
    points = (
        Point(day, committed * (1 - number / len(days)), left[day].measure(unit) if day <= today else None)
        for number, day in enumerate(days, start=1)
    )
    return Burndown(
        unit=unit, committed=committed, points=tuple(points),
        added=_sum(unit, (one for one in course.entries if one.added)),
        removed=_sum(unit, (one for one in course.entries if one.removed)),
        dropped=_sum(unit, (one for one in course.entries if one.dropped and not one.removed)),
        finished=_sum(unit, (one for one in course.entries if one.finished)),
        left=left[course.end].measure(unit),
        unknown=tuple(one.item for one in course.entries if one.is_left_over and not _is_known(one, works, plan, unit)),
    )  # fmt: skip


def changes_since(history: History, items: Iterable[Ref], since: date, until: date) -> tuple[Change, ...]:
    """What was accepted about some items in a span of days, newest first."""
    wanted = set(items)
    found = [change for day, change in date_changes(history) if since <= day <= until and change.item in wanted]
    return tuple(reversed(found))


def _left(course: Course, version: Daily, works: Mapping[Ref, Work]) -> Size:
    """What the sprint still had to do at the end of a day; its items' first estimates where there are no later ones."""
    first = {entry.item: entry.size for entry in course.entries}
    inside = version.sprints.get(course.sprint.ref)
    items = [one.item for one in course.entries if not one.added] if inside is None else inside
    return total_size(
        _size(version, item, first[item])
        for item in items
        if item in first and not _is_done(works.get(item, version.works.get(item)), version.day)
    )


def _size(version: Daily, item: Ref, first: Size) -> Size:
    work = version.works.get(item)
    size = size_of(work, version.plan.calendar) if work else Size(unknown=1)
    return first if size.unknown else size


def _is_done(work: Work | None, day: date) -> bool:
    finished = work.finish if work else None
    dropped = work.dropped if work else None
    return bool((finished and finished <= day) or (dropped and dropped <= day))


def _is_known(entry: Entry, works: Mapping[Ref, Work], plan: Plan, unit: Unit) -> bool:
    size = size_of(works[entry.item], plan.calendar) if entry.item in works else entry.size
    return bool(size.measure(unit) or entry.size.measure(unit))


def _sum(unit: Unit, entries: Iterable[Entry]) -> float:
    return total_size(entry.size for entry in entries).measure(unit)
