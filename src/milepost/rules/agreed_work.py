"""Small work with an owner and a date, beside milestones: mitigations of risks and actions of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.due import parse_due
from milepost.model.item import Item, Place, Value
from milepost.model.plan import Plan
from milepost.rules.own import parts

_LONGEST = 80


def overdue_parts(plan: Plan, item: Item, key: str, text: str, today: date) -> Iterator[tuple[Place, str]]:
    """The entries of a list whose `due` has passed without `done`: where that stands, and a message.

    `text` is the key of an entry that says what is to be done.
    """
    releases = {release.id: release.due for release in plan.releases}
    for place, part in parts(item, key):
        due = parse_due(part.get("due"), releases, plan.calendar)
        if due and due.day and due.day < today and not part.get("done"):
            message = f"“{one_line(part.get(text))}” was due on {due.day} and is not done. {_whose(plan, part)}"
            yield place.at("due"), message


def one_line(value: Value | None) -> str:
    """Free text on one line, shortened where it is long."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _whose(plan: Plan, part: dict[str, Value]) -> str:
    owner = part.get("owner")
    return f"{plan.person_name(owner)} owns it." if isinstance(owner, str) and owner else "Nobody owns it."
