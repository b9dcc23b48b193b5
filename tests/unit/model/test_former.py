"""Ids that items had before: of their own, of their milestones, and those that something new has taken."""

from __future__ import annotations

import pytest

from milepost.model.former import identities, retired_ids, takers
from milepost.model.item import Item, Place, Ref, Value


def items(*written: tuple[str, str, str]) -> dict[Ref, Item]:
    """Items by kind, id and earlier ids with spaces in between."""
    made = {}
    for kind, id, was in written:
        fields: dict[str, Value] = {"was": [*was.split()]} if was else {}
        made[Ref(kind, id)] = Item(Ref(kind, id), fields, Place(f"{id}.yaml"))
    return made


def test_a_task_had_its_milestone_s_names_too() -> None:
    plan = items(("milestone", "open", "beta"), ("task", "open/draw", "tiles maps/paint"))
    names = [ref.id for ref in identities(plan, Ref("task", "open/draw"))]
    assert names == ["open/draw", "open/tiles", "maps/paint", "beta/draw", "beta/tiles", "beta/paint"]
    assert retired_ids(plan)["beta/tiles"] == Ref("task", "open/draw")
    assert retired_ids(plan)["beta"] == Ref("milestone", "open")


# items, and the ids that were taken again
TAKEN = [
    ((("milestone", "open", "beta"), ("milestone", "beta", "")), ["beta"]),
    ((("task", "m/draw", "tiles"), ("task", "m/tiles", "")), ["m/tiles"]),
    ((("task", "m/draw", "tiles"), ("task", "n/tiles", "")), []),
    ((("milestone", "open", "beta"), ("goal", "beta", "")), []),
    ((("milestone", "a", "b"), ("milestone", "b", "a")), []),
    ((("milestone", "b", "a"), ("milestone", "c", "b")), []),
    ((("milestone", "a", "a"),), []),
]


@pytest.mark.parametrize(("written", "expected"), TAKEN)
def test_an_id_is_taken_again_by_what_was_never_renamed(
    written: tuple[tuple[str, str, str], ...], expected: list[str]
) -> None:
    assert [taker.ref.id for taker, _ in takers(items(*written))] == expected
