"""The items that a team wrote in our own format, and can therefore mend."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.item import Item, Value
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task


def own_items(plan: Plan, *kinds: str) -> Iterator[Item]:
    """The items of some kinds that do not come from `sources`, in the order of the plan."""
    return (item for ref, item in plan.items.items() if ref.kind in kinds and item.place.path not in plan.foreign)


def own_work(plan: Plan) -> Iterator[Milestone | Task]:
    """The milestones, each followed by its tasks, that do not come from `sources`."""
    for milestone in plan.milestones:
        if milestone.place.path not in plan.foreign:
            yield milestone
            yield from milestone.tasks


def entries(value: Value | None) -> list[Value]:
    """The entries of a written list; none where something else stands there."""
    return value if isinstance(value, list) else []
