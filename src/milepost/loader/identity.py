"""Which item of a version goes on under which identity in the next one, where its id is not the same in both.

A `was` joins an item to the past of an earlier id, if that id is not in use any more, or is given up in the same
change: so two items may swap their ids, and a row of them may be renumbered. A milestone's tasks go with it. A task
that leaves one milestone and appears in another under the same id in one change is one task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from milepost.model.item import Item, Ref


class Joined(NamedTuple):
    """An identity that begins, and the earlier one whose past it continues. The past may have ended before."""

    new: Ref
    old: Ref


#: What an item says in a version; None where it is not there.
Present = Callable[[Ref], Item | None]


def join_items(touched: Iterable[Ref], before: Mapping[Ref, Item], present: Present) -> list[Joined]:
    """The identities that go on under another name, of those that a change touched; each earlier one is used once."""
    refs = sorted(touched)
    milestones = _claims([ref for ref in refs if ref.kind != "task"], before, present)
    tasks = [ref for ref in refs if ref.kind == "task"]
    if not tasks and not milestones:
        return []
    taken = list(_tasks_taken_along(milestones, before, present))
    taken += _claims([ref for ref in tasks if ref not in {new for new, _ in taken}], before, present, milestones)
    joined = _each_once([*milestones, *taken])
    return [*joined, *_carried_over(tasks, joined, before, present)]


def parents_first(ref: Ref) -> tuple[bool, Ref]:
    """Sorts milestones before tasks."""
    return ref.kind == "task", ref


def _claims(
    refs: list[Ref], before: Mapping[Ref, Item], present: Present, milestones: Iterable[Joined] = ()
) -> list[Joined]:
    """What items begin to say of their past, as far as it is nobody else's present."""
    moved = dict(milestones)
    claims: list[Joined] = []
    for ref in refs:
        names = _former(present(ref), moved, before)
        known = set(_former(before.get(ref), moved, before)) if names else ()
        claims += [Joined(ref, old) for old in names if old != ref and old not in known]
    while True:
        given_up = {claim.new for claim in claims}
        free = [claim for claim in claims if claim.old in given_up or present(claim.old) is None]
        if len(free) == len(claims):
            return claims
        claims = free


def _former(item: Item | None, moved: Mapping[Ref, Ref], before: Mapping[Ref, Item]) -> list[Ref]:
    """The earlier identities that an item names. A task's are in its own milestone, unless they name another."""
    names = item.fields.get("was") if item else None
    if item is None or not isinstance(names, list):
        return []
    texts = [str(name) for name in names if isinstance(name, str)]
    if item.ref.kind != "task":
        return [Ref(item.ref.kind, name) for name in texts]
    milestone = item.ref.id.rpartition("/")[0]
    was = moved.get(Ref("milestone", milestone))
    homes = [milestone, *((was.id,) if was else ())]
    return [_task_named(name, homes, before) for name in texts]


def _task_named(name: str, homes: list[str], before: Mapping[Ref, Item]) -> Ref:
    """A task by its own word, in its milestone as that is called now or was called before this change."""
    choices = [Ref("task", name)] if "/" in name else [Ref("task", f"{home}/{name}") for home in homes]
    return next((ref for ref in choices if ref in before), choices[0])


def _tasks_taken_along(milestones: list[Joined], before: Mapping[Ref, Item], present: Present) -> Iterator[Joined]:
    """A milestone's tasks go with it to its new id."""
    renamed = {old.id: new.id for new, old in milestones if new.kind == "milestone"}
    for old in before if renamed else ():
        milestone, _, word = old.id.rpartition("/")
        if old.kind == "task" and milestone in renamed:
            new = Ref("task", f"{renamed[milestone]}/{word}")
            if present(new) is not None and (new not in before or new.id.rpartition("/")[0] in renamed):
                yield Joined(new, old)


def _carried_over(
    tasks: list[Ref], joined: list[Joined], before: Mapping[Ref, Item], present: Present
) -> Iterator[Joined]:
    """Tasks that left one milestone and appeared in another under the same id: one of each, or it is not certain."""
    new, old = {one.new for one in joined}, {one.old for one in joined}
    left: dict[str, list[Ref]] = {}
    came: dict[str, list[Ref]] = {}
    for ref in tasks:
        if ref in before and ref not in old and present(ref) is None:
            left.setdefault(ref.id.rpartition("/")[2], []).append(ref)
        elif ref not in before and ref not in new and present(ref) is not None:
            came.setdefault(ref.id.rpartition("/")[2], []).append(ref)
    for word, refs in came.items():
        if len(refs) == len(left.get(word, ())) == 1:
            yield Joined(refs[0], left[word][0])


def _each_once(joined: Iterable[Joined]) -> list[Joined]:
    return list({one.old: one for one in reversed(list(joined))}.values())[::-1]
