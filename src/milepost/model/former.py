"""Ids that items had before, as they say it under `was`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milepost.model.item import Item, Ref, Value


def former_ids(item: Item) -> list[str]:
    """The ids that an item had before; a task's with its milestone's."""
    return listed_ids(item.ref, item.fields.get("was"))


def listed_ids(ref: Ref, was: Value | None) -> list[str]:
    """The ids that an item's `was` lists; a task's with its milestone's."""
    texts = [str(name) for name in was if isinstance(name, str)] if isinstance(was, list) else []
    milestone, slash, _ = ref.id.rpartition("/")
    return [name if "/" in name else f"{milestone}{slash}{name}" for name in texts]


def identities(items: Mapping[Ref, Item], ref: Ref) -> list[Ref]:
    """An item's identities, the one it has now first: its own earlier ids, and for a task those of its milestone."""
    own = [ref.id, *(former_ids(items[ref]) if ref in items else [])]
    milestone, slash, _ = ref.id.rpartition("/")
    holders = identities(items, Ref("milestone", milestone)) if slash and ref.kind == "task" else []
    moved = [f"{holder.id}/{name.rpartition('/')[2]}" for holder in holders[1:] for name in own]
    return [Ref(ref.kind, name) for name in (*own, *moved)]


def retired_ids(items: Mapping[Ref, Item]) -> dict[str, Ref]:
    """Every id that something had before, and what has it on record."""
    return {old.id: ref for ref in items for old in identities(items, ref)[1:]}


def takers(items: Mapping[Ref, Item]) -> Iterator[tuple[Item, Item]]:
    """Items that have the id another of their kind had before, each with that one.

    An item that was given such an id by renaming says what it was itself, and its past stays its own: two items may
    swap their ids, and a row of them may be renumbered.
    """
    for item in items.values():
        for name in former_ids(item):
            taker = items.get(Ref(item.ref.kind, name))
            if taker is not None and taker is not item and not former_ids(taker):
                yield taker, item
