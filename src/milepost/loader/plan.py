"""One or two versions of a plan, from files: for the commands that look at versions instead of at history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from milepost.documents.chunks import Chunks
from milepost.documents.foreign import ReadYaml
from milepost.documents.sources import ACCEPTED
from milepost.documents.yaml import read_foreign_yaml
from milepost.loader.layout import Layout
from milepost.loader.reading import items_of, parse_file
from milepost.model.build import build_plan
from milepost.model.history import History
from milepost.model.item import Item, Ref
from milepost.model.plan import Plan
from milepost.repository.files import Entry, Tree


@dataclass(frozen=True, slots=True)
class _File:
    """What a file says, and why it can't be read."""

    items: list[Item]
    error: str | None


#: Files that were read, by path and by blob or content.
_Known = dict[tuple[str, str | bytes], _File]


def plan_names(tree: Tree, layout: Layout) -> list[Entry]:
    """Every name that a plan file could have, in path order, whether or not it is a regular file."""
    return [entry for entry in every_name(tree, layout) if layout.kind_of(entry.path) or layout.sources_of(entry.path)]


def every_name(tree: Tree, layout: Layout) -> list[Entry]:
    """Every name at or below the folders that can hold plan files, whatever it is the name of."""
    below = {root: list(tree.entries(root)) for root in layout.roots}
    parents = {root.rpartition("/")[0] for root, entries in below.items() if not entries}
    beside = {entry.path: [entry] for parent in sorted(parents) for entry in tree.entries(parent)}
    return [entry for root, entries in below.items() for entry in entries or beside.get(root, [])]


def load_plan(tree: Tree, layout: Layout) -> tuple[Plan, dict[str, str]]:
    """The plan of one version, and a line for each of its files that could not be read, by path."""
    files = _read_files(tree, layout, {}, read_foreign_yaml)
    return _build(files, layout, [item for file in files.values() for item in file.items]), _unreadable(files)


def load_both(base: tuple[Tree, Layout], head: tuple[Tree, Layout]) -> tuple[Plan, Plan, dict[str, str]]:
    """Two versions of a plan without what can't differ, and a line for each file that could not be read, by path.

    A file that is the same in both is read once. What stands there is left out, unless another file names the same
    item too, or days hang on it.
    """
    known: _Known = {}
    read = Chunks().read
    before = _read_files(*base, known, read)
    after = _read_files(*head, known if base[1] == head[1] else {}, read)
    same = {path for path, file in before.items() if file is after.get(path)}
    named = {item.ref for files in (before, after) for path, file in files.items() if path not in same
             for item in file.items}  # fmt: skip
    is_whole = any(_moves_days(ref) for ref in named)

    def build(files: Mapping[str, _File], layout: Layout) -> Plan:
        items = [(path, item) for path, file in files.items() for item in file.items]
        counts = [item for path, item in items
                  if is_whole or path not in same or item.ref in named or _moves_days(item.ref)]  # fmt: skip
        return _build(files, layout, counts)

    return build(before, base[1]), build(after, head[1]), _unreadable(before) | _unreadable(after)


def _moves_days(ref: Ref) -> bool:
    """Whether dates can hang on an item."""
    return ref.kind in ("plan", "release")


def _read_files(tree: Tree, layout: Layout, known: _Known, read_yaml: ReadYaml) -> dict[str, _File]:
    """The files of a version in path order. Those that are known need not be read again."""
    files: dict[str, _File] = {}
    names = [entry for entry in plan_names(tree, layout) if entry.regular]
    tree.read_ahead(entry for entry in names if (entry.path, entry.blob) not in known)
    for entry in names:
        file = known.get((entry.path, entry.blob))
        if file is None:
            data = tree.read(entry)
            file = known.get((entry.path, data)) or _read_file(entry.path, data, layout, read_yaml)
            known[entry.path, data] = known[entry.path, entry.blob or data] = file
        files[entry.path] = file
    return files


def _read_file(path: str, data: bytes, layout: Layout, read_yaml: ReadYaml) -> _File:
    parsed = parse_file(path, data, read_yaml)
    items = items_of(layout, path, parsed)
    return _File([*map(_without_acceptance, items)] if layout.sources else items, parsed[2])


def _build(files: Mapping[str, _File], layout: Layout, items: list[Item]) -> Plan:
    foreign = frozenset(path for path in files if not layout.kind_of(path)) if layout.sources else frozenset[str]()
    return build_plan(items, layout.sources, foreign)


def _unreadable(files: Mapping[str, _File]) -> dict[str, str]:
    return {path: f"{path}: {file.error}" for path, file in files.items() if file.error is not None}


def with_history(plan: Plan, history: History, unreadable: Collection[str] = ()) -> Plan:
    """The same plan with what only history knows: what files that do not parse said before, and days of acceptance."""
    standing = [item for ref, item in history.items.items() if ref not in plan.items and item.place.path in unreadable]
    if not standing and not any(source.values for source in plan.sources):
        return plan
    items = [*(history.items.get(ref, item) for ref, item in plan.items.items()), *standing]
    return build_plan(items, plan.sources, plan.foreign)


def _without_acceptance(item: Item) -> Item:
    """Drops what only history knows."""
    kept = {field: value for field, value in item.fields.items() if value != ACCEPTED}
    return Item(item.ref, kept, item.place) if len(kept) < len(item.fields) else item
