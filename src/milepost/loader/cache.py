"""What was read from git objects, kept by their ids under the repository's git directory.

An object's id names its content for ever, so an entry is never stale; the version in the file's name changes with the
readers. A cache that is corrupt or not ours is begun anew, one that can't be written is done without.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from pathlib import Path
from typing import Any

READERS_VERSION = 1

_TABLE = "CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL)"


class Cache:
    """JSON values by keys that name git objects. Without a folder it keeps them for this run only."""

    def __init__(self, folder: Path | None) -> None:
        self._fresh: dict[str, Any] = {}
        self._known: dict[str, tuple[bytes, int]] = {}
        self._path = folder / f"cache-{READERS_VERSION}.sqlite" if folder else None
        if self._path and self._path.exists():
            self._read(self._path)

    def get(self, key: str) -> Any:
        """What was put before; None where nothing was, or what is kept is damaged."""
        if key in self._fresh:
            return self._fresh[key]
        body, crc = self._known.get(key, (b"", -1))
        if not body or zlib.crc32(body, zlib.crc32(key.encode())) != crc:
            return None
        return json.loads(body)

    def put(self, key: str, value: Any) -> None:
        """Keeps a value."""
        self._fresh[key] = value

    def save(self) -> None:
        """Writes what is new. Whatever goes wrong is no reason to fail: it can all be computed again."""
        if self._path is None or not self._fresh:
            return
        with contextlib.suppress(OSError, sqlite3.Error):
            self._path.parent.mkdir(exist_ok=True)
            with contextlib.closing(sqlite3.connect(self._path, timeout=1)) as database, database:
                database.execute("PRAGMA synchronous=OFF")
                database.execute(_TABLE)
                database.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", map(_row, self._fresh.items()))

    def _read(self, path: Path) -> None:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as database:
                rows = database.execute("SELECT key, body, crc FROM known").fetchall()
                self._known = {key: (body, crc) for key, body, crc in rows if isinstance(body, bytes)}
        except sqlite3.Error:
            self._known = {}
            with contextlib.suppress(OSError):
                path.unlink()


def _row(entry: tuple[str, Any]) -> tuple[str, bytes, int]:
    key, value = entry
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return key, body, zlib.crc32(body, zlib.crc32(key.encode()))
