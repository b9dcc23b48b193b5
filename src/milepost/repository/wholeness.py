"""Whether what git compared is what was stored: git's own check of a tree is zlib's, which knows nothing of its id.

Where a bit is wrong in what says which object is where in a pack, git takes one tree for another. Each pack and its
index end in a hash of all that is before it, which is quick to compare while packs are small. Objects in files of
their own have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from milepost.repository.alternates import object_folders
from milepost.repository.commits import Commit
from milepost.repository.folders import TREE, Folders, read_entries, read_mode
from milepost.repository.git import Git
from milepost.repository.objects import HASHES, require_kind

_MOST = 64 * 1024 * 1024  # bytes of packs; hashing more may take longer than reading trees does
_LOOSE = "[0-9a-f][0-9a-f]/*"
_TOGETHER = 64  # commits whose trees are read in one go
_FOLDER = b"40000 "  # in every tree that has one


def are_packs_whole(git_folder: Path, digits: int) -> bool:
    """Whether all objects are in small packs that are as they were written. Ids have so many digits."""
    try:
        folders = object_folders(git_folder)
        if any(True for folder in folders for _ in folder.glob(_LOOSE)):
            return False
        files = [
            file for folder in folders for ending in ("idx", "pack") for file in (folder / "pack").glob(f"*.{ending}")
        ]
        is_quick = sum(file.stat().st_size for file in files) <= _MOST
        return is_quick and all(_ends_in_hash(file.read_bytes(), digits) for file in files)
    except OSError:  # git packs anew meanwhile
        return False


def _ends_in_hash(content: bytes, digits: int) -> bool:
    size = digits // 2
    return HASHES[digits](memoryview(content)[:-size], usedforsecurity=False).digest() == content[-size:]


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
