"""Every accepted version of a plan, with what was known then: the past as it looked when it was the present.

History tells changes under the names that items have now. A version has the names of its own time, because its links
are written with those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from milepost.model.build import build_plan
from milepost.model.history import Change, History, Revision, by_revision
from milepost.model.item import Item, Place, Ref
from milepost.model.plan import Plan
from milepost.model.source import Source


@dataclass(frozen=True)  # without slots: what is cached needs room
class Version:
    """A plan after one accepted revision. `items` and changes are under the identities at the tip.

    All versions share the changes of the whole history, so that many of them take no more room than one.
    """

    revision: Revision
    own: tuple[Change, ...]  # those of this revision
    items: Mapping[Ref, Item]
    all_changes: tuple[Change, ...]  # those to come included
    seen: int  # how many of them were accepted up to then
    names: Mapping[Ref, Ref]  # of items that are called otherwise at the tip, by what they are called there
    branch: str
    sources: tuple[Source, ...] = ()

    @cached_property
    def plan(self) -> Plan:
        """The plan of that version."""
        return build_plan((self._then(item) for _, item in sorted(self.items.items())), self.sources)

    @cached_property
    def history(self) -> History:
        """History up to that version, as it would have been told then."""
        names = self.names
        seen = islice(self.all_changes, self.seen)
        changes = (change._replace(item=names[change.item]) if change.item in names else change for change in seen)
        items = {self.name_then(ref): self._then(item) for ref, item in sorted(self.items.items())}
        return History(self.branch, self.revision, tuple(changes), items)

    def name_then(self, ref: Ref) -> Ref:
        """What an item was called, by its identity at the tip."""
        return self.names.get(ref, ref)

    def _then(self, item: Item) -> Item:
        return item._replace(ref=self.names[item.ref]) if item.ref in self.names else item


def replay_versions(history: History, sources: tuple[Source, ...] = ()) -> Iterator[Version]:
    """Every version in accepted order. Plan and history of a version are made when they are asked for."""
    items: dict[Ref, Item] = {}
    names = Names(history)
    seen = 0
    for revision, together in by_revision(history.changes):
        seen += len(together)
        for change in together:
            if not names.take(change):
                _apply(items, change)
        yield Version(
            revision=revision,
            own=tuple(together),
            items=dict(items),
            all_changes=history.changes,
            seen=seen,
            names=names.others(items.keys()),
            branch=history.branch,
            sources=sources,
        )


class Names:
    """What items are called in a version, by their identity at the tip. It takes in all changes up to that."""

    def __init__(self, history: History) -> None:
        ids = [change for change in history.changes if change.field == "id"]
        self._then = {change.item: Ref(change.item.kind, str(change.old)) for change in reversed(ids)}
        self._bearers = {str(change.old): change.item for change in ids if change.item.kind == "milestone"}

    def take(self, change: Change) -> bool:
        """Takes in a change; whether it gave its item another id."""
        if change.field == "id":
            self._then[change.item] = Ref(change.item.kind, str(change.new))
        return change.field == "id"

    def of(self, ref: Ref) -> Ref:
        """What an item is called, as far as changes of its own tell."""
        return self._then.get(ref, ref)

    def others(self, present: Collection[Ref]) -> dict[Ref, Ref]:
        """The names of those of the present items that are called otherwise at the tip."""
        found = {ref: name for ref, name in self._then.items() if name != ref and ref in present}
        return found | dict(self._along(present, found)) if found else {}

    def _along(self, present: Collection[Ref], names: Mapping[Ref, Ref]) -> Iterator[tuple[Ref, Ref]]:
        """Tasks of milestones that got another id while the task was not there: no change tells that it did so too."""
        homes = {names.get(ref, ref).id for ref in present if ref.kind == "milestone"}
        for ref in present:
            home, _, word = names.get(ref, ref).id.rpartition("/")
            if ref.kind == "task" and home not in homes:
                bearers = [Ref("milestone", home)] if ref not in self._then else []
                bearers += [self._bearers[home]] if home in self._bearers else []
                bearer = next((one for one in bearers if one in names), None)
                if bearer:
                    yield ref, Ref("task", f"{names[bearer].id}/{word}")


def _apply(items: dict[Ref, Item], change: Change) -> None:
    """Puts a change into effect; an item without fields is not there."""
    before = items.get(change.item)
    fields = dict(before.fields) if before else {}
    change.apply(fields)
    if fields:
        items[change.item] = Item(change.item, fields, Place(change.path))
    else:
        items.pop(change.item, None)
