"""An id that two items have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Item, Place
from milepost.model.plan import Plan
from milepost.rules.own import own_items
from milepost.rules.rule import Rule


def check_duplicate_id(plan: Plan, _: date) -> Iterator[Finding]:
    """An id given twice, the same id on items of two kinds, and a task that carries a milestone's id."""
    for item, earlier in plan.duplicates:
        if item.place.path not in plan.foreign or earlier.place.path not in plan.foreign:
            own, other = (earlier, item) if item.place.path in plan.foreign else (item, earlier)
            yield _duplicate(own, other, f"The id {_word(own)} names two {_PLURALS.get(own.ref.kind, 'items')}.")
    seen: dict[str, Item] = {}
    for item in own_items(plan, "goal", "milestone", "risk", "person"):
        other = seen.setdefault(item.ref.id, item)
        if other is not item:
            yield _duplicate(item, other, f"The id {item.ref.id} names a {other.ref.kind} and a {item.ref.kind}.")
    milestones = {item.ref.id: item for item in own_items(plan, "milestone")}
    for task in own_items(plan, "task"):
        if milestone := milestones.get(_word(task)):
            yield _duplicate(task, milestone, f"The task {task.ref.id} carries the id of a milestone.")


def _duplicate(item: Item, other: Item, message: str) -> Finding:
    hint = "give one of them another id, and name its old one under `was` if it had a history"
    return RULE.found(_id_place(item), message, hint, ((_id_place(other), "The other one is here."),))


def _id_place(item: Item) -> Place:
    return item.place if item.ref.kind in ("person", "release") else item.place.at("id")


def _word(item: Item) -> str:
    """The id as it was written: a task's without its milestone."""
    return item.ref.id.rpartition("/")[2] if item.ref.kind == "task" else item.ref.id


_PLURALS = {"goal": "goals", "milestone": "milestones", "risk": "risks", "task": "tasks of one milestone"}

RULE = Rule(
    "duplicate-id",
    Level.ERROR,
    "An id names one thing: with two of them no reference and no history says which one is meant.",
    check_duplicate_id,
)
