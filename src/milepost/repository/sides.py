"""The commits that merges brought in, and their order."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from milepost.repository.process import Where
from milepost.repository.steps import FileChange, Roots, compare_all, list_parents

#: A commit that a merge brought in, and what it changed against its first parent.
SideCommit = tuple[str, tuple[FileChange, ...]]


Parents = Mapping[str, tuple[str, ...]]


class Sides:
    """What merges brought in. git lists all commits from the beginning on, while nobody waits for it yet."""

    def __init__(self, where: Where, tip: str, since: str) -> None:
        self._where = where
        self._tip = tip
        self._listed = list_parents(where, tip, since)

    def find(self, merges: Container[str], roots: Roots) -> dict[str, list[SideCommit]]:
        """For some of the merges the commits that changed something, each before its own parents."""
        parents = dict(self._listed)
        sides = {merge: side for merge, side in find_sides(self._tip, parents) if merge in merges}
        edges = [(id, parents[id][0] if parents[id] else "") for side in sides.values() for id in side]
        changes = iter(compare_all(self._where, edges, roots))
        told = {merge: [(id, next(changes)) for id in side] for merge, side in sides.items()}
        return {merge: [(id, files) for id, files in side if files] for merge, side in told.items()}


def find_sides(tip: str, parents: Parents) -> Iterator[tuple[str, list[str]]]:
    """Each merge on the first-parent chain, oldest first, with what it brought in: each commit before its parents."""
    chain: list[str] = []
    while tip in parents:
        chain.append(tip)
        tip = parents[tip][0] if parents[tip] else ""
    outside = parents.keys() - set(chain)
    for commit in reversed(chain):
        if len(parents[commit]) > 1:
            side = list(sort_side(parents[commit][1:], outside, lambda id: parents[id]))
            outside.difference_update(side)
            yield commit, side


def sort_side(tips: Iterable[str], side: set[str], parents_of: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """The commits of a side, each before its own parents, by the parents' order alone: dates may say anything."""
    finished: list[str] = []
    seen: set[str] = set()
    for tip in reversed(list(tips)):
        finished += _finish(tip, side, seen, parents_of)
    return reversed(finished)


def _finish(tip: str, side: set[str], seen: set[str], parents_of: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Every commit after all its parents, without recursion: a side can be longer than any stack."""
    waiting: list[tuple[str, bool]] = [(tip, False)]
    while waiting:
        id, parents_done = waiting.pop()
        if parents_done:
            yield id
        elif id in side and id not in seen:
            seen.add(id)
            waiting.append((id, True))
            waiting += [(parent, False) for parent in parents_of(id)]
