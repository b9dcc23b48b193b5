"""Whether what git compared is what was stored: git's own check of a tree is zlib's, which knows nothing of its id.

Where a bit is wrong in what says which object is where in a pack, git takes one tree for another. Each pack and its
index end in a hash of all that is before it, which is quick to compare while packs are small. Objects in files of
their own are compared with their ids, while there are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from milepost.errors import MilepostError
from milepost.repository.alternates import object_folders
from milepost.repository.commits import Commit
from milepost.repository.folders import TREE, Folders, read_entries, read_mode
from milepost.repository.git import Git
from milepost.repository.loose import LooseObjects
from milepost.repository.objects import ends_in_hash, require_kind

_MOST = 64 * 1024 * 1024  # bytes of packs; hashing more may take longer than reading trees does
_MOST_LOOSE = 2_000  # files, for the same reason
_DIGITS = 40  # of the ids that are read from files of their own without git
_LOOSE = "[0-9a-f][0-9a-f]/*"
_TOGETHER = 64  # commits whose trees are read in one go
_FOLDER = b"40000 "  # in every tree that has one


def are_objects_whole(git_folder: Path, digits: int) -> bool:
    """Whether all objects are in small packs, or a few files of their own, that are as they were written.

    Ids have so many digits.
    """
    try:
        folders = object_folders(git_folder)
        loose = [(folder, path.parent.name + path.name) for folder in folders for path in folder.glob(_LOOSE)]
        if loose and (len(loose) > _MOST_LOOSE or digits != _DIGITS):
            return False
        for folder, id in loose:
            LooseObjects(folder).read(id)
        files = [
            file for folder in folders for ending in ("idx", "pack") for file in (folder / "pack").glob(f"*.{ending}")
        ]
        is_quick = sum(file.stat().st_size for file in files) <= _MOST
        return is_quick and all(ends_in_hash(file.read_bytes(), digits) for file in files)
    except (OSError, KeyError, MilepostError):  # git packs anew meanwhile, or something is damaged
        return False


def require_trees(git: Git, commits: Iterable[Commit], roots: tuple[str, ...]) -> None:
    """Reads the trees of commits as far as folders or files are in them. Raises where one is missing or damaged."""
    folders, seen = Folders(git, roots), set[str]()
    rest = iter(commits)
    while batch := list(islice(rest, _TOGETHER)):
        for sides in folders.find([commit.tree for commit in batch]):
            _read_below(git, [side.id for side in sides if side.mode == TREE], seen)


def require_compared(git: Git, edges: Iterable[tuple[Commit, Commit | None]], roots: tuple[str, ...]) -> None:
    """The same for what git reads to compare commits with a parent, or with nothing: trees that are not in both."""
    folders, pairs = Folders(git, roots), set[tuple[str, str]]()
    for commit, parent in edges:
        after, before = (_folders_at(folders, one) if one else [""] * len(roots) for one in (commit, parent))
        pairs.update(zip(after, before, strict=True))
    while pairs := {pair for pair in pairs if pair[0] != pair[1]}:
        ids = sorted({id for pair in pairs for id in pair if id})
        trees = zip(ids, git.read_many(ids), strict=True)
        inside = {"": {}, **{id: dict(_folders_in(id, require_kind(id, found, "tree"))) for id, found in trees}}
        pairs = {
            (inside[after].get(name, ""), inside[before].get(name, ""))
            for after, before in pairs
            for name in inside[after].keys() | inside[before].keys()
        }


def _folders_at(folders: Folders, commit: Commit) -> list[str]:
    """The trees at each of the roots; empty where there is none."""
    (sides,) = folders.find([commit.tree])
    return [side.id if side.mode == TREE else "" for side in sides]


def _read_below(git: Git, level: list[str], seen: set[str]) -> None:
    """Reads trees and all below them, level by level, so that git is asked for many at once."""
    while level := list(dict.fromkeys(id for id in level if id not in seen)):
        seen.update(level)
        trees = zip(level, git.read_many(level), strict=True)
        level = [child for id, found in trees for _, child in _folders_in(id, require_kind(id, found, "tree"))]


def _folders_in(id: str, data: bytes) -> Iterator[tuple[bytes, str]]:
    """Names and trees."""
    if _FOLDER in data:
        entries = read_entries(data, len(id) // 2)
        yield from ((name, child.hex()) for mode, name, child in entries if read_mode(mode) == TREE)
