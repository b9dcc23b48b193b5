"""What trees hold at some paths, and everything below them, read from the bytes of tree objects."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from milepost.repository.git import Git
from milepost.repository.objects import require_kind

TREE = 0o040000
_FILES = (0o100644, 0o100755)
_SIZES = (20, 32)  # bytes of an id
_ENTRIES = {size: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in _SIZES}
_REMEMBERED = 4096


class Side(NamedTuple):
    """A file or folder at a path: its mode, as git reads it, and its id."""

    mode: int
    id: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file, and no link, nested repository or folder."""
        return self.mode in _FILES


ABSENT = Side(0, "")


@lru_cache
def read_mode(digits: bytes) -> int:
    """A mode as git takes it: old trees have others, such as 100664."""
    mode = int(digits, 8)
    if stat.S_ISREG(mode):
        return 0o100755 if mode & 0o100 else 0o100644
    return stat.S_IFMT(mode) if stat.S_ISLNK(mode) or stat.S_ISDIR(mode) else 0o160000


class Folders:
    """Looks up the same few paths in many trees."""

    def __init__(self, git: Git, paths: Iterable[str]) -> None:
        self._git = git
        self._paths = [path.encode("utf-8", "surrogateescape").split(b"/") if path else [] for path in paths]
        self._known: dict[tuple[str, bytes], Side] = {}  # what is below the first level changes seldom

    def find(self, trees: Iterable[str]) -> Iterator[tuple[Side, ...]]:
        """For each tree what is at each of the paths."""
        ids = list(trees)
        for id, found in zip(ids, self._git.read_many(ids), strict=True):
            data = require_kind(id, found, "tree")
            yield tuple(self._descend(id, data, parts) for parts in self._paths)

    def _descend(self, id: str, data: bytes, parts: list[bytes]) -> Side:
        if not parts:
            return Side(TREE, id)
        side = find_entry(data, parts[0], len(id) // 2)
        for part in parts[1:]:
            side = self._below(side, part)
        return side

    def _below(self, folder: Side, name: bytes) -> Side:
        if folder.mode != TREE:
            return ABSENT
        key = folder.id, name
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            data = require_kind(folder.id, self._git.read(folder.id), "tree")
            self._known[key] = find_entry(data, name, len(folder.id) // 2)
        return self._known[key]


def read_entries(raw: bytes, id_size: int) -> list[tuple[bytes, bytes, bytes]]:
    """The entries of a tree object, in its order: mode, name and id. Ids are of 20 or 32 bytes."""
    return _ENTRIES[id_size].findall(raw)


def find_entry(tree: bytes, name: bytes, id_size: int) -> Side:
    """What a tree object has under a name. Ids are `id_size` bytes."""
    found = _entry(name, id_size).match(tree)
    return Side(read_mode(found[1]), found[2].hex()) if found else ABSENT


#: What trees hold, by their ids.
Trees = dict[str, list[tuple[str, Side]]]


def walk_tree(git: Git, id: str, prefix: str, known: Trees) -> Iterator[tuple[str, Side]]:
    """Everything below a tree but the folders, with its path, in git's order. What is known is not read again."""
    _learn(git, id, known)
    yield from _list(known, id, prefix)


def _learn(git: Git, id: str, known: Trees) -> None:
    """Reads a tree and all below it, level by level, so that git is asked for many at once."""
    found: Trees = {}
    level = [id] if id not in known else []
    while level:
        for tree, object in zip(level, git.read_many(level), strict=True):
            entries = read_entries(require_kind(tree, object, "tree"), len(id) // 2)
            found[tree] = [(name.decode("utf-8", "surrogateescape"), Side(read_mode(mode), child.hex()))
                           for mode, name, child in entries]  # fmt: skip
        children = dict.fromkeys(side.id for tree in level for _, side in found[tree] if side.mode == TREE)
        level = [child for child in children if child not in found and child not in known]
    known |= found  # only now, so that all below what is known is known too


def _list(trees: Trees, id: str, prefix: str) -> Iterator[tuple[str, Side]]:
    for name, side in trees[id]:
        if side.mode == TREE:
            yield from _list(trees, side.id, f"{prefix}{name}/")
        else:
            yield prefix + name, side


@lru_cache
def _entry(name: bytes, id_size: int) -> re.Pattern[bytes]:
    """Steps over entries from the tree's beginning: bytes that look like an entry can be a part of an id."""
    id = b".{%d}" % id_size
    return re.compile(rb"(?:[0-7]+ [^\0]+\0" + id + rb")*?([0-7]+) " + re.escape(name) + rb"\0(" + id + b")", re.DOTALL)
