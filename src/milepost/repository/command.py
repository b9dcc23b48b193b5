"""Reading git through the git command: for repositories that libgit2 can't open, with long-lived processes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from milepost.errors import MilepostError
from milepost.repository.batch import Batch, EndedError
from milepost.repository.commits import Commit, parse_commit
from milepost.repository.objects import (
    DamagedError,
    Object,
    damaged_object,
    damaged_reference,
    missing_object,
    require_intact,
)
from milepost.repository.process import NoGitError, in_folder, in_repository, require_unkilled, run_git

#: Where the accepted branch is looked for, which git is asked for together.
_USUAL = ("refs/remotes/origin/HEAD", "refs/heads/main", "refs/heads/master")
_ASKED = 32  # questions before the first answer is read: few enough to fit into any pipe


class CommandGit:
    """A repository that the git command opened."""

    def __init__(self, folder: Path, work_folder: Path | None = None, is_shallow: bool | None = None) -> None:
        self.folder = folder
        self.work_folder = work_folder
        self._is_shallow = is_shallow  # None where nobody has asked yet
        self._where = in_repository(folder)
        self._references: dict[str, tuple[str, str]] = {}
        self._open: dict[int, Batch] = {}  # by the process that talks to it

    @cached_property
    def is_shallow(self) -> bool:
        """Whether commits are missing behind a boundary."""
        if self._is_shallow is None:
            return self._line("rev-parse", "--is-shallow-repository") == "true"
        return self._is_shallow

    def read(self, id: str) -> Object:
        """An object, compared with its id."""
        return next(self.read_many([id]))

    def read_many(self, ids: Iterable[str]) -> Iterator[Object]:
        """Several objects, in the order of their ids; asked for some ahead, so that git works while we do."""
        rest = iter(ids)
        while asked := list(islice(rest, _ASKED)):
            self._ask(*asked)
            answers = [self._answer(id) for id in asked]
            for id, answer in zip(asked, answers, strict=True):
                if answer is None:
                    raise missing_object(id, self._promisor)
                yield require_intact(id, answer[1])

    def first_parents(self, tip: str) -> Iterator[Commit]:
        """A commit, its first parent, and so on to the root; one by one where git fails, which may not say at which."""
        try:
            ids = self._line("rev-list", "--first-parent", "--end-of-options", tip, "--").split()
        except NoGitError:
            raise
        except MilepostError:
            while tip:
                commit = parse_commit(tip, self.read(tip))
                yield commit
                tip = next(iter(commit.parents), "")
        else:
            yield from map(parse_commit, ids, self.read_many(ids))

    def merge_base(self, one: str, other: str) -> str | None:
        """Where two lines of history parted."""
        return self._line("merge-base", "--end-of-options", one, other, fine=(0, 1)) or None

    def reference(self, name: str) -> str | None:
        """The object that a full reference name leads to."""
        if name == "HEAD":
            found = self._line("rev-parse", "--verify", "--quiet", name, fine=(0, 1))
            branch = None if found else self.symbolic(name)
            return found or (self.reference(branch) if branch else None)
        return self._refer(name)[0] or None

    def symbolic(self, name: str) -> str | None:
        """The reference that a symbolic one names."""
        if name == "HEAD":
            return self._line("symbolic-ref", "--quiet", name, fine=(0, 1)) or None
        return self._refer(name)[1] or None

    def _refer(self, name: str) -> tuple[str, str]:
        """The object and the reference that a reference leads to; empty where there is none. Each is looked up once."""
        if name not in self._references:
            names = _USUAL if name in _USUAL else (name,)
            listed = run_git(self._where, "for-each-ref", "--format=%(refname) %(objectname) %(symref)", *names)
            _require_sound(names, listed.stderr)
            lines = _lines(listed)
            found = {full: (id, symbolic) for full, id, symbolic in (line.split(" ") for line in lines if line)}
            self._references |= {name: found.get(name, ("", "")) for name in names}
        return self._references[name]

    def search(self, name: str) -> str | None:
        """The object that a name means as users write it. Asked by standard input, where nothing is an option."""
        if not name or "\n" in name or "\0" in name:
            return None
        self._ask(name)
        answer = self._answer(name)
        return answer[0] if answer else None

    def setting(self, name: str) -> str | None:
        """A value of git's configuration."""
        return self._settings.get(name) or None

    def remote_url(self, remote: str) -> str | None:
        """The address of a remote."""
        return self._line("ls-remote", "--get-url", remote) if self.setting(f"remote.{remote}.url") else None

    @cached_property
    def _settings(self) -> dict[str, str]:
        """All of git's configuration; what was said last counts."""
        entries = (entry.partition("\n") for entry in self._line("config", "--list", "--null").split("\0"))
        return {name: value for name, _, value in entries}

    @cached_property
    def _promisor(self) -> str | None:
        pattern = r"^remote\..*\.promisor$"
        lines = self._line("config", "--type=bool", "--get-regexp", pattern, fine=(0, 1)).splitlines()
        names = [name for name, _, value in (line.rpartition(" ") for line in lines) if value == "true"]
        return names[0].removeprefix("remote.").removesuffix(".promisor") if names else None

    def _line(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> str:
        return run_git(self._where, *arguments, fine=fine).stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    @property
    def _batch(self) -> Batch:
        """A git that hands out objects. It is not shared with a forked process."""
        number = os.getpid()
        if number not in self._open:
            self._open[number] = Batch(self._where)
        return self._open[number]

    def _ask(self, *names: str) -> None:
        try:
            self._batch.ask(*names)
        except EndedError as end:  # at an earlier question
            raise self._ended(names[0], end) from None

    def _answer(self, name: str) -> tuple[str, Object] | None:
        """Id and object; None where git knows none or several. Raises where git ended instead of answering."""
        try:
            return self._batch.answer(name)
        except DamagedError:
            self._forget_process()
            raise
        except EndedError as end:
            raise self._ended(name, end) from None

    def _ended(self, name: str, end: EndedError) -> DamagedError:
        self._forget_process()
        require_unkilled(end.code)
        if self._promisor:  # git ends where it wants to fetch and is not let
            return missing_object(name, self._promisor)
        return damaged_object(name, "git can't read it")

    def _forget_process(self) -> None:
        self._open.pop(os.getpid(), None)


def _require_sound(names: Iterable[str], warnings: bytes) -> None:
    """git leaves out a damaged reference and only warns, as if there were none, and an older branch would count."""
    warned = warnings.decode("utf-8", "surrogateescape").splitlines()
    for name in names:
        if any(line.endswith(f"ignoring broken ref {name}") for line in warned):
            raise damaged_reference(name)


def find_command_git(start: Path, git_folder: Path | None = None) -> CommandGit:
    """The repository that git finds from a folder; `git_folder` where that is known to be one without a work tree.

    git looks at whom it belongs to only when it finds it by itself, so it does, bare or not.
    """
    if git_folder is None:
        asked = ("--absolute-git-dir", "--show-toplevel", "--is-shallow-repository")
        found = run_git(in_folder(start), "rev-parse", *asked, fine=(0, 128))
        told = _lines(found)
        if not found.returncode and len(told) == len(asked):  # and not more, as a folder's name has several lines
            return CommandGit(Path(told[0]), Path(told[1]), told[2] == "true")
    allowed = ("-c", "safe.bareRepository=all") if git_folder else ()
    found = run_git(in_folder(git_folder or start), *allowed, "rev-parse", "--absolute-git-dir")
    return CommandGit(Path("\n".join(_lines(found))), None if git_folder else _work_folder(start))


def _work_folder(start: Path) -> Path | None:
    found = _lines(run_git(in_folder(start), "rev-parse", "--show-toplevel", fine=(0, 128)))
    return Path("\n".join(found)) if any(found) else None


def _lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
