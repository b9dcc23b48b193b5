"""Dates and their moves as data, the same in every JSON."""

from __future__ import annotations

from milepost.model.due import Due
from milepost.model.moves import Dated, Move


def due_record(due: Due | None) -> dict[str, str | None] | None:
    """A due date as data: as written, and the day that means."""
    return {"written": due.written, "day": due.day.isoformat() if due.day else None} if due else None


def move_record(move: Move) -> dict[str, object]:
    """A move as data; days are calendar days, and `date` is the day on which it was accepted."""
    return {
        "old": due_record(move.old),
        "new": due_record(move.new),
        "days": move.days,
        "cause": move.cause,
        "reason": {"category": move.reason.category, "text": move.reason.text} if move.reason else None,
        "by": {"name": move.by.name, "email": move.by.email},
        "commit": move.revision.id,
        "date": move.revision.day.isoformat() if move.revision.day else None,
        "subject": move.revision.subject,
    }


def dated_record(dated: Dated) -> dict[str, object]:
    """A move as data, with the item whose date it is."""
    return {"kind": dated.item.kind, "id": dated.item.id, **move_record(dated.move)}
