"""The commits that merges brought in, and their order."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import islice

from milepost.repository.process import Where
from milepost.repository.steps import FileChange, Lineage, Roots, Step, compare

#: A commit that a merge brought in, and what it changed against its first parent.
SideCommit = tuple[str, tuple[FileChange, ...]]


class Sides:
    """What those of some steps that are merges brought in. git compares that before anybody has to wait for it."""

    def __init__(self, where: Where, lead_to: Callable[[], Lineage], roots: Roots, steps: Iterator[Step]) -> None:
        self._where = where
        self._lead_to = lead_to
        self._roots = roots
        self._steps = steps
        self._merges: set[str] = set()
        self._sides: Mapping[str, list[str]] = {}
        self._changes: Iterator[tuple[str, tuple[FileChange, ...]]] | None = None

    def look_on(self) -> None:
        """Looks at two more steps; whoever does so once for each step lets git begin half-way."""
        if self._changes is None:
            steps = list(islice(self._steps, 2))
            self._merges.update(step.commit for step in steps if step.is_merge)
            if len(steps) < 2:
                self._begin()

    def find(self) -> Mapping[str, list[SideCommit]]:
        """For each merge the commits that changed something, each before its own parents."""
        while self._changes is None:
            self.look_on()
        changes = dict(self._changes)
        return {merge: [(id, changes[id]) for id in side if id in changes] for merge, side in self._sides.items()}

    def _begin(self) -> None:
        lineage = self._lead_to() if self._merges else Lineage([], {})
        self._sides = dict(find_sides(lineage, self._merges))
        edges = [(id, next(iter(lineage.parents[id]), "")) for side in self._sides.values() for id in side]
        self._changes = compare(self._where, edges, self._roots)


def find_sides(lineage: Lineage, wanted: Container[str]) -> Iterator[tuple[str, list[str]]]:
    """What merges on the first-parent chain brought in, oldest first: each commit before its parents.

    Those that nobody wants are gone through too: what one brought in is no news in a later one.
    """
    chain, parents = lineage
    outside = parents.keys() - set(chain)
    for commit in chain:
        if len(parents[commit]) > 1:
            side = list(sort_side(parents[commit][1:], outside, lambda id: parents[id]))
            outside.difference_update(side)
            if commit in wanted:
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
