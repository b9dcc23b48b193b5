"""Accepted history from revisions: which field of which item changed at which accepted commit.

Identity is (kind, id), wherever the item's file is; items of sources without ids are their files, followed through
git's own renames. A revision that does not parse changes nothing: the last value stands, and it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace

from milepost.documents.sources import ACCEPTED
from milepost.loader.ahead import Ahead, Found
from milepost.loader.attribution import Attribution
from milepost.loader.cache import Cache
from milepost.loader.identity import find_renamed, move_items, parents_first
from milepost.loader.layout import HOMES, Layout, plan_file
from milepost.loader.planfiles import PlanFiles
from milepost.loader.reasons import Reasons
from milepost.loader.told import Told, nothing_told
from milepost.model.history import Change, Revision
from milepost.model.item import Item, Ref, Value
from milepost.repository.meanwhile import meanwhile
from milepost.repository.repository import Repository
from milepost.repository.steps import Progress, Step


def read_on(
    repository: Repository, layout: Layout, cache: Cache, told: Told, tip: str, progress: Progress | None
) -> tuple[Layout, Told, int]:
    """What is told up to a tip, by which layout, and by how many steps more."""
    reader = _Reader(repository, layout, cache, told)
    reader.read(tip, progress)
    if moved := find_moved(repository, layout, reader.steps):
        reader = _Reader(repository, moved, cache, nothing_told(moved))
        reader.read(tip, progress)
    return reader.layout, reader.told, len(reader.steps)


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
        self._ahead = Ahead(repository, layout, self._files, cache)
        self._files.unreadable, self._files.duplicates = told.unreadable, told.duplicates
        self._version = told.version
        self._series = told.series

    def read(self, tip: str, progress: Progress | None) -> None:
        """Takes in what led to a tip after what was told before. git looks for steps and sides meanwhile."""
        since, roots = self.told.since, self.layout.roots
        coming = self._ahead.read(tip, since, progress)
        is_whole = not since and self._repository.is_whole(tip)
        check = nullcontext() if is_whole else meanwhile(lambda: self._repository.check_walk(tip, since, roots))
        with check:
            sides = self._read(coming)
        if sides:
            self._attribute(sides, is_whole)

    def _read(self, coming: Iterable[Found]) -> dict[str, list[Found]]:
        """Takes in the steps, and returns what their merges brought in."""
        sides: dict[str, list[Found]] = {}
        for found in coming:
            if found.merge:
                sides.setdefault(found.merge, []).append(found)
            else:
                self.steps.append(found.step)
                self.accept(found)
        return sides

    def accept(self, found: Found) -> None:
        """Takes in one accepted revision."""
        revision, touched = found.revision, dict[Ref, None]()
        stood = self._version.under_new_names(found.renamed)
        for file in found.step.files:
            items = self._files.items_now(file.path, file.blob, revision)
            items = stood.get(file.path) if items is None else items
            if items is not None:
                touched.update(dict.fromkeys(self._version.put(file.path, items)))
        touched.update(dict.fromkeys(self._version.settle()))
        self._rename(touched, {old: new for new, old in found.renamed})
        reasons = Reasons(revision)
        for ref in sorted(touched, key=parents_first):
            self._compare(ref, revision, reasons)

    def _attribute(self, sides: Mapping[str, list[Found]], is_whole: bool) -> None:
        """Names who set the values that merges brought in."""
        if not is_whole:
            brought_in = [one.step.commit for side in sides.values() for one in side]
            self._repository.check_sides(brought_in, self.layout.roots)
        by = Attribution(self._files.items_of_blob, sides)
        numbered = self._series.numbered
        for place, (number, change) in enumerate(numbered):
            if change.revision.id in sides:
                numbered[place] = number, by.attribute(change)

    def _rename(self, touched: dict[Ref, None], files: dict[Ref, Ref]) -> None:
        """Takes what was said along to what items are called now; `files` are those that git says were renamed."""
        renamed = find_renamed(touched, self.told.items, self._version.present)
        touched.update(dict.fromkeys([*renamed.values(), *files.values()]))
        if renamed or files:
            self.told.items = move_items(self.told.items, renamed, files)
            self._series.rename(renamed | files)

    def _compare(self, ref: Ref, revision: Revision, reasons: Reasons) -> None:
        """Records what one item says differently after this revision."""
        old, new = self.told.items.get(ref), self._version.present(ref)
        if new is None:
            self.told.items.pop(ref, None)
        else:
            new = self.told.items[ref] = date_accepted(new, (old,), revision)
        item = new or old
        if item is None:
            return
        before, after = old.fields if old else {}, new.fields if new else {}
        if old and new and old.ref != ref:
            before, after = {**before, "id": old.ref.id}, {**after, "id": ref.id}
        if changed := _differences(before, after):
            reasons.note(ref, before.get("because"), after.get("because"))
            path, by, reason_of = item.place.path, revision.author, reasons.of
            self._series.add(
                ref, [Change(ref, field, was, now, revision, path, by, reason_of(ref, field))
                      for field, was, now in changed]
            )  # fmt: skip


def _differences(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> list[tuple[str, Value | None, Value | None]]:
    """Fields with another value than before, and both values. Fields that went come last."""
    said = [(field, before.get(field), now) for field, now in after.items() if before.get(field) != now]
    return said + [(field, was, None) for field, was in before.items() if field not in after]


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
