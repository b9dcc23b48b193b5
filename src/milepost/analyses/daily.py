"""What did the plan say on some day? Accepted versions at the end of days that are asked for.

A commit whose clock was slow counts as accepted on the day of the one before it: history does not go back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from milepost.analyses.versions import Version, replay_versions
from milepost.model.history import Change, History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Work


@dataclass(frozen=True, slots=True)
class Daily:
    """The plan at the end of a day. `works` and `sprints` are under the identities that items have at the tip."""

    day: date
    plan: Plan
    works: Mapping[Ref, Work]
    sprints: Mapping[Ref, tuple[Ref, ...]]  # the items of each, once


def replay_days(history: History, days: Iterable[date]) -> Iterator[Daily]:
    """The plan at the end of each day, earliest first. Without a version yet it says nothing."""
    versions = replay_versions(history)
    upcoming, last, now, known = next(versions, None), date.min, None, _daily(date.min, None)
    for day in sorted(set(days)):
        before = now
        while upcoming and (last := max(last, upcoming.revision.day or last)) <= day:
            now, upcoming = upcoming, next(versions, None)
        known = _daily(day, now) if now is not before else known
        yield Daily(day, known.plan, known.works, known.sprints)


def date_changes(history: History) -> Iterator[tuple[date, Change]]:
    """Every change with the day from which on it counts, which never goes back."""
    last = date.min
    for change in history.changes:
        last = max(last, change.revision.day or last)
        yield last, change


def works_by_ref(plan: Plan) -> dict[Ref, Work]:
    """All tasks and milestones."""
    return {work.ref: work for work in plan.works()}


def _daily(day: date, version: Version | None) -> Daily:
    if version is None:
        return Daily(day, Plan(), {}, {})
    now = {then: ref for ref, then in version.names.items()}
    works = {now.get(ref, ref): work for ref, work in works_by_ref(version.plan).items()}
    sprints = {now.get(one.ref, one.ref): one for one in version.plan.sprints}
    items = {ref: tuple(dict.fromkeys(now.get(item, item) for item in one.items)) for ref, one in sprints.items()}
    return Daily(day, version.plan, works, items)
