"""Every accepted version of a plan, with what was known then: the past as it looked when it was the present.

History tells changes under the names that items have now. A version has the names of its own time, because its links
are written with those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    names = first_names(history)
    seen = 0
    for revision, together in by_revision(history.changes):
        seen += len(together)
        for change in together:
            if change.field == "id":
                names[change.item] = Ref(change.item.kind, str(change.new))
            else:
                _apply(items, change)
        renamed = {ref: name for ref, name in names.items() if name != ref}
        yield Version(
            revision=revision,
            own=tuple(together),
            items=dict(items),
            all_changes=history.changes,
            seen=seen,
            names=renamed,
            branch=history.branch,
            sources=sources,
        )


def first_names(history: History) -> dict[Ref, Ref]:
    """What items that were renamed were called first, by their identity at the tip."""
    renamed = (change for change in reversed(history.changes) if change.field == "id")
    return {change.item: Ref(change.item.kind, str(change.old)) for change in renamed}


def _apply(items: dict[Ref, Item], change: Change) -> None:
    """Puts a change into effect; an item without fields is not there."""
    before = items.get(change.item)
    fields = dict(before.fields) if before else {}
    change.apply(fields)
    if fields:
        items[change.item] = Item(change.item, fields, Place(change.path))
    else:
        items.pop(change.item, None)
