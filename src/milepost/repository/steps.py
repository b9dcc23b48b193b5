"""Which commits changed something below a plan's folders, and what they changed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from milepost.repository.commits import Commit
from milepost.repository.folders import ABSENT, Folders, Side
from milepost.repository.git import Git
from milepost.repository.trees import TreeDiff

#: Called with how much was done, and how much there is: 0 where that is not known.
Progress = Callable[[int, int], None]

Roots = tuple[str, ...]

_TOGETHER = 64  # commits whose trees are read in one go


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one accepted revision did to one file. A blob is empty where there is no regular file."""

    path: str
    old_blob: str
    blob: str


@dataclass(frozen=True, slots=True)
class Step:
    """One accepted revision that touched the plan's folders, with what it changed there against its first parent."""

    commit: str
    parent: str  # empty for a root commit
    files: tuple[FileChange, ...]
    is_merge: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A commit with what it has at the roots, each of which may be a folder or a single file."""

    commit: Commit
    folders: tuple[Side, ...]


#: A commit and its first parent, None for a root commit.
Pair = tuple[Placed, Placed | None]


class Steps:
    """Compares commits of one repository by the ids of the folders first: most touch no plan and cost two look-ups."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._folders: dict[Roots, Folders] = {}  # by the roots that were asked for
        self._trees = TreeDiff(git)

    def find_touched(
        self, chain: Iterable[Commit], roots: Roots, since: str, progress: Progress | None = None
    ) -> list[Pair]:
        """Of commits, each followed by its first parent, those after `since` that have something else at the roots."""
        touched: list[Pair] = []
        newer: Placed | None = None
        for number, placed in enumerate(self._place(chain, roots)):
            if progress and number % _TOGETHER == 0:
                progress(number, 0)
            if newer and newer.folders != placed.folders:
                touched.append((newer, placed))
            newer = placed
            if placed.commit.id == since:
                return touched
        if newer and any(folder != ABSENT for folder in newer.folders):
            touched.append((newer, None))
        return touched

    def compare_all(self, touched: list[Pair], roots: Roots, progress: Progress | None = None) -> Iterator[Step]:
        """What each of them changed, last one first."""
        for number, (one, parent) in enumerate(reversed(touched)):
            if progress and number % _TOGETHER == 0:
                progress(number, 0)
            files = self._changes(one, parent, roots)
            yield Step(one.commit.id, parent.commit.id if parent else "", files, len(one.commit.parents) > 1)

    def compare(self, commit: Commit, parent: Commit | None, roots: Roots) -> tuple[FileChange, ...]:
        """What one commit changed."""
        return self._changes(self._place_one(commit, roots), self._place_one(parent, roots) if parent else None, roots)

    def _changes(self, one: Placed, parent: Placed | None, roots: Roots) -> tuple[FileChange, ...]:
        before = parent.folders if parent else (ABSENT,) * len(roots)
        return tuple(
            FileChange(*change)
            for root, old, new in zip(roots, before, one.folders, strict=True)
            for change in self._trees.compare(root, old, new)
        )

    def _place(self, commits: Iterable[Commit], roots: Roots) -> Iterator[Placed]:
        folders = Folders(self._git, roots)
        rest = iter(commits)
        while batch := list(islice(rest, _TOGETHER)):
            yield from map(Placed, batch, folders.find([commit.tree for commit in batch]))

    def _place_one(self, commit: Commit, roots: Roots) -> Placed:
        if roots not in self._folders:
            self._folders[roots] = Folders(self._git, roots)
        return Placed(commit, self._folders[roots].find_one(commit.tree))
