"""At which accepted changes did a condition on the plan become true, or cease to be?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from milepost.analyses.versions import Names
from milepost.conditions.evaluate import Answer, Asked, evaluate_condition
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
    only where a field that the condition reads changed, or an item came, went or got another id.

    The condition means items by the ids they have at the tip, and every version has those of its own time: an item is
    asked about under each of its ids, and a task counts in the milestone in which it was then.
    """
    version = _Version(history, condition)
    answer = Answer(None, "the plan was not there yet")
    flips: list[Flip] = []
    versions = 0
    accepted = list(by_revision(history.changes))
    for number, (revision, changes) in enumerate(accepted):
        if progress:
            progress(number, len(accepted))
        relevant = [change for change in changes if version.take(change)]
        if not relevant and versions:
            continue
        versions += 1
        after = evaluate_condition(condition, version.asked())
        if after.value is not answer.value:
            flips.append(Flip(revision, answer, after, tuple(relevant), versions == 1))
        answer = after
    return Bisection(condition, answer, tuple(reversed(flips)), versions)


def _bears_on(item: Ref, ids: frozenset[str]) -> bool:
    """Whether an item is one of these, a task of one, or something that the days of all hang on."""
    return item.id in ids or item.id.partition("/")[0] in ids or item.kind in ("plan", "release")


class _Version:
    """What items say and how they are called in one accepted version, by their identity at the tip."""

    def __init__(self, history: History, condition: Condition) -> None:
        self._fields = fields_read(condition)
        self._ids, self._kinds = items_read(condition)
        self._items: dict[Ref, dict[str, Value]] = {}
        self._names = Names(history)

    def take(self, change: Change) -> bool:
        """Puts a change into effect; whether the condition may read it."""
        before = self._home(change.item)
        is_read = self._apply(change) or change.field in self._fields
        about = (change.item, before, self._home(change.item))
        return is_read and (change.item.kind in self._kinds or any(_bears_on(ref, self._ids) for ref in about))

    def asked(self) -> Asked:
        """The plan of the version, for a condition that calls items as they are called at the tip."""
        present = {ref: fields for ref, fields in self._items.items() if fields}
        names = self._names.others(present.keys())
        items = (Item(names.get(ref, ref), fields, Place("")) for ref, fields in present.items())
        plan = build_plan(sorted(items, key=lambda item: item.ref))
        return Asked(plan, {**dict.fromkeys(names.values()), **names})

    def _apply(self, change: Change) -> bool:
        """Whether the item came, went or got another id."""
        if self._names.take(change):
            return True
        fields = self._items.setdefault(change.item, {})
        was_there = bool(fields)
        change.apply(fields)
        return was_there != bool(fields)

    def _home(self, item: Ref) -> Ref:
        """The milestone in which a task was then; else the item itself."""
        name = self._names.of(item)
        if item.kind != "task" or name == item:
            return item
        home = Ref("milestone", name.id.rpartition("/")[0])
        return next((ref for ref, fields in self._items.items() if fields and self._names.of(ref) == home), home)
