"""How far has every date moved since it was first said, and why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milepost.model.calendar import parse_date
from milepost.model.due import Due
from milepost.model.history import History, Identity, Revision
from milepost.model.item import Item, Ref
from milepost.model.moves import Move, replay_moves


@dataclass(frozen=True, slots=True)
class Slip:
    """The dates of one item: what was first said, each move, and what is said now."""

    item: Ref
    original: Due
    said: Revision  # the accepted revision that first gave a date
    said_by: Identity
    moves: tuple[Move, ...]
    first_promise: Due | None  # what the date was when the commitment first became `promise`
    last_promise: Due | None  # the latest accepted date that was a promise
    now: Due | None  # None where the date, or the item, was taken away
    actual: date | None = None  # the day it was reached: its own `finished`, else the day its last task ended
    dropped: date | None = None

    @property
    def days(self) -> int | None:
        """Calendar days between the original date and the present one. Positive is later."""
        if self.now is None or self.now.day is None or self.original.day is None:
            return None
        return (self.now.day - self.original.day).days


def measure_slips(history: History) -> tuple[Slip, ...]:
    """The slip of every milestone and goal that ever had a date, in the order in which they were first dated."""
    records: dict[Ref, list[tuple[Move, bool]]] = {}
    for item, move, promised in replay_moves(history):
        records.setdefault(item, []).append((move, promised))
    tasks = _tasks(history)
    return tuple(_slip(item, moves, history, tasks.get(item.id, [])) for item, moves in records.items())


def _slip(item: Ref, records: list[tuple[Move, bool]], history: History, tasks: Sequence[Item]) -> Slip:
    first = next((move for move, _ in records if move.new), records[0][0])
    promises = [move.new for move, promised in records if promised and move.new]
    moves = tuple(move for move, _ in records if move is not first and move.old != move.new)
    at_tip = history.items.get(item)
    return Slip(
        item=item,
        original=first.new or Due("", None),
        said=first.revision,
        said_by=first.by,
        moves=moves,
        first_promise=promises[0] if promises else None,
        last_promise=promises[-1] if promises else None,
        now=records[-1][0].new,
        actual=(parse_date(at_tip.fields.get("finished")) or _last_end(tasks)) if at_tip else None,
        dropped=parse_date(at_tip.fields.get("dropped")) if at_tip else None,
    )


def _tasks(history: History) -> dict[str, list[Item]]:
    """The tasks at the tip by the id of their milestone."""
    found: dict[str, list[Item]] = {}
    for ref, item in history.items.items():
        if ref.kind == "task":
            found.setdefault(ref.id.rpartition("/")[0], []).append(item)
    return found


def _last_end(tasks: Sequence[Item]) -> date | None:
    """The day the last of some tasks was finished, where none is left to do."""
    ends = [parse_date(task.fields.get("finished")) for task in tasks if not parse_date(task.fields.get("dropped"))]
    days = [day for day in ends if day]
    return max(days) if days and len(days) == len(ends) else None
