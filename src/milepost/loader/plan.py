"""One version of a plan, from its files: for the commands that look at a version instead of at history."""

from __future__ import annotations

from collections.abc import Collection

from milepost.documents.sources import ACCEPTED
from milepost.loader.layout import Layout
from milepost.loader.reading import items_of, parse_file
from milepost.model.build import build_plan
from milepost.model.history import History
from milepost.model.item import Item
from milepost.model.plan import Plan
from milepost.repository.files import Entry, Tree


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
    items: list[Item] = []
    unreadable: dict[str, str] = {}
    foreign: set[str] = set()
    for entry in plan_names(tree, layout):
        if not entry.regular:
            continue
        parsed = parse_file(entry.path, tree.read(entry))
        if parsed[2] is not None:
            unreadable[entry.path] = f"{entry.path}: {parsed[2]}"
        items += map(_without_acceptance, items_of(layout, entry.path, parsed))
        if not layout.kind_of(entry.path):
            foreign.add(entry.path)
    return build_plan(items, layout.sources, frozenset(foreign)), unreadable


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
