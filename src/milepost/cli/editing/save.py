"""The place that writes to a work tree: the old bytes or the new ones are there, whatever happens in between.

Every file is written beside its place first, under a name of our own, and put there by one rename. A process that is
killed leaves at most such a temporary file, which the next writer in that folder removes. Of several files that change
together, each is old or new: killed between two renames, the first ones are new, the rest is old, and `milepost check`
names the references that lead nowhere. Deletions come last, so that no content is ever missing from both places.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from milepost.cli.editing.lock import lock_work_tree
from milepost.errors import MilepostError

_TEMPORARY = re.compile(r"\.milepost-[0-9a-f]{16}\.tmp")
_HINTS = {
    errno.ENOSPC: "free some space, then try again",
    errno.EDQUOT: "free some space, then try again",
    errno.EACCES: "check who may write there",
    errno.EPERM: "check who may write there",
    errno.EROFS: "use a clone that is not read-only",
    errno.EFBIG: "check the limit on the size of files: ulimit -f",
}
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class ConflictError(MilepostError):
    """A file is not what it was when it was read; nothing was written."""


@dataclass(slots=True)
class _File:
    """One file that changes. `temporary` is where the new bytes wait for their turn."""

    name: str
    path: Path
    before: bytes | None
    after: bytes | None
    status: os.stat_result | None = None
    temporary: Path | None = None
    is_done: bool = False
    folders: list[Path] = field(default_factory=list)  # that were made for it


def save_files(root: Path, changes: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    """Writes files of a work tree: all of them, or on any error none.

    `changes`: path relative to the root → (the bytes that were read, None if the file must not exist yet;
    the new bytes, None to delete it). Modes stay; symbolic links are not followed.
    Raises `ConflictError` where a file changed since it was read, `MilepostError` where one can't be written.
    """
    files = [_File(name, _place(root, name), before, after) for name, (before, after) in sorted(changes.items())]
    with lock_work_tree(root):
        for file in files:
            _require_unchanged(file)
        changed = [file for file in files if file.before != file.after]
        try:
            _write_all(changed)
        finally:
            for file in reversed(changed):  # whoever made a folder leaves it last
                _discard(file)


def _place(root: Path, name: str) -> Path:
    """Where a file is. Raises where the path leads out of the work tree, into git's folder, or over a link."""
    steps = PurePosixPath(name).parts
    if (
        not steps
        or name.startswith("/")
        or "\\" in name
        or any(step.lower() in ("..", ".git") or ":" in step for step in steps)
    ):
        raise MilepostError(f"{name} is not a path of a file in this work tree.", "name a file of the plan")
    path = root
    for step in steps:
        path /= step
        if path.is_symlink():
            message = f"{path.relative_to(root).as_posix()} is a symbolic link, which is never written through."
            raise MilepostError(message, "edit the file it leads to")
    return path


def _require_unchanged(file: _File) -> None:
    with _told(file):
        found, file.status = _read(file)
    if found == file.before:
        return
    if file.before is None:
        raise ConflictError(f"{file.name} exists already. Nothing was changed.", "choose another name, or edit it")
    change = "is gone" if found is None else "was changed"
    raise ConflictError(f"{file.name} {change} since it was read. Nothing was changed.", "run the command again")


def _read(file: _File) -> tuple[bytes | None, os.stat_result | None]:
    """The bytes that are there now, and their mode; None where there is no file."""
    try:
        found = os.lstat(file.path)
    except FileNotFoundError:
        return None, None
    if not stat.S_ISREG(found.st_mode):
        raise MilepostError(f"{file.name} is not an ordinary file. Nothing was changed.", "move it away")
    with os.fdopen(os.open(file.path, os.O_RDONLY | _NOFOLLOW), "rb") as stream:
        return stream.read(), found


def _write_all(files: list[_File]) -> None:
    with ExitStack() as open_folders:
        folders: dict[Path, int | None] = {}
        for file in files:
            with _told(file):
                _prepare(file, sweep=file.path.parent not in folders)
                if file.path.parent not in folders:
                    folders[file.path.parent] = open_folders.enter_context(_folder(file.path.parent))
        for file in files:
            _require_unchanged(file)
        try:
            _put_in_place(files, folders)
        except BaseException:
            _take_back(files)
            raise


def _prepare(file: _File, sweep: bool) -> None:
    """Writes the new bytes beside their place, on to the disk, with the mode of the old file."""
    if file.before is None:
        _make_folders(file)
    if sweep:
        _sweep(file.path.parent)
    if file.after is not None:
        _write_beside(file, file.after)


def _make_folders(file: _File) -> None:
    folder = file.path.parent
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        os.mkdir(missing)  # noqa: PTH102
        file.folders.insert(0, missing)


def _sweep(folder: Path) -> None:
    """Removes what a killed process left. We hold the lock, so nobody else is writing these."""
    for name in os.listdir(folder):  # noqa: PTH208 - names only; a Path for each is slow in large folders
        if _TEMPORARY.fullmatch(name):
            (folder / name).unlink(missing_ok=True)


def _write_beside(file: _File, content: bytes) -> None:
    file.temporary = file.path.parent / f".milepost-{secrets.token_hex(8)}.tmp"
    handle = os.open(file.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW, 0o666)
    try:
        while content:
            content = content[os.write(handle, content) :]
        if file.status:
            _keep_mode(file.temporary, file.status)
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_mode(path: Path, old: os.stat_result) -> None:
    new = os.lstat(path)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(PermissionError):  # only root may give files away
            os.chown(path, old.st_uid, old.st_gid)
    if stat.S_IMODE(os.lstat(path).st_mode) != stat.S_IMODE(old.st_mode):
        os.chmod(path, stat.S_IMODE(old.st_mode))  # noqa: PTH101 - as all calls here


@contextmanager
def _folder(folder: Path) -> Iterator[int | None]:
    """A folder, opened before anything is replaced, so that it can be written to the disk afterwards."""
    if os.name == "nt":  # folders can't be opened there, and renames are journalled
        yield None
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)


def _put_in_place(files: list[_File], folders: Mapping[Path, int | None]) -> None:
    for file in sorted(files, key=lambda file: file.after is None):
        with _told(file):
            if file.temporary:
                os.replace(file.temporary, file.path)  # noqa: PTH105
                file.temporary = None
            else:
                os.unlink(file.path)  # noqa: PTH108
            file.is_done = True
    for file in files:
        with _told(file):
            _sync(folders[file.path.parent])


def _sync(folder: int | None) -> None:
    if folder is None:
        return
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems can't, and need not
            raise


def _take_back(files: list[_File]) -> None:
    """Gives the files that were replaced their old bytes again. Raises where even that fails."""
    stuck = []
    for file in files:
        if file.is_done:
            try:
                _restore(file)
            except OSError:
                stuck.append(file.name)
    if stuck:
        names = ", ".join(stuck)
        raise MilepostError(
            f"Writing failed half-way, and {names} could not be put back.", "git diff shows what is new"
        )


def _restore(file: _File) -> None:
    if file.before is None:
        os.unlink(file.path)  # noqa: PTH108
    else:
        _write_beside(file, file.before)
        os.replace(file.temporary or file.path, file.path)  # noqa: PTH105
        file.temporary = None
    file.is_done = False


def _discard(file: _File) -> None:
    """Removes what was made for a file that did not come to be."""
    with contextlib.suppress(OSError):
        if file.temporary:
            file.temporary.unlink(missing_ok=True)
        if not file.is_done:
            for folder in file.folders:
                folder.rmdir()


@contextmanager
def _told(file: _File) -> Iterator[None]:
    """Says in words why a file can't be written."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "the disk says no"
        hint = _HINTS.get(error.errno or 0, "try again")
        raise MilepostError(f"{file.name} can't be written: {reason}. Nothing was changed.", hint) from error
