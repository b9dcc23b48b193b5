"""Where a repository has its objects, and where it borrows some."""

from __future__ import annotations

from pathlib import Path

_DEPTH = 5  # git's own limit


def object_folders(git_folder: Path) -> list[Path]:
    """Where a repository has its objects, and where it borrows some."""
    return _with_borrowed(_common_folder(git_folder) / "objects")


def _common_folder(git_folder: Path) -> Path:
    """Where a further work tree's repository has its objects."""
    try:
        return git_folder / (git_folder / "commondir").read_text(encoding="utf-8").strip()
    except OSError:
        return git_folder


def _with_borrowed(folder: Path, depth: int = 0) -> list[Path]:
    """A folder of objects, and those that it borrows from."""
    try:
        lines = (folder / "info" / "alternates").read_bytes().splitlines() if depth < _DEPTH else []
    except OSError:
        lines = []
    found = [folder]
    for line in lines:
        if line and not line.startswith(b"#"):
            further = _with_borrowed(folder / line.decode("utf-8", "surrogateescape"), depth + 1)
            found += [one for one in further if one not in found]
    return found
