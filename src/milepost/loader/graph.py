"""History by the whole graph of commits: a change is where a value differs from that of every parent.

Work on branches shows at the commits where it was done, and a merge only shows what its own author decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from milepost.loader.cache import Cache
from milepost.loader.identity import find_renamed, move_items, parents_first
from milepost.loader.layout import Layout
from milepost.loader.names import Names
from milepost.loader.planfiles import PlanFiles, Renames
from milepost.loader.reasons import Reasons
from milepost.loader.replay import date_accepted, find_moved
from milepost.loader.version import Version
from milepost.model.history import Change, History, Revision
from milepost.model.item import Item, Ref, Value
from milepost.repository.graph import Node, walk_graph
from milepost.repository.repository import Repository
from milepost.repository.steps import FileChange, Progress, Step


def load_graph(
    repository: Repository, layout: Layout, branch: str, tip: str, cache: Cache, progress: Progress | None = None
) -> History:
    """The history of every item on all lines that lead to a tip. Raises where the clone is shallow."""
    repository.require_whole_history()
    nodes = list(walk_graph(repository, tip, layout.roots))
    if moved := find_moved(repository, layout, [_first_step(node) for node in nodes]):
        layout = moved
        nodes = list(walk_graph(repository, tip, layout.roots))
    reader = _GraphReader(repository, layout, cache, Names(nodes))
    reader.renames.find({edge: files for node in nodes for edge, files in _edges(node)})
    repository.read_ahead(id for node in nodes for id in reader.needed(node))
    reader.children.update(parent for node in nodes for parent in node.parents)
    for number, node in enumerate(nodes):
        reader.accept(node)
        if progress:
            progress(number + 1, len(nodes))
    cache.save()
    return reader.finish(branch, repository.revision(tip))


def _first_step(node: Node) -> Step:
    """A commit as seen from its first parent."""
    return Step(node.commit, node.parents[0] if node.parents else "", node.changes[0], len(node.parents) > 1)


def _edges(node: Node) -> Iterator[tuple[tuple[str, str], tuple[FileChange, ...]]]:
    """The changes of a commit by parent and commit."""
    for parent, files in zip(node.parents, node.changes, strict=bool(node.parents)):
        yield (parent, node.commit), files


@dataclass(slots=True)
class _State:
    """What files and items said at a commit. Never changed once that is read, so that commits can share it."""

    version: Version
    blobs: dict[str, str]  # of every file, those that do not parse included
    items: dict[Ref, Item]
    broken: set[str]  # the files that do not parse, and say what they said before

    def copy(self) -> _State:
        return _State(self.version.copy(), dict(self.blobs), self.items, set(self.broken))


@dataclass(frozen=True, slots=True)
class _Edge:
    """A commit seen from one parent: what was said there, under what items are called now."""

    items: Mapping[Ref, Item]
    touched: set[Ref]


class _GraphReader:
    """Replays commits, each after its parents."""

    def __init__(self, repository: Repository, layout: Layout, cache: Cache, names: Names) -> None:
        self.renames = Renames(repository, layout)
        self.children: Counter[str] = Counter()  # of each commit, that have not been read yet
        self._repository = repository
        self._files = PlanFiles(repository, layout, cache)
        self._nothing = _State(Version(layout), {}, {}, set())
        self._states: dict[str, _State] = {}
        self._last = self._nothing
        self._names = names
        self._changes: list[Change] = []

    def finish(self, branch: str, tip: Revision) -> History:
        """Everything that was seen, under the identities at the tip."""
        changes = tuple(self._names.rename(self._changes))
        items = dict(sorted(self._last.items.items()))
        return History(branch, tip, changes, items, tuple(self._files.unreadable), tuple(self._files.duplicates))

    def needed(self, node: Node) -> Iterator[str]:
        """The objects that have to be read to take in a commit."""
        if node.changes[0]:
            yield node.commit
            yield from (blob for _, blob in self._files.unread((file.path, file.blob) for file in node.changes[0]))

    def accept(self, node: Node) -> None:
        """Takes in one commit. Parents that all children have seen are forgotten."""
        parents = [self._states[parent] for parent in node.parents] or [self._nothing]
        self._last = self._states[node.commit] = self._replay(node, parents)
        self.children.subtract(node.parents)
        for parent in set(node.parents):
            if not self.children[parent]:
                del self._states[parent]

    def _replay(self, node: Node, parents: list[_State]) -> _State:
        if not node.changes[0]:
            for number, before in enumerate(parents):
                self._edge(node, number, before, parents[0], set())
            return parents[0]
        revision = self._repository.revision(node.commit)
        state = parents[0].copy()
        stood = state.version.under_new_names(self.renames.items(node.parents[0] if node.parents else "", node.commit))
        touched: dict[Ref, None] = {}
        for file in node.changes[0]:
            touched.update(dict.fromkeys(self._take_file(file, state, parents[1:], stood, revision)))
        touched.update(dict.fromkeys(state.version.settle()))
        edges = [self._edge(node, number, before, state, set(touched)) for number, before in enumerate(parents)]
        state.items = dict(edges[0].items)
        for ref in sorted(edges[0].touched, key=parents_first):
            _keep(ref, state, edges, revision)
        self._compare(state, edges, revision)
        return state

    def _take_file(
        self,
        file: FileChange,
        state: _State,
        others: list[_State],
        stood: Mapping[str, list[Item]],
        revision: Revision,
    ) -> Iterable[Ref]:
        """Replaces what a file says: by what another parent took the same bytes for, else by what they say."""
        path = file.path
        state.blobs[path] = file.blob
        known = next((one for one in others if file.blob and one.blobs.get(path) == file.blob), None)
        items = known.version.items_in(path) if known else self._files.items_now(path, file.blob, revision)
        state.broken.discard(path)
        if items is None or (known and path in known.broken):
            state.broken.add(path)
        items = stood.get(path) if items is None else items
        return state.version.put(path, items) if items is not None else ()

    def _edge(self, node: Node, number: int, before: _State, state: _State, touched: set[Ref]) -> _Edge:
        """The commit as seen from one of its parents."""
        if number:
            touched = _between(before, state, {file.path for file in node.changes[number]})
        parent = node.parents[number] if node.parents else ""
        renamed = find_renamed(touched, before.items, state.version.present)
        files = {old: new for new, old in self.renames.items(parent, node.commit)}
        self._names.note(parent, node.commit, renamed | files)
        if not renamed and not files:
            return _Edge(before.items, touched)
        return _Edge(move_items(before.items, renamed, files), touched.union(renamed.values(), files.values()))

    def _compare(self, state: _State, edges: list[_Edge], revision: Revision) -> None:
        """Records every value that differs from that of every parent."""
        reasons = Reasons(revision)
        for ref in sorted(edges[0].touched, key=parents_first):
            now, before = state.items.get(ref), [edge.items.get(ref) for edge in edges]
            item = now or before[0]
            if item is None:
                continue
            after, sides = _fields(now, before)
            if all(after.get("because") != side.get("because") for side in sides):
                reasons.note(ref, None, after.get("because"))
            for field in dict.fromkeys([*after, *sides[0]]):
                old, new = _old(field, sides), after.get(field)
                if all(side.get(field) != new for side in sides):
                    reason = reasons.of(ref, field)
                    self._changes.append(
                        Change(ref, field, old, new, revision, item.place.path, revision.author, reason)
                    )


Fields = dict[str, Value]


def _fields(item: Item | None, before: list[Item | None]) -> tuple[Fields, list[Fields]]:
    """What an item says, and what it said in each parent. Its id is among that where it had another in all of them."""
    after = dict(item.fields) if item else {}
    sides = [dict(old.fields) if old else {} for old in before]
    if item and any(before) and all(old.ref != item.ref for old in before if old):
        after["id"] = item.ref.id
        for side, old in zip(sides, before, strict=True):
            side.update({"id": old.ref.id} if old else {})
    return after, sides


def _old(field: str, sides: list[Fields]) -> Value | None:
    """What a value was: in the first parent that has the item."""
    return next((side.get(field) for side in sides if side), None)


def _keep(ref: Ref, state: _State, edges: list[_Edge], revision: Revision) -> None:
    """Keeps what an item says from now on."""
    item = state.version.present(ref)
    if item is None:
        state.items.pop(ref, None)
    else:
        state.items[ref] = date_accepted(item, [edge.items.get(ref) for edge in edges], revision)


def _between(before: _State, after: _State, changed: set[str]) -> set[Ref]:
    """The items that may differ: those of files that changed or do not parse, and all of them where the plan moved."""
    versions = before.version, after.version
    if versions[0].home != versions[1].home:
        return {ref for version in versions for ref in version.refs}
    paths = changed | before.broken | after.broken
    return {item.ref for path in paths for version in versions for item in version.items_in(path)}
