"""Reading git through libgit2: the usual way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pygit2

from milepost.repository.bounds import bounded
from milepost.repository.commits import Commit, parse_commit
from milepost.repository.git import Git
from milepost.repository.objects import Object, damaged_reference, missing_object
from milepost.repository.stored import StoredObjects

_T = TypeVar("_T")
_FAILURES = (KeyError, ValueError, MemoryError, pygit2.GitError)
_TOGETHER = 64  # objects
_DIGITS = re.compile(r"[0-9a-f]{4,40}")
_TRUE = ("true", "yes", "on", "1")  # as git's configuration writes it


class LibraryGit:
    """A repository opened by libgit2, which runs nothing and fetches nothing."""

    def __init__(self, path: str) -> None:
        """Raises pygit2.GitError where libgit2 can't or may not open it."""
        self._git = pygit2.Repository(path)
        self._objects = StoredObjects(self.folder)
        self._git.set_odb(self._objects.database())

    @property
    def folder(self) -> Path:
        """The repository's own folder."""
        return Path(self._git.path)

    @property
    def work_folder(self) -> Path | None:
        """The root of the work tree."""
        return Path(self._git.workdir) if self._git.workdir else None

    @property
    def is_shallow(self) -> bool:
        """Whether commits are missing behind a boundary."""
        return self._git.is_shallow

    def read(self, id: str) -> Object:
        """An object, compared with its id."""
        found = self._objects.read(id)
        if found is None:
            raise missing_object(id, self._promisor)
        return found

    def read_many(self, ids: Iterable[str]) -> Iterator[Object]:
        """Several objects, in the order of their ids."""
        return _in_batches(map(self.read, ids))

    def first_parents(self, tip: str) -> Iterator[Commit]:
        """A commit, its first parent, and so on to the root."""
        return _in_batches(self._first_parents(tip))

    def _first_parents(self, tip: str) -> Iterator[Commit]:
        while tip:
            commit = parse_commit(tip, self.read(tip))
            yield commit
            tip = commit.parents[0] if commit.parents else ""

    def merge_base(self, one: str, other: str) -> str | None:
        """Where two lines of history parted."""
        with suppress(*_FAILURES), bounded():
            base = self._git.merge_base(one, other)
            return str(base) if base is not None else None
        return self._command.merge_base(one, other)

    def reference(self, name: str) -> str | None:
        """The object that a full reference name leads to."""
        found = self._look_up(name)
        try:
            return str(found.resolve().target) if found else None
        except KeyError:  # it leads to a reference that is not there
            return None
        except pygit2.GitError:
            raise damaged_reference(name) from None

    def symbolic(self, name: str) -> str | None:
        """The reference that a symbolic one names."""
        found = self._look_up(name)
        return found.target if found and isinstance(found.target, str) else None

    def _look_up(self, name: str) -> pygit2.Reference | None:
        try:
            return self._git.references.get(name)
        except pygit2.GitError:
            raise damaged_reference(name) from None

    def search(self, name: str) -> str | None:
        """The object that a name means as users write it."""
        with suppress(*_FAILURES), bounded():
            return str(self._git.revparse_single(name).id)
        with suppress(*_FAILURES):  # an odd commit is refused even by its id
            return self._objects.complete(name) if _DIGITS.fullmatch(name) else None
        return None

    def setting(self, name: str) -> str | None:
        """A value of git's configuration."""
        return self._git.config[name] if name in self._git.config else None  # noqa: SIM401  it has no get

    def remote_url(self, remote: str) -> str | None:
        """The address of a remote."""
        names = [known.name for known in self._git.remotes]
        return self._git.remotes[remote].url if remote in names else None

    @cached_property
    def _command(self) -> Git:
        from milepost.repository.command import CommandGit

        return CommandGit(self.folder)

    @cached_property
    def _promisor(self) -> str | None:
        for entry in self._git.config:
            section, _, rest = entry.name.partition(".")
            remote, _, key = rest.rpartition(".")
            if (section, key) == ("remote", "promisor") and (entry.value or "").lower() in _TRUE:
                return remote
        return None


def _in_batches(found: Iterator[_T]) -> Iterator[_T]:
    """The same, read some ahead, so that memory is bounded once for all of those."""
    while True:
        with bounded():
            batch = list(islice(found, _TOGETHER))
        yield from batch
        if len(batch) < _TOGETHER:
            return
