"""Which fields a condition's answer can depend on: where none of them changed, the answer stands."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.conditions.functions import FUNCTIONS
from milepost.conditions.tree import Both, Call, Comparison, Condition, Either, Literal, Node, Not, Sum, Term

_STATUS = ("started", "finished", "dropped", "occurred", "closed")
_WORK = ("estimate", "dropped", "priority", "calendar")
_FUNCTIONS = {
    "due": ("due", "calendar"),
    "earliest_due": ("due", "calendar"),
    "latest_due": ("due", "calendar"),
    "status": _STATUS,
    "finished": _STATUS,
    "estimate": _WORK,
    "effort": _WORK,
}
_FILTERS = {
    **dict.fromkeys(("open", "planned", "started", "done", "dropped"), _STATUS),
    **dict.fromkeys(("promise", "target", "tentative"), ("commitment",)),
    "estimated": ("estimate",),
    "team": ("owner", "team"),
    "label": ("labels",),
    "release": ("due",),
}


def fields_read(condition: Condition) -> frozenset[str]:
    """The fields that a condition reads, by their names in the plan language. The items themselves come on top."""
    return frozenset(field for call in _calls(condition.root) for field in _fields(call))


def items_read(condition: Condition) -> frozenset[str] | None:
    """The ids that a condition asks about; None where it looks at every item of a kind."""
    calls = list(_calls(condition.root))
    if any(FUNCTIONS[call.function].takes != "id" for call in calls):
        return None
    return frozenset(call.subject.rpartition(":")[2] for call in calls if call.subject)


def _fields(call: Call) -> Iterator[str]:
    yield from _FUNCTIONS.get(call.function, (call.function,))
    for one in call.filters:
        yield from _FILTERS.get(one.name, (one.name,))


def _calls(node: Node | Term) -> Iterator[Call]:
    match node:
        case Call():
            yield node
        case Not(part):
            yield from _calls(part)
        case Both(left, right) | Either(left, right):
            yield from _calls(left)
            yield from _calls(right)
        case Comparison(left=first, right=second) | Sum(left=first, right=second):
            yield from _calls(first)
            yield from _calls(second)
        case Literal():
            pass
