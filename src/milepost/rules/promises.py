"""What is promised by accepted history: for each item the date that stands, and the last one with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from milepost.model.due import Due
from milepost.model.history import Change, History
from milepost.model.item import Ref
from milepost.model.moves import Cause, Dated, replay_moves

T = TypeVar("T")

#: A reason that came with one of these is a reason for the date.
_EXPLAINED = ("due", "commitment", "dropped", "because")
_GIVES_UP = ("dropped", "priority")


class Promise(NamedTuple):
    """A promise in accepted history.

    `explained` is the date when it was first promised, or when a reason was last given; `now` is what was accepted
    last, None where there is no date any more.
    """

    explained: Due
    now: Due | None
    promised: bool  # whether it is still a promise at the tip


@dataclass(slots=True)
class _Standing:
    """One replay: what each item's date is, what is promised, and the last promise for which there is a reason."""

    due: dict[Ref, Due | None] = field(default_factory=dict)
    promised: set[Ref] = field(default_factory=set)
    given_up: set[tuple[Ref, str]] = field(default_factory=set)  # with the field that says so
    explained: dict[Ref, Due] = field(default_factory=dict)

    def take(self, moves: Iterable[Dated], drops: Iterable[Change]) -> None:
        touched = []
        for change in drops:
            _mark(self.given_up, (change.item, change.field), _gives_up(change))
            touched.append(change.item)
        for item, move, promised in moves:
            before, self.due[item] = self.due.get(item), move.new
            _mark(self.promised, item, promised)
            touched.append(item)
            # What the calendar moved is nobody's decision.
            if item in self.explained and move.cause is Cause.CALENDAR and self.explained[item] == before and move.new:
                self.explained[item] = move.new
        for item in touched:
            if item not in self.explained:
                self.settle(item)

    def settle(self, item: Ref) -> None:
        """What stands now is what was meant."""
        due = self.due.get(item)
        if due and item in self.promised and self.given_up.isdisjoint((item, field) for field in _GIVES_UP):
            self.explained[item] = due
        else:
            self.explained.pop(item, None)

    def give_reason(self, item: Ref) -> None:
        """A release's reason is one for everything that is due with it."""
        if item.kind != "release":
            self.settle(item)
            return
        for other in [other for other, due in self.due.items() if due and due.written == item.id]:
            self.settle(other)


def accepted_promises(history: History) -> dict[Ref, Promise]:
    """Every item that is, or without a given reason is no longer, a promise in accepted history."""
    standing = _Standing()
    moves = _by_revision((one.move.revision.id, one) for one in replay_moves(history))
    drops = _by_revision((one.revision.id, one) for one in history.changes if one.field in _GIVES_UP)
    reasons = _by_revision(
        (one.revision.id, one.item)
        for one in history.changes
        if one.reason and (one.field in _EXPLAINED or (one.field == "priority" and _gives_up(one)))
    )
    for revision in dict.fromkeys(change.revision.id for change in history.changes):
        standing.take(moves.get(revision, ()), drops.get(revision, ()))
        for item in dict.fromkeys(reasons.get(revision, ())):
            standing.give_reason(item)
    return {
        item: Promise(due, standing.due.get(item), item in standing.promised)
        for item, due in standing.explained.items()
    }


def first_promised(history: History) -> dict[Ref, Due]:
    """For every promise that stands in accepted history the date for which it was promised first.

    What the calendar moved is nobody's decision, so the date moves with it.
    """
    found: dict[Ref, Due] = {}
    for item, move, promised in replay_moves(history):
        if not promised:
            found.pop(item, None)
        elif move.new and (item not in found or (move.cause is Cause.CALENDAR and found[item] == move.old)):
            found[item] = move.new
    return found


def _by_revision(pairs: Iterator[tuple[str, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = {}
    for revision, value in pairs:
        found.setdefault(revision, []).append(value)
    return found


def _gives_up(change: Change) -> bool:
    """Whether a `dropped` or a `priority` means that nobody works on it any more."""
    return change.new is not None if change.field == "dropped" else change.new == "wont"


def _mark(items: set[T], item: T, is_in: bool) -> None:
    if is_in:
        items.add(item)
    else:
        items.discard(item)
