"""Which repository a folder belongs to, and which way of reading git is the right one for it."""

from __future__ import annotations

import os
from pathlib import Path

import pygit2

from milepost.errors import MilepostError
from milepost.repository.git import Git
from milepost.repository.library import LibraryGit

#: Set to `command`, everything is read through the git command.
WAY = "MILEPOST_GIT"


def open_git(folder: Path) -> Git:
    """The repository that a folder belongs to. libgit2 reads it where it can, the git command where only that can."""
    path = _discover(folder)
    bare = path if _is_bare(folder.resolve(), path) else None
    if bare:
        _require_own(bare)
    if os.environ.get(WAY) == "command":
        return _open_by_command(_outside(folder, path), bare, "")
    try:
        return LibraryGit(str(path))
    except pygit2.GitError as error:
        if "not owned" in str(error):
            raise _not_trusted(folder) from None
        return _open_by_command(_outside(folder, path), bare, str(error))


def _discover(folder: Path) -> Path:
    try:
        path = pygit2.discover_repository(str(folder))
    except pygit2.GitError as error:
        raise _not_opened(str(error)) from None
    if path is None:
        raise MilepostError("This is not a git repository.", "git init")
    return Path(path)


def _is_bare(folder: Path, path: Path) -> bool:
    """Whether a repository was found by what lies in a folder, and not by its name `.git`."""
    return path.name != ".git" and path.resolve() in (folder, *folder.parents)


def _require_own(bare: Path) -> None:
    """Refuses a bare repository that is among another one's files: whoever wrote those wrote its configuration."""
    around = pygit2.discover_repository(str(bare.parent))
    if around is None or Path(around).resolve() in (bare.resolve(), *bare.resolve().parents):
        return
    if _has_files_in(around, bare):
        message = f"{bare} is a bare repository among the files of another one, and may be made to do harm."
        raise MilepostError(message, "move it elsewhere, if you trust it")


def _has_files_in(around: str, folder: Path) -> bool:
    try:
        git = pygit2.Repository(around)
        prefix = folder.resolve().relative_to(Path(git.workdir).resolve()).as_posix() + "/" if git.workdir else "/"
        return any(entry.path.startswith(prefix) for entry in git.index)
    except (pygit2.GitError, OSError, ValueError):
        return True


def _outside(folder: Path, path: Path) -> Path:
    """Where git finds the repository by itself: before 2.45 not from inside its `.git`."""
    return path.parent if path.name == ".git" and folder.resolve().is_relative_to(path.resolve()) else folder


def _open_by_command(folder: Path, bare: Path | None, obstacle: str) -> Git:
    from milepost.repository.command import find_command_git
    from milepost.repository.process import NoGitError

    try:
        return find_command_git(folder, bare)
    except NoGitError:
        raise
    except MilepostError as error:
        if "dubious ownership" in error.message:
            raise _not_trusted(folder) from None
        if "extension" in error.message or "object format" in error.message or "version" in error.message:
            message = "The repository is in a format that the installed git can't read."
            raise MilepostError(message, "git --version says which one it is; a newer one may read it") from None
        raise _not_opened(obstacle or error.message.rstrip(".")) from None


def _not_trusted(folder: Path) -> MilepostError:
    return MilepostError(
        "The repository belongs to another user, and git does not trust it.",
        f"git config --global --add safe.directory {folder.resolve()}",
    )


def _not_opened(why: str) -> MilepostError:
    return MilepostError(f"The repository can't be opened: {why}.", "git status says what git makes of it")
