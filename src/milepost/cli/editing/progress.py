"""The days of work: started, finished, dropped. Status follows from them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from milepost.cli.editing.edit import Editing
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.item import Item


def require_open(editing: Editing, item: Item, becomes: str) -> None:
    """Raises where the work has ended, or is what it should become already."""
    for field in dict.fromkeys((becomes, "finished", "dropped")):
        if day := editing.draft.value(item, (field,)):
            hint = f"milepost set {item.ref} {field}=DATE to correct the day, {field}= to take it back"
            raise UsageError(f"{item.ref} was {field} on {day} already.", hint)


def note_day(editing: Editing, item: Item, field: str, day: date | None) -> None:
    """Writes the day, today where none was given. Raises where it is still to come."""
    from milepost.documents.edits import Plain

    day = day or editing.today
    if day > editing.today:
        raise UsageError(f"{day} is still to come.", "say it on the day, or plan with due and not_before")
    editing.draft.put(item, (field,), Plain(day.isoformat()))
