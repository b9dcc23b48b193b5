"""A new id for an item: every place of our own files that names it, and what to write there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.conditions.language import parse_condition
from milepost.conditions.tree import ConditionError, Reference
from milepost.model.item import PLAN, Item, Place, Ref, Value
from milepost.model.plan import Plan

#: Where items name others, by kind: the steps that lead there, `*` for every entry of a list.
_LINKS = (("depends_on", "*"), ("depends_on", "*", "item"))
_REFERENCES: dict[str, tuple[tuple[str, ...], ...]] = {
    "milestone": (*_LINKS, ("goal",)),
    "task": _LINKS,
    "goal": (("serves",),),
    "risk": (("threatens", "*"),),
    "sprint": (("items", "*"),),
    "feedback": (("about",), ("leads_to", "*")),
    "review": (("agreed", "*", "about", "*"), ("risks_looked_at", "*")),
}
_NAMES_GOALS = ("goal", "serves")
_NAMES_RISKS = "risks_looked_at"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names the item, and the text that names it by its new id. `item` is whose place it is."""

    item: Item
    place: Place
    text: str


def find_mentions(plan: Plan, ref: Ref, new: str) -> Iterator[Mention]:
    """The places of the plan's own files that name an item, with what to write for its new id (a task's own word)."""
    renaming = _Renaming(plan, ref, new)
    for item in plan.items.values():
        if item.place.path not in plan.foreign:
            yield from renaming.mentions(item)


class _Renaming:
    """One item with its old and new id. A milestone's tasks carry its id in front of theirs."""

    def __init__(self, plan: Plan, ref: Ref, new: str) -> None:
        self.plan = plan
        self.ref = ref
        self.new = f"{ref.id.rpartition('/')[0]}/{new}" if ref.kind == "task" else new

    def mentions(self, item: Item) -> Iterator[Mention]:
        if item.ref == PLAN:
            yield from self.conditions(item)
        for steps in _REFERENCES.get(item.ref.kind, ()):
            for place, written in _find(item.place, item.fields.get(steps[0]), steps):
                if text := self.rewrite(item, steps[0], written):
                    yield Mention(item, place, text)

    def rewrite(self, item: Item, field: str, written: str) -> str | None:
        """The same reference with the new id; None where it names something else."""
        kind, colon, id = written.partition(":")
        if not colon:
            kind, id = self.kind_of(item, field, written), written
        prefix = f"{kind}:" if colon else ""
        sibling = item.ref.kind == "task" and kind == "task" and not colon and "/" not in id
        full = f"{item.ref.id.rpartition('/')[0]}/{id}" if sibling else id
        if Ref(kind, full) == self.ref:
            return prefix + (self.new.rpartition("/")[2] if sibling else self.new)
        if self.ref.kind == "milestone" and kind == "task" and not sibling and id.startswith(f"{self.ref.id}/"):
            return prefix + self.new + id.removeprefix(self.ref.id)
        return None

    def kind_of(self, item: Item, field: str, written: str) -> str:
        """What a name without a kind in front names, as the plan language reads it."""
        if field in _NAMES_GOALS and item.ref.kind in ("milestone", "goal"):
            return "goal"
        if field == _NAMES_RISKS and Ref("risk", written) in self.plan.items:
            return "risk"
        if "/" in written:
            return "task"
        sibling = Ref("task", f"{item.ref.id.rpartition('/')[0]}/{written}")
        return "task" if item.ref.kind == "task" and sibling in self.plan.items else "milestone"

    def conditions(self, item: Item) -> Iterator[Mention]:
        """Assertions name items in the middle of a text."""
        for place, written in _find(item.place, item.fields.get("assertions"), ("assertions", "*")):
            if (text := self.rewrite_condition(written)) != written:
                yield Mention(item, place, text)

    def rewrite_condition(self, written: str) -> str:
        """A condition with the new id where it names the item; a text that is no condition stays as it is."""
        try:
            references = parse_condition(written).references
        except ConditionError:
            return written
        for one in reversed(references):
            if new := self.refers(one):
                written = written[: one.start] + new + written[one.end :]
        return written

    def refers(self, one: Reference) -> str | None:
        """The new id where a condition's reference names the item, or a task of it; None where it does not."""
        if one.kind in (None, self.ref.kind) and one.id == self.ref.id:
            return self.new
        inside = self.ref.kind == "milestone" and one.kind in (None, "task") and one.id.startswith(f"{self.ref.id}/")
        return self.new + one.id.removeprefix(self.ref.id) if inside else None


def _find(place: Place, value: Value | None, steps: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """The texts that steps lead to, each with its place. The value is what the first step leads to."""
    found: list[tuple[Place, Value | None]] = [(place.at(steps[0]), value)]
    for step in steps[1:]:
        found = [below for one in found for below in _below(*one, step)]
    yield from ((where, str(text)) for where, text in found if isinstance(text, str))


def _below(place: Place, value: Value | None, step: str) -> Iterator[tuple[Place, Value | None]]:
    if step == "*":
        for number, entry in enumerate(value if isinstance(value, list) else ()):
            yield place.at(number), entry
    elif isinstance(value, dict) and step in value:
        yield place.at(step), value[step]
