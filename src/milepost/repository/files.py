"""The files of one version of a repository, from a commit or from the work tree, behind one small interface.

Only regular files are ever opened. Symlinks, devices, pipes and nested repositories are listed, so that somebody can
be told, and never followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from milepost.errors import MilepostError
from milepost.repository.folders import TREE, Folders, Trees, walk_tree
from milepost.repository.git import Git
from milepost.repository.objects import require_kind
from milepost.repository.process import in_repository

if TYPE_CHECKING:
    from milepost.repository.ahead import ReadAhead

_FEW = 8  # files
_NO_NAMES = ("", ".", "..", ".git")  # of which git keeps none


class Entry(NamedTuple):
    """A name in a tree. `blob` is the object id in a commit, empty in the work tree. Paths use `/`, undecodable bytes
    as surrogates."""

    path: str
    regular: bool
    blob: str = ""


def is_inside(path: str) -> bool:
    """Whether a version of a repository can have a path: `..` or a `/` at its beginning would lead out of it."""
    return not path or not any(part.lower() in _NO_NAMES for part in path.split("/"))


class Tree(Protocol):
    """One version of a repository's files."""

    @property
    def name(self) -> str:
        """What to call this version."""
        ...

    def entries(self, root: str) -> Iterator[Entry]:
        """Every name below a folder (`""` is the whole tree), in path order."""
        ...

    def find(self, path: str) -> Entry | None:
        """One name; None where there is nothing, or a folder."""
        ...

    def read_ahead(self, entries: Iterable[Entry]) -> None:
        """Says which regular files will be read, in about this order, so that somebody may begin already."""
        ...

    def read(self, entry: Entry) -> bytes:
        """A regular file's bytes."""
        ...


class CommitTree:
    """The files of a commit."""

    def __init__(self, git: Git, tree: str, name: str, trees: Trees) -> None:
        """`trees` are those that are known already: versions of a plan have most of them in common."""
        self._git = git
        self._tree = tree
        self._trees = trees
        self._coming: ReadAhead | None = None
        self.name = name

    def entries(self, root: str) -> Iterator[Entry]:
        """Every name below a folder, in path order."""
        ((start,),) = Folders(self._git, [root]).find([self._tree])
        if start.mode == TREE:
            for path, side in walk_tree(self._git, start.id, f"{root}/" if root else "", self._trees):
                yield Entry(path, side.is_file, side.id)

    def find(self, path: str) -> Entry | None:
        """One name, without a look at all others."""
        ((side,),) = Folders(self._git, [path]).find([self._tree])
        return Entry(path, side.is_file, side.id) if side.id and side.mode != TREE else None

    def read_ahead(self, entries: Iterable[Entry]) -> None:
        """git reads several files on another core; a few are quicker read one by one."""
        blobs = [entry.blob for entry in entries]
        if len(blobs) > _FEW:
            from milepost.repository.ahead import ReadAhead

            self._coming = ReadAhead(in_repository(self._git.folder), blobs)

    def read(self, entry: Entry) -> bytes:
        """A file's bytes."""
        found = self._coming.take(entry.blob) if self._coming else None
        return require_kind(entry.blob, found or self._git.read(entry.blob), "blob")


class WorkTree:
    """The files as they are on disk, committed or not."""

    name = "the work tree"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self, root: str) -> Iterator[Entry]:
        """Every name below a folder, in path order. Links to folders and nested repositories are not entered."""
        start = os.path.join(os.fsencode(self._folder), os.fsencode(root)) if root else os.fsencode(self._folder)
        if not self._leads_out(root) and os.path.isdir(start):
            yield from _walk_folder(start, f"{root}/" if root else "")

    def find(self, path: str) -> Entry | None:
        """One name, without a look at all others."""
        folder = path.rpartition("/")[0]
        place = os.path.join(os.fsencode(self._folder), os.fsencode(path))
        if self._leads_out(folder) or not os.path.lexists(place):
            return None
        mode = os.lstat(place).st_mode
        if stat.S_ISDIR(mode) and not _is_kept_out(place, path):
            return None
        return Entry(path, stat.S_ISREG(mode))

    def _leads_out(self, root: str) -> bool:
        """Whether a folder, or one on the way to it, is a link or another repository, or can't be in this one."""
        if not is_inside(root):
            return True
        path = os.fsencode(self._folder)
        for part in root.split("/") if root else ():
            path = os.path.join(path, os.fsencode(part))
            if os.path.islink(path) or os.path.lexists(os.path.join(path, b".git")):
                return True
        return False

    def read_ahead(self, entries: Iterable[Entry]) -> None:
        """The system does so by itself."""

    def read(self, entry: Entry) -> bytes:
        """A file's bytes; refuses what became something else than a regular file meanwhile."""
        path = os.path.join(os.fsencode(self._folder), os.fsencode(entry.path))
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            raise MilepostError(f"{entry.path} can't be read: {error.strerror}.", "check its permissions") from error
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise MilepostError(f"{entry.path} is not a regular file.", "replace it by the file itself")
            return file.read()


def _walk_folder(folder: bytes, prefix: str) -> Iterator[Entry]:
    with os.scandir(folder) as found:
        children = sorted(found, key=lambda child: child.name)
    for child in children:
        path = prefix + child.name.decode("utf-8", "surrogateescape")
        if child.name == b".git":
            continue
        if child.is_dir(follow_symlinks=False):
            yield from (
                (Entry(path, False),) if _is_kept_out(child.path, path) else _walk_folder(child.path, f"{path}/")
            )
        else:
            yield Entry(path, child.is_file(follow_symlinks=False))


def _is_kept_out(place: bytes, path: str) -> bool:
    """Whether a folder is another repository, or named as if it were a plan file, which somebody should be told."""
    return path.endswith((".yaml", ".yml")) or os.path.lexists(os.path.join(place, b".git"))
