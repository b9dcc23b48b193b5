"""Accepted history from revisions: which field of which item changed at which accepted commit.

Identity is (kind, id), wherever the item's file is; items of sources without ids are their files, followed through
git's own renames. A revision that does not parse changes nothing: the last value stands, and it is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from milepost.documents.sources import ACCEPTED
from milepost.loader.attribution import Attribution
from milepost.loader.cache import Cache
from milepost.loader.layout import Layout
from milepost.loader.reading import Parsed, items_of, parse_blob
from milepost.loader.reasons import Reasons
from milepost.loader.series import AllSeries
from milepost.model.history import Change, History, Revision, Unreadable
from milepost.model.item import Item, Ref, Value
from milepost.repository.renames import find_renames
from milepost.repository.repository import FileChange, Repository, Step

#: Called with how many revisions were read, and how many there are.
Progress = Callable[[int, int], None]


def load_history(
    repository: Repository, layout: Layout, branch: str, tip: str, cache: Cache, progress: Progress | None = None
) -> History:
    """The history of every item on a branch's first-parent chain. Raises where the clone is shallow."""
    repository.require_whole_history()
    reader = _Reader(repository, layout, cache)
    steps = list(repository.walk_accepted(tip, layout.roots, cache))
    renames = _renames(repository, layout, steps)
    for number, step in enumerate(steps):
        reader.accept(step, renames.get(step.commit, {}))
        if progress:
            progress(number + 1, len(steps))
    cache.save()
    return reader.finish(branch, repository.revision(tip))


def _renames(repository: Repository, layout: Layout, steps: list[Step]) -> dict[str, dict[str, str]]:
    """For each commit that may rename a file that is its own identity: new path to old path."""
    if all(source.id is not None for source in layout.sources):
        return {}
    pairs = []
    for step in steps:
        came = any(not file.old_blob and layout.sources_of(file.path) for file in step.files)
        went = any(not file.blob and layout.sources_of(file.path) for file in step.files)
        if came and went and step.parent:
            pairs.append((step.parent, step.commit))
    return find_renames(repository, pairs)


class _Reader:
    """Replays revisions, oldest first. `files` is what each file says now, `items` what each item says now."""

    def __init__(self, repository: Repository, layout: Layout, cache: Cache) -> None:
        self._repository = repository
        self._layout = layout
        self._cache = cache
        self._files: dict[str, tuple[Item, ...]] = {}
        self._holders: dict[Ref, set[str]] = {}
        self._items: dict[Ref, Item] = {}
        self._series = AllSeries()
        self._unreadable: list[Unreadable] = []
        self._duplicates: list[Unreadable] = []

    def finish(self, branch: str, tip: Revision) -> History:
        """Everything that was seen."""
        return History(
            branch=branch,
            tip=tip,
            changes=tuple(self._series.changes()),
            items=dict(sorted(self._items.items())),
            unreadable=tuple(self._unreadable),
            duplicates=tuple(self._duplicates),
        )

    def accept(self, step: Step, renamed: dict[str, str]) -> None:
        """Takes in one accepted revision."""
        revision = self._repository.revision(step.commit)
        touched: dict[Ref, None] = {}
        for file in step.files:
            touched.update(dict.fromkeys(self._take_file(file, revision)))
        for new_path, old_path in renamed.items():
            self._follow_file(new_path, old_path)
        continued = self._continue_renamed(touched)
        accepted = _Accepted(
            revision, Attribution(self._repository, self._read_items, self._changes, step, revision), Reasons(revision)
        )
        for ref in sorted(touched, key=_parents_first):
            self._compare(ref, continued.get(ref), accepted)

    def _take_file(self, file: FileChange, revision: Revision) -> Iterator[Ref]:
        """Replaces what a file says; yields every item that this may bear on."""
        if not (self._layout.kind_of(file.path) or self._layout.sources_of(file.path)):
            return
        items: tuple[Item, ...] = ()
        if file.blob:
            parsed = self._parse(file.path, file.blob)
            self._name_flaws(parsed, file, revision)
            if parsed[2] is not None:
                return
            items = tuple(items_of(self._layout, file.path, parsed))
        before = self._files.pop(file.path, ())
        if items:
            self._files[file.path] = items
        for item in before:
            self._holders[item.ref].discard(file.path)
            yield item.ref
        for item in items:
            self._holders.setdefault(item.ref, set()).add(file.path)
            yield item.ref

    def _parse(self, path: str, blob: str) -> Parsed:
        return parse_blob(self._repository, path, blob, self._cache)

    def _changes(self, commit: str) -> tuple[FileChange, ...]:
        return self._repository.changes(commit, self._layout.roots, self._cache)

    def _read_items(self, path: str, blob: str) -> dict[Ref, Item] | None:
        """What a file says in some revision; None where it can't be read."""
        if not (self._layout.kind_of(path) or self._layout.sources_of(path)):
            return {}
        parsed = self._parse(path, blob)
        return None if parsed[2] is not None else {item.ref: item for item in items_of(self._layout, path, parsed)}

    def _name_flaws(self, parsed: Parsed, file: FileChange, revision: Revision) -> None:
        _, duplicates, error = parsed
        if error is not None:
            self._unreadable.append(Unreadable(revision, file.path, error))
        self._duplicates += [Unreadable(revision, file.path, message) for message in duplicates]

    def _follow_file(self, new_path: str, old_path: str) -> None:
        """A file that is its own identity got a new name: its past goes with it."""
        for number in self._layout.sources_of(new_path):
            source = self._layout.sources[number]
            old, new = Ref(source.kind, old_path), Ref(source.kind, new_path)
            if source.id is None and old in self._items and new not in self._items:
                self._items[new] = self._items.pop(old)
                self._series.rename(old, new)

    def _continue_renamed(self, touched: dict[Ref, None]) -> dict[Ref, Item]:
        """Joins ids to the past that their `was` begins to name; returns what each new one said before."""
        continued: dict[Ref, Item] = {}
        for ref in sorted(touched, key=_parents_first):
            known = _former(self._items.get(ref))
            for old in _former(self._present(ref)):
                if old == ref or old in known or self._holders.get(old):
                    continue
                if old in self._items and ref not in self._items:
                    continued[ref] = self._items.pop(old)
                    touched.pop(old, None)
                    self._continue_tasks(old, ref, touched, continued)
                self._series.rename(old, ref)
        return continued

    def _continue_tasks(self, old: Ref, new: Ref, touched: dict[Ref, None], continued: dict[Ref, Item]) -> None:
        """A milestone's tasks go with it to its new id."""
        for task in [ref for ref in self._items if ref.kind == "task" and ref.id.startswith(f"{old.id}/")]:
            moved = Ref("task", new.id + task.id[len(old.id) :])
            if self._holders.get(moved) and moved not in self._items:
                continued[moved] = self._items.pop(task)
                touched.pop(task, None)
                self._series.rename(task, moved)

    def _present(self, ref: Ref) -> Item | None:
        """What an item says in the files as they are: where several name it, the last in path order counts."""
        paths = self._holders.get(ref)
        if not paths:
            return None
        return next(item for item in reversed(self._files[max(paths)]) if item.ref == ref)

    def _compare(self, ref: Ref, continued: Item | None, accepted: _Accepted) -> None:
        """Records what one item says differently after this revision."""
        old, new = continued or self._items.get(ref), self._present(ref)
        if new is None:
            self._items.pop(ref, None)
        else:
            new = self._items[ref] = _date_accepted(new, old, accepted.revision)
        item = new or old
        if item is None:
            return
        before, after = dict(old.fields) if old else {}, dict(new.fields) if new else {}
        if continued and continued.ref != ref:
            before["id"], after["id"] = continued.ref.id, ref.id
        accepted.reasons.note(ref, before.get("because"), after.get("because"))
        for field in dict.fromkeys([*after, *before]):
            if before.get(field) != after.get(field):
                self._series.add(accepted.change(ref, item, field, before.get(field), after.get(field)))


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What is known of the revision that is being taken in."""

    revision: Revision
    authors: Attribution
    reasons: Reasons

    def change(self, ref: Ref, item: Item, field: str, old: Value | None, new: Value | None) -> Change:
        by = self.authors.author(item, field, new)
        return Change(ref, field, old, new, self.revision, item.place.path, by, self.reasons.of(ref, field))


def _former(item: Item | None) -> list[Ref]:
    """The earlier identities that an item names. A task's are in its own milestone, unless they name another."""
    names = item.fields.get("was") if item else None
    if item is None or not isinstance(names, list):
        return []
    prefix = item.ref.id.rpartition("/")[0] + "/" if item.ref.kind == "task" else ""
    texts = [name for name in names if isinstance(name, str)]
    return [Ref(item.ref.kind, name if "/" in name else prefix + name) for name in texts]


def _parents_first(ref: Ref) -> tuple[bool, Ref]:
    return ref.kind == "task", ref


def _date_accepted(new: Item, old: Item | None, revision: Revision) -> Item:
    """Fills in the day of acceptance where a source asks for it: the day the value first became what it is."""
    marked = [field for field, value in new.fields.items() if value == ACCEPTED]
    if not marked:
        return new
    day = revision.day.isoformat() if revision.day else ""
    kept = {field: (old.fields.get(field) if old else None) or day for field in marked}
    return replace(new, fields={**new.fields, **kept})
