"""At which accepted changes did a condition on the plan become true, or cease to be?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from milepost.conditions.evaluate import Answer, evaluate_condition
from milepost.conditions.reads import fields_read, items_read
from milepost.conditions.tree import Condition
from milepost.model.build import build_plan
from milepost.model.history import Change, History, Revision, by_revision
from milepost.model.item import Item, Place, Ref, Value


@dataclass(frozen=True, slots=True)
class Flip:
    """An accepted change after which the answer was another one. `changes` are those that the condition reads."""

    revision: Revision
    before: Answer
    after: Answer
    changes: tuple[Change, ...]
    is_first: bool = False  # the first version of the plan: nothing changed, all was new


@dataclass(frozen=True, slots=True)
class Bisection:
    """Every flip of a condition, latest first, and what it says at the tip. `versions` is how many were looked at."""

    condition: Condition
    now: Answer
    flips: tuple[Flip, ...]
    versions: int


def bisect_condition(
    history: History, condition: Condition, progress: Callable[[int, int], None] | None = None
) -> Bisection:
    """Every accepted change at which the condition flips. It may flip many times, so nothing is left out by halving.

    `progress` is told how many accepted changes were taken in, and how many there are. An answer is worked out anew
    only where a field that the condition reads changed, or an item came or went.
    """
    fields, (ids, kinds) = fields_read(condition), items_read(condition)
    items: dict[Ref, dict[str, Value]] = {}
    answer = Answer(None, "the plan was not there yet")
    flips: list[Flip] = []
    versions = 0
    accepted = list(by_revision(history.changes))
    for number, (revision, changes) in enumerate(accepted):
        if progress:
            progress(number, len(accepted))
        came_or_went = [_apply(items, change) for change in changes]
        moved = (change for change, other in zip(changes, came_or_went, strict=True) if other or change.field in fields)
        relevant = [change for change in moved if change.item.kind in kinds or _bears_on(change.item, ids)]
        if not relevant and versions:
            continue
        versions += 1
        after = evaluate_condition(condition, build_plan(_items(items)))
        if after.value is not answer.value:
            flips.append(Flip(revision, answer, after, tuple(relevant), versions == 1))
        answer = after
    return Bisection(condition, answer, tuple(reversed(flips)), versions)


def _bears_on(item: Ref, ids: frozenset[str]) -> bool:
    """Whether an item is one of these, a task of one, or something that the days of all hang on."""
    return item.id in ids or item.id.partition("/")[0] in ids or item.kind in ("plan", "release")


def _apply(items: dict[Ref, dict[str, Value]], change: Change) -> bool:
    """Puts a change into effect; whether its item came or went by it."""
    fields = items.setdefault(change.item, {})
    was_there = bool(fields)
    change.apply(fields)
    return was_there != bool(fields)


def _items(items: dict[Ref, dict[str, Value]]) -> Iterator[Item]:
    return (Item(ref, fields, Place("")) for ref, fields in sorted(items.items()) if fields)
