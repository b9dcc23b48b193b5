"""Under which name and address a person is known: git's mailmap, from where git looks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milepost.errors import MilepostError
from milepost.model.history import Identity
from milepost.repository.commits import parse_commit
from milepost.repository.files import Entry, WorkTree
from milepost.repository.folders import Folders
from milepost.repository.git import Git

if TYPE_CHECKING:
    import pygit2

_NAME = ".mailmap"


class Mailmap:
    """Names and addresses, each looked up once."""

    def __init__(self, git: Git) -> None:
        self.text = b"\n".join(_sources(git))
        self._map = _parse(self.text)
        self._known: dict[tuple[str, str], Identity] = {}

    def resolve(self, name: str, email: str) -> Identity:
        """The person that a commit's name and address mean."""
        key = name, email
        if key not in self._known:
            self._known[key] = Identity(*self._map.resolve(name, email)) if self._map else Identity(name, email)
        return self._known[key]


def _parse(text: bytes) -> pygit2.Mailmap | None:
    if not text.strip():
        return None
    import pygit2  # most repositories have none, and it takes longer than many a command

    try:
        return pygit2.Mailmap.from_buffer(text.replace(b"\0", b""))
    except pygit2.GitError:
        return pygit2.Mailmap()


def _sources(git: Git) -> list[bytes]:
    """The mailmaps that there are; what a later one says counts."""
    folder = git.work_folder
    blob = git.setting("mailmap.blob") or ("" if folder else f"HEAD:{_NAME}")
    file = git.setting("mailmap.file")
    return [
        _read_plain_file(folder) if folder else b"",
        _read_blob(git, blob) if blob else b"",
        _read_file((folder or git.folder) / Path(file).expanduser()) if file else b"",
    ]


def _read_plain_file(folder: Path) -> bytes:
    """The work tree's mailmap, unless it is a link, which may lead anywhere."""
    try:
        return WorkTree(folder).read(Entry(_NAME, True))
    except MilepostError:
        return b""


def _read_blob(git: Git, name: str) -> bytes:
    """A file of a commit, as `HEAD:.mailmap`, or an object by any other name."""
    revision, _, path = name.partition(":")
    commit = git.reference(revision) if revision == "HEAD" else git.search(revision)
    found = git.read(commit) if commit else None
    if commit and found and found.kind == "commit" and path:
        ((side,),) = Folders(git, [path]).find([parse_commit(commit, found).tree])
        found = git.read(side.id) if side.is_file else None
    return found.data if found and found.kind == "blob" else b""


def _read_file(path: Path) -> bytes:
    """A file that the user's own configuration names, or that of the repository."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
