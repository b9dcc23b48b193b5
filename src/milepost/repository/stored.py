"""Objects in a repository's folders: packs through libgit2, loose objects by ourselves, each compared with its id.

libgit2 (1.9.7) never returns from a loose object that is cut short, and fills as much memory as a damaged pack or a
hostile one says an object needs; nothing in Python can end either. So it reads no loose object, packs within bounds,
and gets what it wants to know of history from here. Its own comparison with ids is off: it takes a quarter of the time
of `log`, Python's a tenth of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pygit2
from pygit2.enums import Option

from milepost.errors import MilepostError
from milepost.repository.alternates import object_folders
from milepost.repository.bounds import bounded, reader_of
from milepost.repository.loose import LooseObjects
from milepost.repository.objects import Object, damaged_object, require_intact, require_size

pygit2.option(Option.ENABLE_STRICT_HASH_VERIFICATION, False)

_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_NUMBERS = {name: number for number, name in _KINDS.items()}
_DIGITS = 40
_FAILURES = (KeyError, pygit2.GitError, OSError, ValueError, MemoryError)

#: Earlier ones crash when libgit2 asks Python for an object: https://github.com/libgit2/pygit2/pull/1496. There loose
#: objects are hidden from libgit2, and what needs them is done by the git command.
_SAFE_CALLS = tuple(map(int, getattr(pygit2, "__version__", "0.0").split(".")[:2])) >= (1, 21)

#: Reads one object. Raises KeyError where it is not there, a MilepostError where it is damaged.
_Read = Callable[[str], Object]


class StoredObjects:
    """The objects of one repository. What git packs or removes meanwhile is found where it went."""

    def __init__(self, git_folder: Path) -> None:
        self._folders = object_folders(git_folder)
        self._packs: list[pygit2.OdbBackendPack] = []
        self._sources: list[_Read] = []
        self._open()

    def read(self, id: str) -> Object | None:
        """An object, None where there is none. Raises where every copy of it is damaged."""
        try:
            return self._sources[0](id)
        except (*_FAILURES, MilepostError):
            return self._search(id)

    def complete(self, prefix: str) -> str:
        """The id that begins with some digits. Raises KeyError for none, ValueError for several."""
        ids: set[str] = set()
        for pack in self._packs:
            with suppress(KeyError):
                ids.add(str(pack.exists_prefix(prefix)))
        for folder in self._folders:
            ids |= LooseObjects(folder).complete(prefix)
        if len(ids) > 1:
            raise ValueError(prefix)
        if not ids:
            raise KeyError(prefix)
        return ids.pop()

    def database(self) -> pygit2.Odb:
        """The same objects for what libgit2 does by itself: names, walks and merge bases."""
        database = pygit2.Odb()
        for folder in self._folders:
            database.add_backend(pygit2.OdbBackendPack(str(folder)), 2)
        if _SAFE_CALLS:
            database.add_backend(_Backend(self), 1)
        return database

    def _search(self, id: str) -> Object | None:
        """Tries every place, and once more with what was written meanwhile."""
        damage: MilepostError | None = None
        for read in (*self._sources, *self._reopened()):
            try:
                return read(id)
            except KeyError:
                continue
            except MilepostError as error:
                damage = error
            except _FAILURES:
                damage = damaged_object(id)
        if damage:
            raise damage
        return None

    def _open(self) -> None:
        self._packs = [pygit2.OdbBackendPack(str(folder)) for folder in self._folders]
        self._sources = [*map(_reader, self._packs), *(LooseObjects(folder).read for folder in self._folders)]

    def _reopened(self) -> Iterator[_Read]:
        self._open()
        yield from self._sources


def _reader(pack: pygit2.OdbBackendPack) -> _Read:
    read = reader_of(pack)

    def read_packed(id: str) -> Object:
        try:
            with bounded():
                kind, data = read(id)
        except KeyError:
            raise
        except (pygit2.GitError, MemoryError):
            with suppress(pygit2.GitError):
                require_size(id, pack.read_header(id)[1])
            raise
        return require_intact(id, Object(_KINDS[kind], data))

    return read_packed


class _Backend(pygit2.OdbBackend):
    """Objects for libgit2. What is damaged is not there, as far as libgit2 is concerned."""

    def __init__(self, objects: StoredObjects) -> None:
        super().__init__()
        self._objects = objects

    def read_cb(self, oid: pygit2.Oid | str) -> tuple[int, bytes]:
        """Kind and bytes."""
        try:
            found = self._objects.read(str(oid))
        except MilepostError:
            found = None
        if found is None:
            raise KeyError(str(oid))
        return _NUMBERS[found.kind], found.data

    def read_header_cb(self, oid: pygit2.Oid | str) -> tuple[int, int]:
        """Kind and size."""
        kind, data = self.read_cb(oid)
        return kind, len(data)

    def read_prefix_cb(self, prefix: str) -> tuple[int, bytes, str]:
        """Kind, bytes and full id."""
        id = self.exists_prefix_cb(prefix)
        return *self.read_cb(id), id

    def exists_cb(self, oid: pygit2.Oid | str) -> bool:
        """Whether there is such an object."""
        with suppress(KeyError):
            return bool(self.read_cb(oid))
        return False

    def exists_prefix_cb(self, prefix: str) -> str:
        """The full id."""
        return prefix if len(prefix) == _DIGITS else self._objects.complete(prefix)

    def refresh_cb(self) -> None:
        """What is not found is looked for anew each time."""
