"""How has the work of a milestone grown: how much was estimated anew, how much was added, and how much was dropped?

Work is the sum of the medians of its tasks' estimates, or its own estimate where it has no tasks. What goes to another
milestone is dropped here, and added there. Now is first said + re-estimated + added - dropped, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from milepost.model.calendar import Calendar, parse_calendar
from milepost.model.distribution import middle_hours
from milepost.model.estimate import parse_estimate
from milepost.model.history import Change, History, by_revision
from milepost.model.item import PLAN, Ref, Value


@dataclass(frozen=True, slots=True)
class Growth:
    """Hours of effort of one milestone's work, from the first accepted estimate on.

    `re_estimated` is below 0 where work was estimated to be less; nothing else ever is.
    """

    first: float
    re_estimated: float
    added: float
    dropped: float

    @property
    def now(self) -> float:
        """The work as it is now."""
        return self.first + self.re_estimated + self.added - self.dropped


@dataclass(slots=True)
class _Work:
    """What an item said at some point of history, and how it was called."""

    name: str
    fields: dict[str, Value] = field(default_factory=dict)

    def apply(self, change: Change) -> None:
        if change.field == "id":
            self.name = str(change.new)
        else:
            change.apply(self.fields)


def measure_growth(history: History, milestone: Ref) -> Growth | None:
    """The growth of a milestone's work; None where it never had an estimate in time, or its tasks are in points."""
    calendar = _calendar(history)
    versions = list(_versions(history, milestone, calendar))
    first = next((number for number, version in enumerate(versions) if version), None)
    if first is None:
        return None
    re_estimated = added = dropped = 0.0
    for before, after in zip(versions[first:], versions[first + 1 :], strict=False):
        parts = _compare(before, after, milestone)
        re_estimated, added, dropped = re_estimated + parts[0], added + parts[1], dropped + parts[2]
    return Growth(sum(versions[first].values()), re_estimated, added, dropped)


def measure_every_growth(history: History) -> dict[Ref, Growth]:
    """The growth of every milestone of which there is one. Each is measured by the changes of its own work alone."""
    milestones: dict[str, set[Ref]] = {}  # by every name they had
    works: dict[Ref, set[str]] = {}  # the names of the milestones in which some work was, by its item
    for item in history.by_item:
        names = {_first_name(history, item), *(str(one.new) for one in history.of(item) if one.field == "id")}
        if item.kind == "milestone":
            works[item] = names
            for name in names:
                milestones.setdefault(name, set()).add(item)
        elif item.kind == "task":
            works[item] = {name.rpartition("/")[0] for name in names}
    changes: dict[Ref, list[Change]] = {}
    for change in history.changes:
        for milestone in {ref for name in works.get(change.item, ()) for ref in milestones.get(name, ())}:
            changes.setdefault(milestone, []).append(change)
    found = {
        milestone: measure_growth(replace(history, changes=tuple(own)), milestone)
        for milestone, own in changes.items()
        if any(change.field == "estimate" for change in own)
    }
    return {milestone: growth for milestone, growth in found.items() if growth}


def _versions(history: History, milestone: Ref, calendar: Calendar) -> Iterator[dict[Ref, float]]:
    """The hours of each piece of work in the milestone, after every change that bears on work."""
    works: dict[Ref, _Work] = {}
    changes = (
        change
        for change in history.changes
        if (change.item.kind == "task" or change.item == milestone)
        and change.field in ("estimate", "dropped", "id", "title")
    )
    for _, together in by_revision(changes):
        for change in together:
            if change.item not in works:
                works[change.item] = _Work(_first_name(history, change.item))
            works[change.item].apply(change)
        yield _hours(works, milestone, calendar)


def _hours(works: dict[Ref, _Work], milestone: Ref, calendar: Calendar) -> dict[Ref, float]:
    whole = works.get(milestone)
    name = whole.name if whole else milestone.id
    tasks = {
        ref: work
        for ref, work in works.items()
        if work.fields and work.name.startswith(f"{name}/") and ref != milestone
    }
    counted = tasks if tasks else {milestone: whole} if whole else {}
    hours = {ref: _median(work, calendar) for ref, work in counted.items()}
    return {ref: one for ref, one in hours.items() if one is not None}


def _median(work: _Work, calendar: Calendar) -> float | None:
    """Hours of effort; None where nothing is estimated in time, or the work was dropped."""
    written = work.fields.get("estimate")
    estimate = parse_estimate(written) if written is not None and "dropped" not in work.fields else None
    return middle_hours(estimate, calendar) if estimate else None


def _compare(before: dict[Ref, float], after: dict[Ref, float], milestone: Ref) -> tuple[float, float, float]:
    """Hours that were re-estimated, added and dropped. A milestone broken down into tasks is estimated anew."""
    if (milestone in before) != (milestone in after) and before and after:
        return sum(after.values()) - sum(before.values()), 0.0, 0.0
    changed = sum(after[ref] - before[ref] for ref in before.keys() & after.keys())
    added = sum(after[ref] for ref in after.keys() - before.keys())
    return changed, added, sum(before[ref] for ref in before.keys() - after.keys())


def _first_name(history: History, item: Ref) -> str:
    """The id under which an item was accepted first."""
    names = (change.old for change in history.of(item) if change.field == "id")
    return str(next(names, item.id))


def _calendar(history: History) -> Calendar:
    plan = history.items.get(PLAN)
    return parse_calendar(plan.fields.get("calendar") if plan else None)
