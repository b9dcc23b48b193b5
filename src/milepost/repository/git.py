"""What a way of reading git has to offer. There are two: libgit2 (library.py) and the git command (command.py).

Both hand out objects as git stores them, and everything above reads commits and trees from those bytes. So both give
the same history, whatever each makes of odd commits, mailmaps or replace refs by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from milepost.repository.commits import Commit
from milepost.repository.objects import Object


class Git(Protocol):
    """One repository, read one way. Object ids are lower-case hexadecimal digits, 40 or 64 of them."""

    @property
    def folder(self) -> Path:
        """The repository's own folder, mostly called `.git`."""
        ...

    @property
    def work_folder(self) -> Path | None:
        """The root of the work tree; None in a bare repository."""
        ...

    @property
    def is_shallow(self) -> bool:
        """Whether commits are missing behind a boundary."""
        ...

    def read(self, id: str) -> Object:
        """An object, compared with its id. Raises where it is missing or damaged, and never waits for a network."""
        ...

    def read_many(self, ids: Iterable[str]) -> Iterator[Object]:
        """Several objects, in the order of their ids."""
        ...

    def first_parents(self, tip: str) -> Iterator[Commit]:
        """A commit, its first parent, and so on to the root."""
        ...

    def merge_base(self, one: str, other: str) -> str | None:
        """Where two lines of history parted; None where they have nothing in common."""
        ...

    def reference(self, name: str) -> str | None:
        """The object that a full reference name leads to; None where there is no such reference."""
        ...

    def symbolic(self, name: str) -> str | None:
        """The reference that a symbolic one names; None where it is not symbolic or not there."""
        ...

    def search(self, name: str) -> str | None:
        """The object that a name means as users write it, such as `v1.2`, `HEAD~3` or an id's first digits."""
        ...

    def setting(self, name: str) -> str | None:
        """A value of git's configuration; None where it is not set."""
        ...

    def remote_url(self, remote: str) -> str | None:
        """The address of a remote; None where there is no such remote."""
        ...
