"""Which files differ between two trees, read from the tree objects themselves.

libgit2's general diff looks at every name; a commit changes one of hundreds.
"""

from __future__ import annotations

from milepost.repository.folders import ABSENT, TREE, Side, read_mode
from milepost.repository.git import Git
from milepost.repository.listing import Entry, Listing, compare_listings
from milepost.repository.objects import require_kind

#: Path, old blob and new blob; a blob is empty where there is no regular file.
Difference = tuple[str, str, str]

_Sides = dict[bytes, Side]
_KEPT = 1024


class TreeDiff:
    """Compares trees of one repository."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._listings: dict[str, Listing] = {}  # of the trees that were read last

    def compare(self, path: str, old: Side, new: Side) -> list[Difference]:
        """Every regular file that differs."""
        found: list[Difference] = []
        self._compare(path, old, new, found)
        return found

    def _compare(self, path: str, old: Side, new: Side, found: list[Difference]) -> None:
        before, after = old.id if old.is_file else "", new.id if new.is_file else ""
        if before != after:  # a file that became a folder, or the reverse, is told and entered
            found.append((path, before, after))
        if TREE in (old.mode, new.mode):
            prefix = f"{path}/" if path else ""
            gone, came = self._differing(old.id if old.mode == TREE else "", new.id if new.mode == TREE else "")
            for name in sorted({*gone, *came}):
                below = prefix + name.decode("utf-8", "surrogateescape")
                self._compare(below, gone.get(name, ABSENT), came.get(name, ABSENT), found)

    def _differing(self, old: str, new: str) -> tuple[_Sides, _Sides]:
        """What two folders have under the names that differ."""
        if old == new:
            return {}, {}
        gone, came = compare_listings(self._listing(old, len(new)), self._listing(new, len(old)))
        return _sides(gone), _sides(came)

    def _listing(self, id: str, digits: int) -> Listing:
        """What a tree holds; nothing for no id, in a repository whose ids have so many digits."""
        if not id:
            return Listing(b"", digits // 2)
        found = self._listings.get(id)
        if found is None:
            if len(self._listings) >= _KEPT:
                self._listings.clear()
            data = require_kind(id, self._git.read(id), "tree")
            found = self._listings[id] = Listing(data, len(id) // 2)
        return found


def _sides(entries: set[Entry]) -> _Sides:
    return {name: Side(read_mode(mode), id.hex()) for mode, name, id in entries}
