"""Whether git's commit-graph can be trusted: what it says of commits is compared with nothing when git walks by it."""

from __future__ import annotations

from pathlib import Path

from milepost.repository.alternates import object_folders
from milepost.repository.objects import ends_in_hash

_MOST = 64 * 1024 * 1024  # bytes; hashing more may take longer than walking without it does
_NAMES = ("commit-graph", "commit-graphs/*.graph")
_DIGITS = {1: 40, 2: 64}  # of ids, by the byte of the head that says which they are
_VERSION = 5  # where that byte is


def are_graphs_whole(git_folder: Path) -> bool:
    """Whether there is a commit-graph, or a chain of them, and each ends in the hash of all that is before it."""
    try:
        folders = object_folders(git_folder)
        files = [file for folder in folders for name in _NAMES for file in (folder / "info").glob(name)]
        return bool(files) and sum(file.stat().st_size for file in files) <= _MOST and all(map(_is_whole, files))
    except OSError:  # git writes them anew meanwhile
        return False


def _is_whole(file: Path) -> bool:
    content = file.read_bytes()
    digits = _DIGITS.get(content[_VERSION]) if len(content) > _VERSION else None
    return digits is not None and ends_in_hash(content, digits)
