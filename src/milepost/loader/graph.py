"""History by the whole graph of commits: a change is where a value differs from that of every parent.

Work on branches shows at the commits where it was done, and a merge only shows what its own author decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milepost.loader.cache import Cache
from milepost.loader.history import Progress, date_accepted, find_moved
from milepost.loader.identity import join_items, parents_first
from milepost.loader.layout import Layout
from milepost.loader.names import Names
from milepost.loader.planfiles import PlanFiles, Renames
from milepost.loader.reasons import Reasons
from milepost.loader.version import Version
from milepost.model.history import Change, History, Revision
from milepost.model.item import Item, Ref, Value
from milepost.repository.graph import Node, walk_graph
from milepost.repository.repository import FileChange, Repository


def load_graph(
    repository: Repository, layout: Layout, branch: str, tip: str, cache: Cache, progress: Progress | None = None
) -> History:
    """The history of every item on all lines that lead to a tip. Raises where the clone is shallow."""
    repository.require_whole_history()
    nodes = list(walk_graph(repository, tip, layout.roots))
    if moved := find_moved(repository, layout, [(node.commit, node.changes[0]) for node in nodes], cache):
        layout = moved
        nodes = list(walk_graph(repository, tip, layout.roots))
    reader = _GraphReader(repository, layout, cache, _accepted(nodes))
    reader.renames.find({edge: files for node in nodes for edge, files in _edges(node)})
    reader.children.update(parent for node in nodes for parent in node.parents)
    for number, node in enumerate(nodes):
        reader.accept(node)
        if progress:
            progress(number + 1, len(nodes))
    cache.save()
    return reader.finish(branch, repository.revision(tip))


def _accepted(nodes: list[Node]) -> set[str]:
    """The commits that are reached from the tip along first parents."""
    first = {node.commit: node.parents[0] for node in nodes if node.parents}
    found: list[str] = [nodes[-1].commit]
    while found[-1] in first:
        found.append(first[found[-1]])
    return set(found)


def _edges(node: Node) -> Iterator[tuple[tuple[str, str], tuple[FileChange, ...]]]:
    """The changes of a commit by parent and commit."""
    for parent, files in zip(node.parents, node.changes, strict=bool(node.parents)):
        yield (parent, node.commit), files


Fields = dict[str, Value]


@dataclass(slots=True)
class _State:
    """What files and items said at a commit. Never changed once that is read, so that commits can share it."""

    version: Version
    blobs: dict[str, str]  # of every file, those that do not parse included
    items: dict[Ref, Item]
    numbers: dict[Ref, int]  # which item it is, whatever that is called at the tip
    bearers: dict[Ref, int]  # which item had an identity last, unless it was given another one

    def copy(self) -> _State:
        return _State(self.version.copy(), dict(self.blobs), dict(self.items), dict(self.numbers), dict(self.bearers))


@dataclass(frozen=True, slots=True)
class _Edge:
    """A commit seen from one parent: what was said there, and under which earlier identity."""

    before: _State
    touched: set[Ref]
    joined: list[tuple[Ref, Ref]]  # new and earlier identity, whether or not the earlier one was still there
    continued: dict[Ref, Ref]  # those that were
    files: set[Ref]  # of these, those that are called by their file

    @property
    def ended(self) -> list[tuple[Ref, Ref]]:
        """Identities that go on under another name, and were not there any more."""
        return [(new, old) for new, old in self.joined if new not in self.continued]

    def former(self, ref: Ref) -> Ref | None:
        """What an item was called; None where it was not there."""
        old = self.continued.get(ref, ref)
        given_up = old == ref and ref in self.continued.values()
        return None if given_up or old not in self.before.items else old

    def renamed(self, ref: Ref) -> bool:
        """Whether an item got another id."""
        return ref in self.continued and ref not in self.files

    def item(self, ref: Ref) -> Item | None:
        """What an item said."""
        old = self.former(ref)
        return self.before.items[old] if old else None


class _GraphReader:
    """Replays commits, each after its parents."""

    def __init__(self, repository: Repository, layout: Layout, cache: Cache, accepted: set[str]) -> None:
        self.renames = Renames(repository, layout)
        self.children: Counter[str] = Counter()  # of each commit, that have not been read yet
        self._accepted = accepted  # the commits that are reached from the tip along first parents
        self._repository = repository
        self._files = PlanFiles(repository, layout, cache)
        self._nothing = _State(Version(layout), {}, {}, {}, {})
        self._states: dict[str, _State] = {}
        self._last = self._nothing
        self._names = Names()
        self._changes: list[tuple[int, Change]] = []

    def finish(self, branch: str, tip: Revision) -> History:
        """Everything that was seen, under the identities at the tip."""
        changes = tuple(self._names.rename(self._changes))
        items = dict(sorted(self._last.items.items()))
        return History(branch, tip, changes, items, tuple(self._files.unreadable), tuple(self._files.duplicates))

    def accept(self, node: Node) -> None:
        """Takes in one commit. Parents that all children have seen are forgotten."""
        parents = [self._states[parent] for parent in node.parents] or [self._nothing]
        self._last = self._states[node.commit] = self._replay(node, parents) if node.changes[0] else parents[0]
        if node.commit in self._accepted and node.changes[0]:
            self._names.accept(self._last.numbers)
        self.children.subtract(node.parents)
        for parent in set(node.parents):
            if not self.children[parent]:
                del self._states[parent]

    def _replay(self, node: Node, parents: list[_State]) -> _State:
        revision = self._repository.revision(node.commit)
        state = parents[0].copy()
        touched: dict[Ref, None] = {}
        for file in node.changes[0]:
            touched.update(dict.fromkeys(self._take_file(file, state, parents[1:], revision)))
        touched.update(dict.fromkeys(state.version.settle()))
        edges = [self._edge(node, number, before, state, set(touched)) for number, before in enumerate(parents)]
        for ref in sorted(edges[0].touched, key=parents_first):
            _keep(ref, state, edges, revision)
        self._name(state, edges)
        self._compare(state, edges, revision)
        return state

    def _take_file(self, file: FileChange, state: _State, others: list[_State], revision: Revision) -> Iterable[Ref]:
        """Replaces what a file says: by what another parent took the same bytes for, else by what they say."""
        state.blobs[file.path] = file.blob
        known = next((one for one in others if file.blob and one.blobs.get(file.path) == file.blob), None)
        items = known.version.items_in(file.path) if known else self._files.items_now(file.path, file.blob, revision)
        return state.version.put(file.path, items) if items is not None else ()

    def _edge(self, node: Node, number: int, before: _State, state: _State, touched: set[Ref]) -> _Edge:
        """The commit as seen from one of its parents."""
        if number:
            touched = _between(before.version, state.version, node.changes[number])
        parent = node.parents[number] if node.parents else ""
        files = dict(self.renames.items(parent, node.commit))
        joined = join_items(touched, before.items, state.version.present)
        given_up = {old for _, old in joined}
        continued = {
            new: old for new, old in joined if old in before.items and (new not in before.items or new in given_up)
        }
        moved = {new: old for new, old in files.items() if old in before.items and new not in before.items}
        return _Edge(before, touched, [*joined, *moved.items()], continued | moved, set(moved))

    def _name(self, state: _State, edges: list[_Edge]) -> None:
        """Gives every item that was touched the number that it has in the first parent that has it, or a new one."""
        for edge in edges:
            state.bearers = {**edge.before.bearers, **state.bearers}
        for edge in edges:
            for old in edge.continued.values():
                if state.bearers.get(old) == edge.before.numbers[old]:
                    del state.bearers[old]
        used = self._number(state, edges)
        for edge in edges:
            for new, old in [*edge.ended, *edge.continued.items()]:
                ended = state.bearers.pop(new if new in edge.continued else old, None)
                if ended is not None and new in state.numbers:
                    self._names.unite(state.numbers[new], ended, used)
        for edge in edges[1:]:
            for ref, number in state.numbers.items():
                if former := edge.former(ref):
                    self._names.unite(number, edge.before.numbers[former], used)
        state.bearers.update(state.numbers)

    def _number(self, state: _State, edges: list[_Edge]) -> set[int]:
        """Numbers the items that were touched; returns all numbers that the version uses."""
        touched = sorted(edges[0].touched)
        for ref in touched:
            state.numbers.pop(ref, None)
        used = {self._names.root(number) for number in state.numbers.values()}
        ranks = {
            ref: [(number, edge.before.numbers[old]) for number, edge in enumerate(edges) if (old := edge.former(ref))]
            for ref in touched
            if ref in state.items
        }
        for ref, past in sorted(ranks.items(), key=lambda one: one[1][0][0] if one[1] else len(edges)):
            known = [number for _, number in past] or [state.bearers[ref]] if past or ref in state.bearers else []
            state.numbers[ref] = self._names.choose(known, used)
            used.add(state.numbers[ref])
            self._names.call(ref, state.numbers[ref])
        return used

    def _compare(self, state: _State, edges: list[_Edge], revision: Revision) -> None:
        """Records every value that differs from that of every parent."""
        reasons = Reasons(revision)
        for ref in sorted(edges[0].touched, key=parents_first):
            item = state.items.get(ref) or edges[0].item(ref)
            if item is None:
                continue
            after, sides = _fields(state.items.get(ref), ref, edges)
            if all(after.get("because") != side.get("because") for side in sides):
                reasons.note(ref, None, after.get("because"))
            number = state.numbers[ref] if ref in state.numbers else edges[0].before.numbers[ref]
            for field in dict.fromkeys([*after, *sides[0]]):
                new = after.get(field)
                if all(side.get(field) != new for side in sides):
                    reason = reasons.of(ref, field)
                    change = Change(
                        ref, field, _old(field, sides), new, revision, item.place.path, revision.author, reason
                    )
                    self._changes.append((number, change))


def _fields(item: Item | None, ref: Ref, edges: list[_Edge]) -> tuple[Fields, list[Fields]]:
    """What an item says, and what it said in each parent. Its id is among that where it had another in all of them."""
    after = dict(item.fields) if item else {}
    before = [edge.item(ref) for edge in edges]
    sides = [dict(old.fields) if old else {} for old in before]
    if item and any(before) and all(edge.renamed(ref) for edge, old in zip(edges, before, strict=True) if old):
        after["id"] = ref.id
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
        old = next((old for edge in edges if (old := edge.item(ref))), None)
        state.items[ref] = date_accepted(item, old, revision)


def _between(before: Version, after: Version, files: Iterable[FileChange]) -> set[Ref]:
    """The items that changed files name on either side; all of them where the plan moved."""
    if before.home != after.home:
        return {*before.refs, *after.refs}
    return {item.ref for file in files for version in (before, after) for item in version.items_in(file.path)}
