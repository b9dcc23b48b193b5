"""Something that happened on a day that is yet to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.calendar import parse_date
from milepost.model.finding import Finding, Level
from milepost.model.item import Item, Place
from milepost.rules.own import entries, own_items
from milepost.rules.rule import Inspection, Rule

_WORK = ("started", "finished", "dropped")
_PAST = {
    "milestone": _WORK,
    "task": _WORK,
    "risk": ("reviewed", "occurred", "closed"),
    "feedback": ("date",),
    "review": ("date",),
}
_PARTS = (("measures", "met"), ("mitigation", "done"), ("actions", "done"))


def check_date_in_future(look: Inspection) -> Iterator[Finding]:
    """Dates after today in fields that say what has happened."""
    for item in own_items(look.plan, *_PAST):
        for key, day, place in _past_days(item):
            if day > look.today:
                message = f"{key} of {item.ref.id} is {day}, which is after today ({look.today})."
                yield RULE.found(place, message, _hint(key))


def _past_days(item: Item) -> Iterator[tuple[str, date, Place]]:
    """The key, day and place of everything an item says has happened."""
    for key in _PAST[item.ref.kind]:
        if day := parse_date(item.fields.get(key)):
            yield key, day, item.place.at(key)
    for section, key in _PARTS:
        for number, part in enumerate(entries(item.fields.get(section))):
            if isinstance(part, dict) and (day := parse_date(part.get(key))):
                yield key, day, item.place.at(section, number, key)
    blocked = item.fields.get("blocked")
    if isinstance(blocked, dict) and (day := parse_date(blocked.get("since"))):
        yield "since", day, item.place.at("blocked", "since")


def _hint(key: str) -> str:
    if key in ("started", "finished", "met", "done"):
        return f"write `{key}` once it is so; what is planned goes into `due` or `not_before`"
    if key == "date":
        return "correct the date, or wait with this file until that day"
    return "correct the date"


RULE = Rule(
    "date-in-future",
    Level.ERROR,
    "These dates say what has happened; what is planned has fields of its own.",
    check_date_in_future,
)
