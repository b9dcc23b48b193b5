"""An id that two items have."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.former import takers
from milepost.model.item import Item, Place
from milepost.rules.own import own_items
from milepost.rules.rule import Inspection, Rule


def check_duplicate_id(look: Inspection) -> Iterator[Finding]:
    """An id given twice or again, the same id on items of two kinds, and a task that carries a milestone's id."""
    for item, earlier in look.plan.duplicates:
        if item.place.path not in look.plan.foreign or earlier.place.path not in look.plan.foreign:
            own, other = (earlier, item) if item.place.path in look.plan.foreign else (item, earlier)
            yield _duplicate(own, other, f"The id {_word(own)} names two {_PLURALS.get(own.ref.kind, 'items')}.")
    seen: dict[str, Item] = {}
    for item in own_items(look.plan, *_ONE_SPACE):
        other = seen.setdefault(item.ref.id, item)
        if other is not item:
            kinds = f"a {_noun(other)} and a {_noun(item)}"
            yield _duplicate(item, other, f"The id {item.ref.id} names {kinds}.")
    milestones = {item.ref.id: item for item in own_items(look.plan, "milestone")}
    for task in own_items(look.plan, "task"):
        if milestone := milestones.get(_word(task)):
            yield _duplicate(task, milestone, f"The task {task.ref.id} carries the id of a milestone.")
    for taker, before in takers(look.plan.items):
        if taker.place.path not in look.plan.foreign:
            yield _taken_again(taker, before)


def _taken_again(item: Item, before: Item) -> Finding:
    message = f"{item.ref.id} was the id of {before.ref.id} before."
    hint = "give the new one an id that nothing had, or name its own earlier id under `was` if it had one"
    return RULE.found(_id_place(item), message, hint, ((before.place.at("was"), "The one that had it is here."),))


def _duplicate(item: Item, other: Item, message: str) -> Finding:
    hint = "give one of them another id, and name its old one under `was` if it had a history"
    return RULE.found(_id_place(item), message, hint, ((_id_place(other), "The other one is here."),))


def _id_place(item: Item) -> Place:
    return item.place if item.ref.kind in ("person", "release") else item.place.at("id")


def _word(item: Item) -> str:
    """The id as it was written: a task's without its milestone."""
    return item.ref.id.rpartition("/")[2] if item.ref.kind == "task" else item.ref.id


def _noun(item: Item) -> str:
    return "piece of feedback" if item.ref.kind == "feedback" else item.ref.kind


#: Kinds whose ids are all different.
_ONE_SPACE = ("goal", "milestone", "risk", "sprint", "feedback", "review", "person")
_PLURALS = {
    "goal": "goals",
    "milestone": "milestones",
    "risk": "risks",
    "task": "tasks of one milestone",
    "sprint": "sprints",
    "feedback": "pieces of feedback",
    "review": "reviews",
}

RULE = Rule(
    "duplicate-id",
    Level.ERROR,
    "An id names one thing: with two of them no reference and no history says which one is meant.",
    check_duplicate_id,
)
