"""One writer at a time in a work tree: a lock that the operating system frees when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from milepost.errors import MilepostError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PATIENCE = 10.0  # seconds
_PAUSE = 0.02
_LOCKED_BYTE = 1 << 20  # on Windows a locked byte can't be read, so it is one after the holder's number

#: The locks that this process has, and the work trees that they are for.
_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def lock_work_tree(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Keeps other writers out of a work tree; to read, edit and save as one step. May be nested.

    The file stays where it is: what counts is who has it locked, so one that a killed process left locks nobody out.
    Raises `MilepostError` where another process keeps it for longer than `patience` seconds.
    """
    held = _held.get()
    path = root if root in held else _lock_path(root)
    if path in held:
        yield
        return
    handle = _open(path)
    try:
        _wait(handle, path, patience)
        token = _held.set(held | {root, path})
        try:
            yield
        finally:
            _held.reset(token)
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)  # frees the lock


def _lock_path(root: Path) -> Path:
    from milepost.repository.repository import open_repository

    return open_repository(root).cache_folder / "writing.lock"


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        message = f"The lock {path} can't be opened: {error.strerror}. Nothing was changed."
        raise MilepostError(message, f"check who may write to {path.parent}") from error


def _wait(handle: int, path: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while not _try(handle, path):
        if time.monotonic() > end:
            holder = _holder(handle)
            message = f"Another process{holder} is writing to this repository and holds {path}. Nothing was changed."
            raise MilepostError(message, "try again when it has ended; the lock goes with it, the file may stay")
        time.sleep(_PAUSE)
    with contextlib.suppress(OSError):  # the number is for the message only
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())


def _try(handle: int, path: Path) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        message = f"{path} can't be locked: {error.strerror}. Nothing was changed."
        raise MilepostError(message, "use a clone on a local disk") from error
    return True


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        number = os.read(handle, 20).decode("ascii", "replace")
    except OSError:
        return ""
    return f" ({number})" if number.isdigit() else ""
