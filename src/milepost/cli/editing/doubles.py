"""New items that the plan has already, under an id or a title that something else has or had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milepost.errors import UsageError
from milepost.model.former import retired_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milepost.documents.edits import New
    from milepost.model.item import Item, Ref
    from milepost.model.plan import Plan


def taken_ids(plan: Plan, milestone: Item | None) -> dict[str, Ref]:
    """The ids that a new item can't have, each with what has or had it: for a task those of its siblings too."""
    prefix = f"{milestone.ref.id}/" if milestone else ""
    taken = {id.removeprefix(prefix): ref for id, ref in retired_ids(plan.items).items()}
    return taken | {ref.id.removeprefix(prefix): ref for ref in plan.items if ref.kind not in ("plan", "release")}


def require_free(id: str, plan: Plan, milestone: Item | None, free: str) -> None:
    """Raises where an id is or was that of something else; `free` is one that is not."""
    holder = taken_ids(plan, milestone).get(id)
    if holder is None:
        return
    full = f"{milestone.ref.id}/{id}" if milestone else id
    if holder in plan.items and holder.id in (id, full):
        raise UsageError(f"Another item is called {id}.", f"--id {free}")
    raise UsageError(
        f"{full} was the id of {holder.id} before, and history would take the two for one.", f"--id {free}"
    )


def require_unlike(kind: str, fields: Mapping[str, New], plan: Plan, milestone: Item | None, free: str) -> None:
    """Raises where the same is there already: a title again (of a milestone's tasks), or a sprint of the same days."""
    for ref, item in plan.items.items():
        if ref.kind != kind or (milestone and ref.id.rpartition("/")[0] != milestone.ref.id):
            continue
        called = "name" if kind == "person" else "title"
        if called in fields and _same(fields[called], item.fields.get(called)):
            raise UsageError(f"{ref.id} is a {kind} with this {called} already.", f"--id {free} for another one")
        days = [(str(fields.get(key)), item.fields.get(key)) for key in ("start", "end")]
        if kind == "sprint" and all(new == old for new, old in days):
            message = f"{ref.id} is a sprint from {days[0][0]} to {days[1][0]} already."
            raise UsageError(message, f"--id {free} for another one, or other days: start=DATE end=DATE")


def _same(one: object, other: object) -> bool:
    return isinstance(other, str) and " ".join(str(one).split()).casefold() == " ".join(other.split()).casefold()
