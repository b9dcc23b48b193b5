"""What accepted history says about the items of a plan at hand, each answer found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.history import History
from milepost.model.item import Item, Ref
from milepost.rules.own import entries


def first_accepted(history: History) -> dict[Ref, date]:
    """The day on which each item came into accepted history."""
    days: dict[Ref, date] = {}
    for change in history.changes:
        if change.item not in days and (day := change.revision.day):
            days[change.item] = day
    return days


def last_touched(history: History) -> dict[Ref, date]:
    """The day of the latest accepted change of each item."""
    days: dict[Ref, date] = {}
    for item, changes in history.by_item.items():
        if known := [day for change in changes if (day := change.revision.day)]:
            days[item] = max(known)
    return days


def accepted_item(history: History, item: Item) -> Item | None:
    """What was accepted last of an item: under its own id, else under one it had before; None for a new one."""
    found = (history.items.get(ref) for ref in (item.ref, *_former(item)))
    return next((accepted for accepted in found if accepted), None)


def is_edited(history: History, item: Item) -> bool:
    """Whether the plan at hand says something about the item that is not accepted yet."""
    accepted = accepted_item(history, item)
    return accepted is None or dict(accepted.fields) != dict(item.fields)


def _former(item: Item) -> Iterator[Ref]:
    """The earlier identities that an item names. A task's are in its own milestone, unless they name another."""
    prefix = item.ref.id.rpartition("/")[0] + "/" if item.ref.kind == "task" else ""
    for name in entries(item.fields.get("was")):
        if isinstance(name, str):
            yield Ref(item.ref.kind, name if "/" in name else prefix + name)
