"""Puts a built site in its place: made beside the old one, then swapped in. Deletes only what a build made."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from milepost.errors import MilepostError, UsageError

#: Lies in every site that Milepost built, and lists its files with their SHA-256.
MARK = ".milepost-site"


def publish_site(target: Path, pages: Mapping[str, bytes]) -> int:
    """Writes the pages and returns how many are HTML. Raises, with nothing changed, where the folder is not ours."""
    try:
        _require_ours(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            _write(beside, pages)
            _swap(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        message = f"The site can't be written to {target}: {error.strerror}."
        raise MilepostError(message, "milepost build -o DIR with a folder you may write to") from error
    return sum(path.endswith(".html") for path in pages)


def _require_ours(target: Path) -> None:
    """Raises where the folder holds a file that no build made, or that was changed since."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target} is not a folder.", "milepost build -o DIR with another name")
    mark = target / MARK
    ours = mark.read_text(encoding="utf-8", errors="replace").splitlines() if mark.is_file() else []
    for path in _files(target):
        name = path.relative_to(target).as_posix()
        if name != MARK and (path.is_symlink() or _mark_line(name, path.read_bytes()) not in ours):
            raise UsageError(
                f"{target} holds {name}, which no build made or which was changed, so nothing there was touched.",
                "move it away, or build elsewhere: milepost build -o DIR",
            )


def _files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is not a folder itself. Links are not followed."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _mark_line(name: str, content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}  {name}"


def _write(folder: Path, pages: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    for name, content in sorted(pages.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    lines = [_mark_line(name, content) for name, content in sorted(pages.items())]
    (folder / MARK).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _swap(beside: Path, target: Path) -> None:
    """Two renames: the old site is whole until the new one is complete, and put back if the second fails."""
    if not target.exists():
        beside.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / "site")
    try:
        beside.rename(target)
    except OSError:
        (old / "site").rename(target)
        os.rmdir(old)  # noqa: PTH106 - must be empty by now
        raise
    shutil.rmtree(old)
