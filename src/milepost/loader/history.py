"""Accepted history from revisions: which field of which item changed at which accepted commit.

Identity is (kind, id), wherever the item's file is; items of sources without ids are their files, followed through
git's own renames. A revision that does not parse changes nothing: the last value stands, and it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from milepost.documents.sources import ACCEPTED
from milepost.loader.attribution import Attribution
from milepost.loader.cache import Cache
from milepost.loader.identity import find_renamed, move_items, parents_first
from milepost.loader.layout import HOMES, Layout, plan_file
from milepost.loader.planfiles import PlanFiles, Renames
from milepost.loader.reasons import Reasons
from milepost.loader.shelf import Shelf, Told
from milepost.loader.version import Version
from milepost.model.history import Change, History, Revision
from milepost.model.item import Item, Ref, Value
from milepost.repository.meanwhile import meanwhile
from milepost.repository.repository import Repository
from milepost.repository.sides import SideCommit
from milepost.repository.steps import Progress, Step

_FAR = 1000  # commits, after which it is worth the while to keep that there was nothing in them


def load_history(
    repository: Repository, layout: Layout, branch: str, tip: str, cache: Cache, progress: Progress | None = None
) -> History:
    """The history of every item on a branch's first-parent chain. Raises where the clone is shallow."""
    repository.require_whole_history()
    shelf = Shelf(cache, layout, repository.mailmap)
    layout, told, away = _read_before(repository, shelf, tip) or (layout, Told(Version(layout)), _FAR)
    reader = _Reader(repository, layout, cache, told)
    reader.read(tip, progress)
    if moved := find_moved(repository, layout, reader.steps):
        reader = _Reader(repository, moved, cache, Told(Version(moved)))
        reader.read(tip, progress)
    if cache.is_kept and (reader.steps or away >= _FAR):
        shelf.put(tip, reader.layout, reader.told)
        cache.save()
    return reader.finish(branch, repository.revision(tip))


def _read_before(repository: Repository, shelf: Shelf, tip: str) -> tuple[Layout, Told, int] | None:
    """What was told up to the newest commit on the way to the tip to which a history is kept, and how far that is."""
    tips = shelf.tips()
    newest = repository.newest_accepted(tip, tips) if tips else None
    found = shelf.take(newest[0]) if newest else None
    return (*found, newest[1]) if found and newest else None


def find_moved(repository: Repository, layout: Layout, steps: Iterable[Step]) -> Layout | None:
    """The layout with the folder where the plan was before, where a commit moved its `milepost.yaml` from there."""
    if layout.folder is None or layout.earlier is not None:
        return None
    here = plan_file(layout.folder)
    other = next(home for home in HOMES if home != layout.folder)
    for step in steps:
        came_or_went = any(file.path == here and not (file.old_blob and file.blob) for file in step.files)
        if came_or_went and step.parent:
            there = repository.changes(step.commit, (plan_file(other),))
            if any(not (file.old_blob and file.blob) for file in there):
                return replace(layout, earlier=other)
    return None


class _Reader:
    """Replays revisions, oldest first: what each file says now, and what each item was last known to say."""

    def __init__(self, repository: Repository, layout: Layout, cache: Cache, told: Told) -> None:
        self.layout = layout
        self.told = told
        self.steps: list[Step] = []
        self._repository = repository
        self._files = PlanFiles(repository, layout, cache)
        self._files.unreadable, self._files.duplicates = told.unreadable, told.duplicates
        self._version = told.version
        self._series = told.series

    def finish(self, branch: str, tip: Revision) -> History:
        """Everything that was seen."""
        return History(
            branch=branch,
            tip=tip,
            changes=tuple(self._series.changes()),
            items=dict(sorted(self.told.items.items())),
            unreadable=tuple(self._files.unreadable),
            duplicates=tuple(self._files.duplicates),
        )

    def read(self, tip: str, progress: Progress | None) -> None:
        """Takes in what led to a tip after what was told before. git looks for steps and sides meanwhile."""
        since, roots = self.told.since, self.layout.roots
        if since == tip:
            return
        with meanwhile(lambda: self._repository.check_walk(tip, since, roots)):
            self._read(tip, progress)

    def _read(self, tip: str, progress: Progress | None) -> None:
        since, roots = self.told.since, self.layout.roots
        renames, merges, sides = Renames(self._repository, self.layout), set[str](), None
        for step in renames.find_ahead(self._repository.walk_accepted(tip, roots, since, progress)):
            self.steps.append(step)
            self.accept(step, renames.items(step.parent, step.commit))
            if step.is_merge:
                merges.add(step.commit)
                sides = sides or self._repository.sides(tip, since)
        if sides:
            self._attribute(sides.find(merges, roots))

    def accept(self, step: Step, renamed: Iterable[tuple[Ref, Ref]]) -> None:
        """Takes in one accepted revision."""
        revision = self._repository.revision(step.commit)
        renamed, touched = list(renamed), dict[Ref, None]()
        stood = self._version.under_new_names(renamed)
        for file in step.files:
            items = self._files.items_now(file.path, file.blob, revision)
            items = stood.get(file.path) if items is None else items
            if items is not None:
                touched.update(dict.fromkeys(self._version.put(file.path, items)))
        touched.update(dict.fromkeys(self._version.settle()))
        self._rename(touched, {old: new for new, old in renamed})
        accepted = _Accepted(revision, Reasons(revision))
        for ref in sorted(touched, key=parents_first):
            self._compare(ref, accepted)

    def _attribute(self, sides: Mapping[str, Iterable[SideCommit]]) -> None:
        """Names who set the values that merges brought in."""
        brought_in = [commit for side in sides.values() for commit, _ in side]
        with meanwhile(lambda: self._repository.check_sides(brought_in, self.layout.roots)):
            by = Attribution(self._repository, self._files.items_of_blob, sides)
            self._series.numbered = [
                (number, by.attribute(change) if change.revision.id in sides else change)
                for number, change in self._series.numbered
            ]

    def _rename(self, touched: dict[Ref, None], files: dict[Ref, Ref]) -> None:
        """Takes what was said along to what items are called now; `files` are those that git says were renamed."""
        renamed = find_renamed(touched, self.told.items, self._version.present)
        touched.update(dict.fromkeys([*renamed.values(), *files.values()]))
        if renamed or files:
            self.told.items = move_items(self.told.items, renamed, files)
            self._series.rename(renamed | files)

    def _compare(self, ref: Ref, accepted: _Accepted) -> None:
        """Records what one item says differently after this revision."""
        old, new = self.told.items.get(ref), self._version.present(ref)
        if new is None:
            self.told.items.pop(ref, None)
        else:
            new = self.told.items[ref] = date_accepted(new, (old,), accepted.revision)
        item = new or old
        if item is None:
            return
        before, after = old.fields if old else {}, new.fields if new else {}
        if old and new and old.ref != ref:
            before, after = {**before, "id": old.ref.id}, {**after, "id": ref.id}
        accepted.reasons.note(ref, before.get("because"), after.get("because"))
        for field in {**after, **before}:
            was, now = before.get(field), after.get(field)
            if was is not now and was != now:
                self._series.add(accepted.change(ref, item, field, was, now))


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What is known of the revision that is being taken in."""

    revision: Revision
    reasons: Reasons

    def change(self, ref: Ref, item: Item, field: str, old: Value | None, new: Value | None) -> Change:
        reason = self.reasons.of(ref, field)
        return Change(ref, field, old, new, self.revision, item.place.path, self.revision.author, reason)


def date_accepted(new: Item, olds: Iterable[Item | None], revision: Revision) -> Item:
    """Fills in the day of acceptance where a source asks for it: the day the value first became what it is.

    `olds` are what the item said in each parent.
    """
    if ACCEPTED not in new.fields.values():
        return new
    marked = [field for field, value in new.fields.items() if value == ACCEPTED]
    day = revision.day.isoformat() if revision.day else ""
    kept = {field: next((old.fields[field] for old in olds if old and old.fields.get(field)), day) for field in marked}
    return new._replace(fields={**new.fields, **kept})
