"""What was read from git objects, kept by their ids under the repository's git directory.

An object's id names its content for ever, so an entry is never stale; the file's name changes with the code that reads.
A cache that is corrupt or not ours is begun anew, one that can't be written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import posixpath
import sqlite3
import weakref
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

_TABLE = "CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL)"
_READERS = ("analyses", "documents", "loader", "model", "repository", "scheduling")


class Cache:
    """JSON values by keys that name git objects. Without a folder it keeps them for this run only."""

    def __init__(self, folder: Path | None) -> None:
        self._fresh: dict[str, Any] = {}
        self._unsaved: dict[str, None] = {}
        self._dropped: list[str] = []
        self._path = folder / f"cache-{_readers_version()}.sqlite" if folder else None
        self._database = self._open(self._path) if self._path and self._path.exists() else None

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept for the next run."""
        return self._path is not None

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
        with contextlib.suppress(OSError, sqlite3.Error):
            self._path.parent.mkdir(exist_ok=True)
            if not self._path.exists():
                _remove_others(self._path.parent)
            with contextlib.closing(sqlite3.connect(self._path, timeout=1)) as database, database:
                database.execute("PRAGMA synchronous=OFF")
                database.execute(_TABLE)
                database.executemany("DELETE FROM known WHERE key = ?", [(key,) for key in self._dropped])
                database.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", map(_row, fresh))

    def _open(self, path: Path) -> sqlite3.Connection | None:
        try:
            database = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)
        except sqlite3.Error:
            return None
        weakref.finalize(self, database.close)
        return database

    def _select(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error:
            self._database.close()
            self._database = None
            with contextlib.suppress(OSError):
                assert self._path
                self._path.unlink()
            return []


def parsed_key(path: str, blob: str) -> str:
    """Under which there is what a version of a file says. How it is read follows from the name."""
    return blob + _ending(path)


@lru_cache(maxsize=1 << 14)
def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


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
