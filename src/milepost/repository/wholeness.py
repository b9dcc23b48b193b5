"""Whether what git compared is what was stored: git's own check of a tree is zlib's, which knows nothing of its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from milepost.repository.commits import Commit
from milepost.repository.folders import TREE, Folders, read_entries, read_mode
from milepost.repository.git import Git
from milepost.repository.objects import require_kind

_TOGETHER = 64  # commits whose trees are read in one go
_FOLDER = b"40000 "  # in every tree that has one


def require_trees(git: Git, commits: Iterable[Commit], roots: tuple[str, ...]) -> None:
    """Reads the trees of commits as far as folders or files are in them. Raises where one is missing or damaged."""
    folders, seen = Folders(git, roots), set[str]()
    rest = iter(commits)
    while batch := list(islice(rest, _TOGETHER)):
        for sides in folders.find([commit.tree for commit in batch]):
            _read_below(git, [side.id for side in sides if side.mode == TREE], seen)


def _read_below(git: Git, waiting: list[str], seen: set[str]) -> None:
    while waiting:
        id = waiting.pop()
        if id not in seen:
            seen.add(id)
            waiting += _folders_in(id, require_kind(id, git.read(id), "tree"))


def _folders_in(id: str, data: bytes) -> Iterator[str]:
    if _FOLDER in data:
        entries = read_entries(data, len(id) // 2)
        yield from (child.hex() for mode, _, child in entries if read_mode(mode) == TREE)
