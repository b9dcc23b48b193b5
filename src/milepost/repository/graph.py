"""The whole graph of commits that lead to a tip, with what each changed against each of its parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milepost.repository.process import in_repository
from milepost.repository.repository import Repository
from milepost.repository.sides import sort_side
from milepost.repository.steps import FileChange, compare_all, list_parents


@dataclass(frozen=True, slots=True)
class Node:
    """One commit. `changes` has an entry for each parent; a root commit's only one is against nothing."""

    commit: str
    parents: tuple[str, ...]
    changes: tuple[tuple[FileChange, ...], ...]


def walk_graph(repository: Repository, tip: str, roots: tuple[str, ...]) -> Iterator[Node]:
    """Every commit that leads to a tip, each after its parents, by the parents' order alone: dates may say anything."""
    where = in_repository(repository.git_folder)
    parents = dict(list_parents(where, tip, ""))
    edges = [(id, parent) for id, some in parents.items() for parent in some or ("",)]
    found = iter(compare_all(where, edges, roots))
    changes = {id: tuple(next(found) for _ in some or ("",)) for id, some in parents.items()}
    for id in reversed(list(sort_side([tip], set(parents), lambda id: parents[id]))):
        yield Node(id, parents[id], changes[id])
