"""How much work was there, and how much of it was done, as time went by?

Scope is all work that is meant to be done, with the estimates of its day; what was dropped or won't be done is left
out from then on. Beside it stands the same work as each piece was first estimated: what lies between is what estimating
anew has brought. Work without an estimate is counted, never taken as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.analyses.daily import Daily, date_changes, replay_days, works_by_ref
from milepost.analyses.sizes import Size, size_of, total_size, usual_unit
from milepost.model.estimate import Unit
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Work

_MOST = 120  # days that are looked at


@dataclass(frozen=True, slots=True)
class Step:
    """The work of a plan at the end of a day, in hours or points. `unknown` pieces have no estimate in that unit."""

    day: date
    scope: float
    as_first: float  # the same work as it was first estimated
    done: float
    unknown: int


@dataclass(frozen=True, slots=True)
class Burnup:
    """How scope and done work went, oldest first, the last one today: a week apart, or more in a long history."""

    unit: Unit
    steps: tuple[Step, ...]


def measure_burnup(plan: Plan, history: History, today: date) -> Burnup:
    """The burn-up from the first accepted day on; without steps where nothing was ever accepted by today."""
    unit = usual_unit(size_of(work, plan.calendar) for work in works_by_ref(plan).values())
    days = _days(history, today)
    finishes = {ref: work.finish for ref, work in works_by_ref(plan).items()}
    firsts: dict[Ref, Size] = {}
    steps: list[Step] = []
    for version in replay_days(history, days):
        sizes = dict(_sizes(version))
        for ref, size in sizes.items():
            if not firsts.get(ref, Size()).measure(unit):
                firsts[ref] = size
        steps.append(_step(version.day, sizes, firsts, finishes, unit))
    return Burnup(unit, tuple(steps))


def _days(history: History, today: date) -> list[date]:
    """From the first accepted day on, ending today, in even steps of whole weeks."""
    first = next((day for day, _ in date_changes(history)), None)
    if first is None or first > today:
        return []
    weeks = -(-(today - max(first, date(1970, 1, 1))).days // 7)
    every = max(1, -(-weeks // _MOST))
    back = (today - timedelta(weeks=number) for number in range(0, weeks, every))
    return sorted({first, *(day for day in back if day > first)})


def _sizes(version: Daily) -> Iterator[tuple[Ref, Size]]:
    """The sizes of what is meant to be done, or was done: tasks, and milestones that have none."""
    names = {id(work): ref for ref, work in version.works.items()}
    for milestone in version.plan.milestones:
        works: Iterable[Work] = milestone.tasks or (milestone,)
        is_off = milestone.dropped or (milestone.priority == "wont" and not milestone.finish)
        for work in works:
            if work.finish or not (is_off or work.dropped or work.priority == "wont"):
                yield names[id(work)], size_of(work, version.plan.calendar)


def _step(
    day: date, sizes: Mapping[Ref, Size], firsts: Mapping[Ref, Size], finishes: Mapping[Ref, date | None], unit: Unit
) -> Step:
    done = {ref: size for ref, size in sizes.items() if (finish := finishes.get(ref)) and finish <= day}
    return Step(
        day=day,
        scope=total_size(sizes.values()).measure(unit),
        as_first=total_size(firsts[ref] for ref in sizes).measure(unit),
        done=total_size(done.values()).measure(unit),
        unknown=sum(not size.measure(unit) for size in sizes.values()),
    )
