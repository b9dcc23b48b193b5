"""Links between items: what they lead to, and where they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from milepost.model.build_work import milestone_or_task
from milepost.model.item import Item, Place, Ref, Value
from milepost.model.plan import Plan
from milepost.rules.own import entries


class Link(NamedTuple):
    """One entry of `depends_on` or `threatens`."""

    place: Place
    written: str
    ref: Ref
    type: str = "FS"


def written_links(plan: Plan, item: Item) -> Iterator[Link]:
    """The links of a milestone, a task or a risk, in the order of the file."""
    for key in ("depends_on", "threatens"):
        for number, entry in enumerate(entries(item.fields.get(key))):
            name, type_ = _read(entry)
            if name:
                yield Link(item.place.at(key, number), name, _resolve(plan, item, name), type_)


def _read(entry: Value) -> tuple[str, str]:
    if isinstance(entry, dict):
        name, type_ = entry.get("item"), entry.get("type")
        return (str(name) if isinstance(name, str) else ""), (str(type_) if isinstance(type_, str) else "FS")
    return (str(entry) if isinstance(entry, str) else ""), "FS"


def _resolve(plan: Plan, item: Item, name: str) -> Ref:
    """A name as the plan language reads it: `kind:id`, a sibling task, `milestone/task`, or a milestone."""
    sibling = Ref("task", f"{item.ref.id.rpartition('/')[0]}/{name}")
    return sibling if item.ref.kind == "task" and sibling in plan.items else milestone_or_task(name)
