"""The git command, so that nothing in a repository or its configuration makes it run, write or fetch anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from milepost.errors import MilepostError

if sys.platform == "linux":
    import fcntl

#: Settings that a repository can't overrule.
SETTINGS = (
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
    *("-c", "diff.renameLimit=0"),
    *("-c", "core.commitGraph=false"),  # what it says of commits is compared with nothing,
    *("-c", "core.multiPackIndex=false"),  # and so is what this says of where objects are
)

#: What follows a place where the commit-graph was found to be whole. Its filters of paths depended on the machine.
BY_GRAPH = ("-c", "core.commitGraph=true", "-c", "commitGraph.readChangedPaths=false")

#: A partial clone's git fetches what is missing while it reads. GIT_NO_LAZY_FETCH stops that since git 2.44; before
#: it, no protocol being allowed does. Grafts are not history, and neither are replace refs.
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}

#: Where git and its configuration are. All else that begins with GIT_ could name another repository or a program.
_KEPT = ("GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")

#: What says that there is no git which we could run.
_NO_GIT = (FileNotFoundError, NotADirectoryError, PermissionError)

#: Room in a pipe, in bytes, so that git need not wait for us.
_PIPE_SIZE = 1 << 20
_PAGE = 4096  # bytes, which any pipe takes

Where = tuple[str, ...]


#: How a program ends itself that met what it can't cope with, such as a damaged file. Other signals others send.
_CRASHES = ("SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV")


class NoGitError(MilepostError):
    """There is no git that can or will run, or something killed it. It says nothing of the repository."""


def in_folder(folder: Path) -> Where:
    """The repository that git finds from a folder."""
    return ("-C", str(folder))


def in_repository(git_folder: Path) -> Where:
    """One repository by its own folder. Names of files begin at its root, wherever we are called.

    A submodule's configuration says where its work tree is, and further inside that git would take names for others.
    """
    return f"--git-dir={git_folder}", "--work-tree=."


def git_environment() -> dict[str, str]:
    """The variables that git gets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return {**kept, **_ENVIRONMENT}


def start_git(where: Where, *arguments: str) -> subprocess.Popen[bytes]:
    """A git that stays, to be asked by its standard input."""
    command = ["git", *SETTINGS, *where, *arguments]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=git_environment())
    except _NO_GIT:
        raise _not_installed() from None
    for end in (process.stdin, process.stdout):
        assert end
        _widen(end)
    return process


def run_git(
    where: Where, *arguments: str, input: bytes = b"", fine: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[bytes]:
    """What git answers. Raises where its exit code is none of the fine ones."""
    command = ["git", *SETTINGS, *where, *arguments]
    try:
        done = subprocess.run(command, input=input, capture_output=True, check=False, env=git_environment())
    except _NO_GIT:
        raise _not_installed() from None
    if done.returncode not in fine:
        raise _failure(done.returncode, done.stderr.decode("utf-8", "replace"))
    return done


def pipe_git(where: Where, *arguments: str, input: bytes = b"", end: bytes = b"\0") -> Iterator[bytes]:
    """What git tells, piece by piece. It starts at once, and goes on while we do something else.

    Raises where it fails, after what it told until then.
    """
    command = ["git", *SETTINGS, *where, *arguments]
    complaints = _scratch()
    with _scratch() as source:
        source.write(input)
        source.seek(0)
        try:
            process = subprocess.Popen(
                command, stdin=source, stdout=subprocess.PIPE, stderr=complaints, env=git_environment()
            )
        except _NO_GIT:
            complaints.close()
            raise _not_installed() from None
    pieces = _pieces(process, complaints, end)
    next(pieces)  # so that it ends git, whether or not somebody wants to know
    return pieces


def _scratch() -> IO[bytes]:
    """A file that nobody else sees. On Linux it needs no folder, of which there may be none to write to."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("milepost"), "w+b")
    from tempfile import TemporaryFile  # it imports much, and few commands get here

    return TemporaryFile()


def _pieces(process: subprocess.Popen[bytes], complaints: IO[bytes], end: bytes) -> Iterator[bytes]:
    told = process.stdout
    assert told
    _widen(told)
    with complaints:
        try:
            yield b""
            rest = b""
            while read := os.read(told.fileno(), _PIPE_SIZE):
                *pieces, rest = (rest + read).split(end)
                yield from pieces
        except GeneratorExit:
            process.kill()
            raise
        finally:
            told.close()
            code = process.wait()
        if code:
            complaints.seek(0)
            raise _failure(code, complaints.read().decode("utf-8", "replace"))


def room_in(pipe: IO[bytes]) -> int:
    """Bytes that a pipe takes before somebody reads: a page where a user's pipes have no more room together."""
    return fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ) if sys.platform == "linux" else _PAGE


def _widen(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        with suppress(OSError):  # a user's pipes have no more room than the system allows
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)


def _not_installed() -> MilepostError:
    return NoGitError("This needs the git command, which is not installed.", "install git")


def require_unkilled(code: int) -> None:
    """Raises where somebody ended git, by its exit code: mostly the system, for want of memory."""
    name = _signal(code)
    if name and name not in _CRASHES:
        message = f"git was killed by {name} before it had told everything."
        raise NoGitError(message, "run it again; dmesg may show who killed it, such as the system for want of memory")


def _signal(code: int) -> str:
    """The signal that ended a process; empty where none did."""
    known = {-number: number.name for number in signal.Signals}
    return known.get(code, f"signal {-code}") if code < 0 else ""


def _failure(code: int, complaint: str) -> MilepostError:
    require_unkilled(code)
    lines = [line for line in complaint.strip().splitlines() if not line.startswith("hint:")]
    if lines and lines[0].startswith("usage: git"):
        return NoGitError("The installed git is too old: this needs 2.24 or newer.", "install a newer git")
    if any("bad config variable" in line for line in lines):
        why = "; ".join(line.partition(": ")[2] for line in lines[:3])
        return NoGitError(f"git refuses its configuration: {why}", "git config --list --show-origin shows each setting")
    said = "; ".join(lines[:3]) or (f"it crashed ({_signal(code)})" if code < 0 else "it says nothing")
    return MilepostError(f"git could not read the repository: {said}", "git fsck shows what is damaged or missing")
