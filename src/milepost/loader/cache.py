"""What was read from git objects, kept by their ids under the repository's git directory.

An object's id names its content for ever, so an entry is never stale; the file's name changes with the code that reads.
A cache that is corrupt or not ours is begun anew, one that can't be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import posixpath
import sqlite3
import stat
import weakref
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_TABLE = "known (key TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL)"
_WAIT = 1  # second for another process that writes

#: What SQLite says of a file to which another process writes, or was killed while it did: whoever writes next mends it.
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY)

#: What goes wrong where what is kept is not what we put there, though its checksum is right.
_UNSOUND = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_READERS = ("analyses", "documents", "loader", "model", "repository", "scheduling")


class Cache:
    """JSON values by keys that name git objects. Without a folder it keeps them for this run only."""

    def __init__(self, folder: Path | None) -> None:
        self._fresh: dict[str, Any] = {}
        self._unsaved: dict[str, None] = {}
        self._dropped: list[str] = []
        self._path = _find_place(folder) if folder else None
        self._database = self._open(self._path) if self._path and self._path.exists() else None

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept for the next run."""
        return self._path is not None

    def trust(self, read: Callable[[], _T], instead: Callable[[], _T] | None = None) -> _T:
        """What is read by way of what is kept.

        Where that makes no sense, all of it is forgotten, and read once more, or what else is there to be read.
        """
        try:
            return read()
        except _UNSOUND:
            if self._database is None:
                raise
        self._begin_anew()
        self._fresh.clear()  # it may follow from that
        self._unsaved.clear()
        self._dropped.clear()
        return (instead or read)()

    def get(self, key: str) -> Any:
        """What was put before; None where nothing was, or what is kept is damaged."""
        found = self.get_later(key)
        return found() if found else None

    def get_later(self, key: str) -> Callable[[], Any] | None:
        """The same, read only when it is called for."""
        if key in self._fresh:
            return lambda: self._fresh[key]
        for body, crc in self._select("SELECT body, crc FROM known WHERE key = ?", key):
            if isinstance(body, bytes) and zlib.crc32(body, zlib.crc32(key.encode())) == crc:
                return lambda: json.loads(body)
        return None

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so; what was put last comes last."""
        rows = self._select("SELECT key FROM known WHERE key >= ? AND key < ? ORDER BY rowid", prefix, f"{prefix}\x7f")
        saved = [key for (key,) in rows if isinstance(key, str) and key not in self._fresh]
        return [*saved, *(key for key in self._fresh if key.startswith(prefix))]

    def put(self, key: str, value: Any) -> None:
        """Keeps a value."""
        self._fresh[key] = value
        self._unsaved[key] = None

    def drop(self, keys: Iterable[str]) -> None:
        """Forgets what is not needed any more, when the rest is saved."""
        self._dropped += keys

    def save(self) -> None:
        """Writes what is new. Whatever goes wrong is no reason to fail: it can all be computed again."""
        if self._path is None or not self._unsaved:
            return
        fresh = [(key, self._fresh[key]) for key in self._unsaved]
        self._unsaved.clear()
        with contextlib.suppress(OSError, sqlite3.Error, UnicodeError):
            self._path.parent.mkdir(exist_ok=True)
            if not self._path.exists():
                with contextlib.suppress(OSError):  # another process does the same
                    _remove_others(self._path.parent)
            with contextlib.closing(sqlite3.connect(self._path, timeout=_WAIT)) as database, database:
                database.execute("PRAGMA synchronous=OFF")
                database.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
                database.executemany("DELETE FROM known WHERE key = ?", [(key,) for key in self._dropped])
                database.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", map(_row, fresh))

    def _open(self, path: Path) -> sqlite3.Connection | None:
        """What is kept, if the table is ours and nothing else is there, such as a view, which may do anything."""
        try:
            database = sqlite3.connect(f"{path.as_uri()}?mode=ro", timeout=_WAIT, uri=True)
        except sqlite3.Error:
            return None
        weakref.finalize(self, database.close)
        self._database = database
        found = self._select("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        if found not in ([], [(f"CREATE TABLE {_TABLE}",)]):
            self._begin_anew()
        return self._database if found else None

    def _select(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:  # what SQLite says of damage may quote it
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_USE:
                self._database = None
            else:
                self._begin_anew()
            return []

    def _begin_anew(self) -> None:
        assert self._database
        assert self._path
        self._database.close()
        self._database = None
        with contextlib.suppress(OSError):
            self._path.unlink()


def parsed_key(path: str, blob: str) -> str:
    """Under which there is what a version of a file says. How it is read follows from the name."""
    return blob + _ending(path)


@lru_cache(maxsize=1 << 14)
def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _find_place(folder: Path) -> Path | None:
    """The file to keep it in; None where something else is there: a link to elsewhere, or a pipe, which waits for ever.

    That goes for its journal as well, which a process that was killed leaves behind.
    """
    path = folder / f"cache-{_readers_version()}.sqlite"
    expected = {folder: stat.S_IFDIR, path: stat.S_IFREG, path.with_name(f"{path.name}-journal"): stat.S_IFREG}
    for place, kind in expected.items():
        try:
            if stat.S_IFMT(place.lstat().st_mode) != kind:
                return None
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return path


def _readers_version() -> str:
    """Changes whenever the code does that made what is kept."""
    rooms = (Path(__file__).parent.parent / room for room in _READERS)
    files = sorted((entry.path, entry.stat()) for room in rooms for entry in os.scandir(room) if entry.is_file())
    told = repr([(path, stat.st_size, stat.st_mtime_ns) for path, stat in files])
    return hashlib.sha1(told.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()[:12]


def _remove_others(folder: Path) -> None:
    """What other versions of the readers kept is of no use to this one; the last is left to whoever still has that."""
    others = sorted(folder.glob("cache-*.sqlite"), key=lambda path: path.stat().st_mtime)
    for other in others[:-1]:
        other.unlink()


def _row(entry: tuple[str, Any]) -> tuple[str, bytes, int]:
    key, value = entry
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return key, body, zlib.crc32(body, zlib.crc32(key.encode()))
