"""The items that a team wrote in our own format, and can therefore mend."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.item import PLAN, Item, Place, Value
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Work


def own_items(plan: Plan, *kinds: str) -> Iterator[Item]:
    """The items of some kinds that do not come from `sources`, in the order of the plan."""
    return (item for ref, item in plan.items.items() if ref.kind in kinds and item.place.path not in plan.foreign)


def own_milestones(plan: Plan) -> Iterator[Milestone]:
    """The milestones that do not come from `sources`."""
    return (milestone for milestone in plan.milestones if milestone.place.path not in plan.foreign)


def open_milestones(plan: Plan) -> Iterator[Milestone]:
    """Those of them with something left to do. What is marked as `wont` is on record, and nobody works on it."""
    return (one for one in own_milestones(plan) if one.status.is_open and one.priority != "wont")


def own_work(plan: Plan) -> Iterator[Work]:
    """The milestones, each followed by its tasks, that do not come from `sources`."""
    for milestone in plan.milestones:
        if milestone.place.path not in plan.foreign:
            yield milestone
            yield from milestone.tasks


def plan_place(plan: Plan, otherwise: Place) -> Place:
    """Where the plan itself is written, for what is about all of it."""
    return plan.items[PLAN].place if PLAN in plan.items else otherwise


def parts(item: Item, key: str) -> Iterator[tuple[Place, dict[str, Value]]]:
    """The mappings in a written list, each with its place."""
    for number, entry in enumerate(entries(item.fields.get(key))):
        if isinstance(entry, dict):
            yield item.place.at(key, number), entry


def entries(value: Value | None) -> list[Value]:
    """The entries of a written list; none where something else stands there."""
    return value if isinstance(value, list) else []
