"""What became of a sprint: which items it had when, and which of them were finished by its end?

Its items are those that accepted history gives: what it had at the end of its first day was committed, what came later
was added, what went was taken out. An item counts with the estimate that held when it came into the sprint, so that
estimating anew makes no sprint larger. It was finished in the sprint where its own date says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.analyses.capacity import WorkingTime, measure_working_time
from milepost.analyses.daily import Daily, date_changes, replay_days, works_by_ref
from milepost.analyses.sizes import Size, size_of, total_size
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.sprint import Sprint
from milepost.model.work import Work

_LONGEST = 366  # days; what is longer is a mistake, and would take long to count


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a sprint. `added` is None where it was committed, `removed` where it stayed in."""

    item: Ref
    size: Size
    added: date | None
    removed: date | None
    finished: date | None  # within the sprint
    dropped: date | None  # up to its end

    @property
    def is_left_over(self) -> bool:
        """Whether it was still to be done when the sprint ended."""
        return not (self.finished or self.dropped or self.removed)


@dataclass(frozen=True, slots=True)
class Course:
    """A sprint with dates, from its first day to its last, or to today. `time` is that of the people it had then."""

    sprint: Sprint
    start: date
    end: date
    is_over: bool
    entries: tuple[Entry, ...]
    time: WorkingTime

    @property
    def committed(self) -> Size:
        """What it began with."""
        return total_size(one.size for one in self.entries if not one.added)

    @property
    def finished(self) -> Size:
        """What was finished in it, added items included."""
        return total_size(one.size for one in self.entries if one.finished)


def follow_sprints(plan: Plan, history: History, today: date) -> tuple[Course, ...]:
    """All sprints of a plan that have begun by today, oldest first. Without dates nothing can be told of one."""
    begun = [one for one in plan.sprints if is_dated(one) and one.start and one.start <= today]
    changed: dict[Ref, set[date]] = {}
    for day, change in date_changes(history):
        if change.item.kind == "sprint":
            changed.setdefault(change.item, set()).add(day)
    looks = {one.ref: _days_to_look(one, sorted(changed.get(one.ref, ())), today) for one in begun}
    versions = {one.day: one for one in replay_days(history, (day for days in looks.values() for day in days))}
    courses = [_follow(one, [versions[day] for day in looks[one.ref]], plan, today) for one in begun]
    return tuple(sorted(courses, key=lambda course: (course.end, course.start, course.sprint.id)))


def is_dated(sprint: Sprint) -> bool:
    """Whether it has a first and a last day that a sprint can have: in order, and within a year."""
    return bool(sprint.start and sprint.end and 0 <= (sprint.end - sprint.start).days <= _LONGEST)


def _days_to_look(sprint: Sprint, changed: Sequence[date], today: date) -> list[date]:
    """Its first day, its last one so far, and those between on which it was changed."""
    start, end = sprint.start or today, min(sprint.end or today, today)
    if changed and changed[0] > end:  # it was only written down afterwards
        return [changed[0]]
    first = max(start, changed[0]) if changed else start
    return sorted({first, end, *(day for day in changed if first < day <= end)})


def _follow(sprint: Sprint, versions: Sequence[Daily], plan: Plan, today: date) -> Course:
    start, end = sprint.start or today, min(sprint.end or today, today)
    added: dict[Ref, date | None] = {}
    removed: dict[Ref, date] = {}
    sizes: dict[Ref, Size] = {}
    for number, version in enumerate(versions):
        items = version.sprints.get(sprint.ref, ())
        for item in items:
            added.setdefault(item, version.day if number else None)
            removed.pop(item, None)
            if item not in sizes or sizes[item].unknown:
                work = version.works.get(item)
                sizes[item] = size_of(work, version.plan.calendar) if work else Size(unknown=1)
        removed.update({item: version.day for item in added if item not in items and item not in removed})
    works = {**versions[-1].works, **works_by_ref(plan)}
    entries = (_entry(item, sizes[item], added[item], removed.get(item), works, (start, end)) for item in added)
    time = measure_working_time(versions[-1].plan, start, sprint.end or end)
    is_over = sprint.end is not None and sprint.end < today
    return Course(sprint, start, end, is_over, tuple(one for one in entries if one), time)


def _entry(
    item: Ref, size: Size, added: date | None, removed: date | None, works: Mapping[Ref, Work], span: tuple[date, date]
) -> Entry | None:
    """None for what was finished before the sprint began: it was no part of it."""
    start, end = span
    work = works.get(item)
    finished = work.finish if work else None
    if finished and finished < start:
        return None
    if finished and finished <= end and not (removed and removed < finished):
        return Entry(item, size, added, None, finished, None)
    dropped = work.dropped if work and work.dropped and work.dropped <= end else None
    return Entry(item, size, added, removed, None, dropped)
