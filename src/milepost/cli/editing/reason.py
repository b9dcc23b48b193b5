"""Why a date or an estimate moved: asked for where somebody relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milepost.cli.editing.asking import ask
from milepost.cli.editing.edit import Editing
from milepost.cli.options import note
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.documents.edits import New
    from milepost.model.item import Item, Ref

_MOVING = ("due", "estimate", "commitment", "priority", "dropped")
_FIRMNESS = ("tentative", "target", "promise")
_TYPE = '--because "scope: what changed"'


def give_reason(editing: Editing, item: Item, because: str) -> None:
    """Writes a reason for the change that is being made. Raises where an item of that kind has none."""
    from milepost.documents.values import field_names, parse_reason_text, to_value

    if "because" not in field_names(item.ref.kind):
        raise UsageError(f"A {item.ref.kind} has no `because`.", "say why in the commit message")
    reason: New = parse_reason_text(because)
    accepted = editing.accepted(item.ref)
    if accepted and accepted.fields.get("because") == to_value(reason):
        note(
            f"The plan gives this reason already. To count anew it has to be in the commit message: Because: {because}"
        )
    editing.draft.put(item, ("because",), reason)


def require_reason(editing: Editing, item: Item) -> None:
    """Asks why an accepted date or estimate moved, unless a new reason is there. A promise does not move without."""
    from milepost.documents.values import field_names

    moved = _moved(editing, item)
    if not moved or "because" not in field_names(item.ref.kind) or _has_new_reason(editing, item):
        return
    accepted = editing.accepted(item.ref)
    promised = accepted is not None and moved != ["estimate"] and _is_promised(editing, accepted.ref)
    if editing.asks:
        question = f"Why? (a category and a sentence, as in scope: {'…' if promised else '…; empty for none'})"
        if answer := ask(question, _read_reason, _categories(), optional=not promised):
            give_reason(editing, item, answer)
    elif promised:
        message = f"{item.ref} is promised, and a promise does not move without a reason."
        raise UsageError(message, f"{_TYPE}   (or {_others()})")
    else:
        note(f"No reason was given for the new {' and '.join(moved)}: milepost set {item.ref} {_TYPE}")


def ask_reason(editing: Editing, because: str | None, what: str) -> str:
    """The reason that was given, or is asked for. Raises where there is none."""
    if because is not None:
        return because
    if editing.asks:
        return ask(f"Why is it {what}? (a category and a sentence, as in priority: …)", _read_reason, _categories())
    raise UsageError(f"Nothing is {what} without a reason.", '--because "priority: what goes first"')


def _moved(editing: Editing, item: Item) -> list[str]:
    """The fields others count on that say something else now than on the accepted branch."""
    touched = {change.field for change in editing.draft.changes if change.path == item.place.path}.intersection(_MOVING)
    accepted = editing.accepted(item.ref) if touched else None
    if accepted is None:
        return []
    pairs = {key: (accepted.fields.get(key), editing.draft.value(item, (key,))) for key in _MOVING if key in touched}
    return [key for key, (old, new) in pairs.items() if _is_move(key, old, new)]


def _is_move(key: str, old: object, new: object) -> bool:
    """Whether others who count on a field have to count otherwise now."""
    if key == "dropped":
        return old is None and new is not None
    if key == "priority":
        return new == "wont" and old != "wont"
    if key == "commitment":
        return old is not None and _is_lower(old, new)
    return old is not None and old != new


def _is_lower(old: object, new: object) -> bool:
    """Whether a date is meant less firmly now; without a word it is a target."""
    ranks = [_FIRMNESS.index(str(one)) if one in _FIRMNESS else 1 for one in (old, new)]
    return ranks[1] < ranks[0]


def _has_new_reason(editing: Editing, item: Item) -> bool:
    accepted = editing.accepted(item.ref)
    now = editing.draft.value(item, ("because",))
    return now is not None and now != (accepted.fields.get("because") if accepted else None)


def _is_promised(editing: Editing, ref: Ref) -> bool:
    """Whether the accepted plan promises it: the milestone itself, or one that is due with the release."""
    plan = editing.accepted_plan
    promised = [one for one in plan.milestones if one.commitment == "promise"] if plan else []
    dates = {one.due.written for one in promised if one.due}
    return ref in {one.ref for one in promised} or (ref.kind == "release" and ref.id in dates)


def _read_reason(text: str) -> str:
    from milepost.documents.values import parse_reason_text

    if text.strip():
        parse_reason_text(text)
    return text.strip()


def _categories() -> list[str]:
    from milepost.model.reason import Category

    return [f"{category}:" for category in Category]


def _others() -> str:
    from milepost.model.reason import Category

    return ", ".join(category for category in Category if category != "scope")
