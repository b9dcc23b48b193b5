"""Which item of a version goes on under which identity in the next one, where its id is not the same in both.

1. An item that begins to name an earlier id under `was` goes on with its past, if no item bears that id any more, or if
   the one that does begins to name another. So two items may swap their ids, and a row of them may be renumbered.
2. The tasks of a milestone go with it to its new id.
3. Then tasks go by their own `was`, in the same way.
4. A task that leaves one milestone and appears in another under the same id is one task, if it is the only one.

If two items claim one past, the first by kind and id gets it. A name that an item's past listed already is no news.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from milepost.model.item import Item, Ref

#: What an item says in a version; None where it is not there.
Present = Callable[[Ref], Item | None]

#: Earlier and later identity, where they are not the same. The earlier one may have ended long before.
Renamed = Mapping[Ref, Ref]


def find_renamed(touched: Collection[Ref], before: Mapping[Ref, Item], present: Present) -> dict[Ref, Ref]:
    """What items are called after a change that touched some of them."""
    if all(_is_as_before(ref, before, present) for ref in touched):
        return {}
    refs = sorted(touched)
    tasks = [ref for ref in refs if ref.kind == "task"]
    renamed = _by_was([ref for ref in refs if ref.kind != "task"], before, present)
    if not tasks and not renamed:
        return {}
    along = _along([ref for ref in tasks if present(ref)], renamed, before)
    past = move_items(before, along) if along else before
    tasks = sorted({*tasks, *along, *along.values()})
    moved = _by_was(tasks, past, present, along)
    moved |= dict(_carried_over(tasks, moved, past, present))
    return renamed | moved | {old: moved.get(new, new) for old, new in along.items()}


def move_items(before: Mapping[Ref, Item], renamed: Renamed, files: Renamed | None = None) -> dict[Ref, Item]:
    """What was said before, under what items are called after. Of several that are one item now, its own past counts.

    `files` are items that are called by their file, where git says that this was renamed. These never had another id.
    """
    moved = {ref: item for ref, item in before.items() if ref not in renamed}
    for old, new in renamed.items():
        if old in before:
            moved.setdefault(new, before[old])
    for old, new in (files or {}).items():
        if old in moved:
            moved[new] = moved.pop(old)._replace(ref=new)
    return moved


def parents_first(ref: Ref) -> tuple[bool, Ref]:
    """Sorts milestones before tasks."""
    return ref.kind == "task", ref


def _is_as_before(ref: Ref, before: Mapping[Ref, Item], present: Present) -> bool:
    """Whether an item was there, still is, and names no earlier id: so it is with most that change."""
    now = present(ref)
    return now is not None and ref in before and "was" not in now.fields


def _by_was(
    refs: list[Ref], before: Mapping[Ref, Item], present: Present, along: Renamed | None = None
) -> dict[Ref, Ref]:
    """What items begin to say of their past, as far as it is nobody else's present."""
    claims = [(old, ref) for ref in refs for old in _begun(present(ref), ref, before.get(ref), along or {})]
    free: list[tuple[Ref, Ref]] = []
    while len(free) != len(claims):
        given_up = {new for _, new in claims}
        claims, free = [one for one in claims if one[0] in given_up or present(one[0]) is None], claims
    renamed: dict[Ref, Ref] = {}
    for old, new in claims:
        if old in before:
            renamed.setdefault(old, new)
    listed = {(name, new) for old, new in renamed.items() for name in _was(before[old], new, along or {})}
    for old, new in claims:
        if (old, new) not in listed:
            renamed.setdefault(old, new)
    return renamed


def _begun(now: Item | None, ref: Ref, before: Item | None, along: Renamed) -> list[Ref]:
    """The earlier identities that an item names and did not name before."""
    known = _was(before, ref, along)
    return [old for old in _was(now, ref, along) if old not in known and old != ref]


def _was(item: Item | None, ref: Ref, along: Renamed) -> list[Ref]:
    """The earlier identities that an item names. A task's are in its own milestone, unless they name another."""
    names = item.fields.get("was") if item else None
    texts = [str(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    if ref.kind != "task":
        return [Ref(ref.kind, name) for name in texts]
    milestone = ref.id.rpartition("/")[0]
    return [
        along.get(Ref("task", name), Ref("task", name)) if "/" in name else Ref("task", f"{milestone}/{name}")
        for name in texts
    ]


def _along(tasks: list[Ref], renamed: Renamed, before: Mapping[Ref, Item]) -> dict[Ref, Ref]:
    """The tasks of milestones that are called otherwise now, unless there was one of that id already."""
    homes = {old.id: new.id for old, new in renamed.items() if old.kind == "milestone"}
    words: dict[str, dict[str, None]] = {}
    for ref in [*(ref for ref in before if ref.kind == "task"), *tasks] if homes else ():
        home, _, word = ref.id.rpartition("/")
        words.setdefault(home, {})[word] = None
    pairs = (
        (Ref("task", f"{home}/{word}"), Ref("task", f"{other}/{word}"), other)
        for home, other in homes.items()
        for word in {**words.get(home, {}), **words.get(other, {})}
    )
    return {old: new for old, new, other in pairs if other in homes or new not in before}


def _carried_over(
    tasks: list[Ref], moved: Renamed, before: Mapping[Ref, Item], present: Present
) -> Iterator[tuple[Ref, Ref]]:
    """Tasks that left one milestone and appeared in another under the same id: one of each, or it is not certain."""
    left: dict[str, list[Ref]] = {}
    came: dict[str, list[Ref]] = {}
    new = set(moved.values())
    for ref in tasks:
        if ref in before and ref not in moved and present(ref) is None:
            left.setdefault(ref.id.rpartition("/")[2], []).append(ref)
        elif ref not in before and ref not in new and present(ref) is not None:
            came.setdefault(ref.id.rpartition("/")[2], []).append(ref)
    for word, refs in came.items():
        if len(refs) == len(left.get(word, ())) == 1:
            yield left[word][0], refs[0]
