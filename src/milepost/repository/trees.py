"""Which files differ between two trees, read from the tree objects themselves.

libgit2's general diff looks at every name; a commit changes one of hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from milepost.repository.folders import ABSENT, TREE, Side, read_mode
from milepost.repository.git import Git
from milepost.repository.listing import Entry, Listing, compare_listings, parse_listing
from milepost.repository.objects import require_kind

_KEPT = 256


class Memo(Protocol):
    """Keeps values by keys that name git objects."""

    def get(self, key: str) -> Any:
        """What was put before, or None."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Keeps a value."""
        ...


class TreeDiff:
    """Compares trees of one repository."""

    def __init__(self, git: Git, memo: Memo) -> None:
        self._git = git
        self._memo = memo
        self._listings: dict[str, Listing] = {}  # of the trees that were read last

    def compare(self, path: str, old: Side, new: Side) -> list[tuple[str, str, str]]:
        """Path, old blob and new blob of every regular file that differs; a blob is empty where there is none."""
        if TREE not in (old.mode, new.mode):
            return [(path, *change)] if (change := _blobs(old, new)) else []
        key = f"{old.id if old.mode == TREE else ''}..{new.id if new.mode == TREE else ''}"
        changes: list[tuple[str, str, str]] | None = self._memo.get(key)
        if changes is None:
            changes = list(self._below("", _tree_only(old), _tree_only(new)))
            self._memo.put(key, changes)
        prefix = f"{path}/" if path else ""
        beside = _blobs(old, new)  # a file that became a folder, or the reverse
        below = [(prefix + name, before, after) for name, before, after in changes]
        return [(path, *beside), *below] if beside else below

    def _below(self, prefix: str, old: Side, new: Side) -> Iterator[tuple[str, str, str]]:
        gone, came = map(_sides, self._differing(old, new))
        for name in sorted(gone.keys() | came.keys()):
            one, other = gone.get(name, ABSENT), came.get(name, ABSENT)
            path = prefix + name.decode("utf-8", "surrogateescape")
            if blobs := _blobs(one, other):
                yield path, *blobs
            if TREE in (one.mode, other.mode):
                yield from self._below(f"{path}/", _tree_only(one), _tree_only(other))

    def _differing(self, old: Side, new: Side) -> tuple[set[Entry], set[Entry]]:
        id_size = len(old.id or new.id) // 2
        listing = self._listings.get(old.id) or parse_listing(self._raw(old.id), id_size)
        gone, came, after = compare_listings(listing, self._raw(new.id))
        if len(self._listings) >= _KEPT:
            self._listings.clear()
        self._listings[new.id] = after
        return gone, came

    def _raw(self, id: str) -> bytes:
        return require_kind(id, self._git.read(id), "tree") if id else b""


def _sides(entries: set[Entry]) -> dict[bytes, Side]:
    return {entry.name: Side(read_mode(entry.mode), entry.id.hex()) for entry in entries}


def _blobs(old: Side, new: Side) -> tuple[str, str] | None:
    """The ids of the regular files on both sides, where they differ."""
    before, after = (side.id if side.is_file else "" for side in (old, new))
    return (before, after) if before != after else None


def _tree_only(side: Side) -> Side:
    return side if side.mode == TREE else ABSENT
