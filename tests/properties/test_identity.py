"""Who is who between two versions, against the judge, which looks at all items and not only at those that changed."""

from __future__ import annotations

import random
from typing import Any

from milepost.loader.identity import find_renamed
from milepost.model.item import Item, Place, Ref
from tests.histories_judge import Items, by_was

Fields = dict[str, Any]
Version = dict[str, tuple[Fields, dict[str, Fields]]]  # milestones with their tasks
IDS, TASKS = "abcd", "tu"


def fields(dice: random.Random) -> Fields:
    names = [dice.choice(IDS), dice.choice(TASKS), f"{dice.choice(IDS)}/{dice.choice(TASKS)}"]
    return {"was": dice.sample(names, dice.randrange(1, 3))} if dice.random() < 0.2 else {}


def milestone(dice: random.Random) -> tuple[Fields, dict[str, Fields]]:
    return fields(dice), {word: fields(dice) for word in TASKS if dice.random() < 0.5}


def next_version(version: Version, dice: random.Random) -> Version:
    """What becomes of it: milestones stay, go on under another id with some of their tasks, end, or are new."""
    later: Version = {}
    for id in IDS:
        old = dice.choice(IDS)
        tasks = {word: task for word, task in version.get(old, ({}, {}))[1].items() if dice.random() < 0.7}
        renamed: tuple[Fields, dict[str, Fields]] = ({"was": [old]}, tasks)
        kept = version.get(id, ({}, {}))[1]
        later[id] = dice.choice([renamed, ({"was": [old]}, kept), version.get(id, renamed), milestone(dice)])
    return {id: later[id] for id in IDS if dice.random() < 0.8}


def items_of(version: Version) -> Items:
    items: Items = {}
    for id, (own, tasks) in version.items():
        items["milestone", id] = own
        items |= {("task", f"{id}/{word}"): task for word, task in tasks.items()}
    return items


def test_what_changed_is_enough_to_tell_who_is_who() -> None:
    for seed in range(5_000):
        dice = random.Random(seed)
        first = {id: milestone(dice) for id in IDS if dice.random() < 0.8}
        before, now = items_of(first), items_of(next_version(first, dice))
        ours, later = (
            {Ref(*ref): Item(Ref(*ref), said, Place("x")) for ref, said in items.items()} for items in (before, now)
        )
        touched = [ref for ref in {**ours, **later} if ours.get(ref) != later.get(ref)]
        assert find_renamed(touched, ours, later.get) == by_was(before, now), seed
