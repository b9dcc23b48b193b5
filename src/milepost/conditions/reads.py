"""Which fields a condition's answer can depend on: where none of them changed, the answer stands."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.conditions.functions import FUNCTIONS, KINDS, REFERRING
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
    "goal": ("goal", "serves"),
    "team": ("owner", "team"),
    "label": ("labels",),
    "release": ("due",),
}

_ASKED_TOO = {"team": "person", "goal": "goal"}  # what a filter looks at beside the items that it chooses


def fields_read(condition: Condition) -> frozenset[str]:
    """The fields that a condition reads, by their names in the plan language. The items themselves come on top."""
    return frozenset(field for call in _calls(condition.root) for field in _fields(call))


def items_read(condition: Condition) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that a condition asks about, and the kinds all of whose items it looks at."""
    calls = list(_calls(condition.root))
    ids = (call.subject.rpartition(":")[2] for call in calls if FUNCTIONS[call.function].takes == "id" and call.subject)
    return frozenset(ids), frozenset(kind for call in calls for kind in _kinds(call))


def _kinds(call: Call) -> tuple[str, ...]:
    """A milestone stands where its tasks stand, and a task says what its milestone says.

    A team is said of people, and which goals serve another one of goals.
    """
    if FUNCTIONS[call.function].takes == "id":
        return ()
    kind = KINDS[call.subject] if call.subject else "milestone"
    others = tuple(_ASKED_TOO[one.name] for one in call.filters if one.name in _ASKED_TOO)
    return ("milestone", "task", *others) if kind in ("milestone", "task") else (kind, *others)


def ids_needed(condition: Condition) -> tuple[str, ...]:
    """The ids that have to be there for an answer; `exists` does without."""
    return tuple(call.subject for call in _calls(condition.root) if _needs(call) and call.subject)


def ids_chosen_by(condition: Condition) -> tuple[str, ...]:
    """The ids by which items are chosen, as in goal=ID."""
    filters = (one for call in _calls(condition.root) for one in call.filters)
    return tuple(one.value for one in filters if one.value and one.name in REFERRING)


def _needs(call: Call) -> bool:
    return FUNCTIONS[call.function].takes == "id" and call.function != "exists"


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
