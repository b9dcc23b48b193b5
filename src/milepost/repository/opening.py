"""Which repository a folder belongs to, and which way of reading git is the right one for it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from milepost.errors import MilepostError
from milepost.repository.command import find_command_git
from milepost.repository.process import NoGitError

if TYPE_CHECKING:
    from milepost.repository.git import Git

#: Set to `library`, as much as can be is read through libgit2.
WAY = "MILEPOST_GIT"


def open_git(folder: Path) -> Git:
    """The repository that a folder belongs to. The git command reads it, and libgit2 where none is installed.

    To import pygit2 takes longer than a git that has answered.
    """
    if os.environ.get(WAY) != "library":
        with suppress(NoGitError):
            return _find_plain(folder) or _open_by_command(folder)
    return _open_by_library(folder)


def _find_plain(folder: Path) -> Git | None:
    """A repository in the folder `.git` of a work tree, as most are; None where it needs a closer look."""
    try:
        found = find_command_git(folder)
    except NoGitError:
        raise
    except MilepostError:
        return None
    return None if found.folder.resolve() in (folder.resolve(), *folder.resolve().parents) else found


def _open_by_library(folder: Path) -> Git:
    import pygit2

    from milepost.repository.library import LibraryGit

    try:
        return LibraryGit(str(_discover(folder)[0]))
    except pygit2.GitError as error:
        if "not owned" in str(error):
            raise _not_trusted(folder) from None
        return _open_by_command(folder, str(error))


def _open_by_command(folder: Path, obstacle: str = "") -> Git:
    path, bare = _discover(folder)
    try:
        return find_command_git(_outside(folder, path), bare)
    except NoGitError:
        raise
    except MilepostError as error:
        if "dubious ownership" in error.message:
            raise _not_trusted(folder) from None
        if "extension" in error.message or "object format" in error.message or "version" in error.message:
            message = "The repository is in a format that the installed git can't read."
            raise MilepostError(message, "git --version says which one it is; a newer one may read it") from None
        raise _not_opened(obstacle or error.message.rstrip(".")) from None


def _discover(folder: Path) -> tuple[Path, Path | None]:
    """A repository's own folder, and the same once more where it is bare and may be trusted."""
    import pygit2

    try:
        found = pygit2.discover_repository(str(folder))
    except pygit2.GitError as error:
        raise _not_opened(str(error)) from None
    if found is None:
        raise MilepostError("This is not a git repository.", "git init")
    path = Path(found)
    if not _is_bare(folder.resolve(), path):
        return path, None
    _require_own(path)
    return path, path


def _is_bare(folder: Path, path: Path) -> bool:
    """Whether a repository was found by what lies in a folder, and not by its name `.git`."""
    return path.name != ".git" and path.resolve() in (folder, *folder.parents)


def _require_own(bare: Path) -> None:
    """Refuses a bare repository that is among another one's files: whoever wrote those wrote its configuration."""
    import pygit2

    around = pygit2.discover_repository(str(bare.parent))
    if around is None or Path(around).resolve() in (bare.resolve(), *bare.resolve().parents):
        return
    if _has_files_in(around, bare):
        message = f"{bare} is a bare repository among the files of another one, and may be made to do harm."
        raise MilepostError(message, "move it elsewhere, if you trust it")


def _has_files_in(around: str, folder: Path) -> bool:
    import pygit2

    try:
        git = pygit2.Repository(around)
        prefix = folder.resolve().relative_to(Path(git.workdir).resolve()).as_posix() + "/" if git.workdir else "/"
        return any(entry.path.startswith(prefix) for entry in git.index)
    except (pygit2.GitError, OSError, ValueError):
        return True


def _outside(folder: Path, path: Path) -> Path:
    """Where git finds the repository by itself: before 2.45 not from inside its `.git`."""
    return path.parent if path.name == ".git" and folder.resolve().is_relative_to(path.resolve()) else folder


def _not_trusted(folder: Path) -> MilepostError:
    return MilepostError(
        "The repository belongs to another user, and git does not trust it.",
        f"git config --global --add safe.directory {folder.resolve()}",
    )


def _not_opened(why: str) -> MilepostError:
    return MilepostError(f"The repository can't be opened: {why}.", "git status says what git makes of it")
