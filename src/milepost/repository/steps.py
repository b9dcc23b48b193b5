"""Which commits changed something below a plan's folders, and what they changed there, as the git command tells it.

git compares trees many times as fast as Python does, and does it beside us on another core.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from milepost.repository.process import Where, pipe_git

#: Called with how much was done, and how much there is: 0 where that is not known.
Progress = Callable[[int, int], None]

Roots = tuple[str, ...]

#: Commits with their parents.
Parents = Mapping[str, tuple[str, ...]]

#: A commit and the parent that it is compared with; empty for nothing.
Edge = tuple[str, str]

_COMPARE = ("diff-tree", "--stdin", "--root", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
#: Whatever a user likes to see in a log, it says the same to us.
_SETTINGS = tuple(
    word
    for setting in (
        *("log.diffMerges=separate", "log.follow=false", "log.showSignature=false", "log.date=default"),
        *("format.pretty=medium", "diff.relative=false"),
    )
    for word in ("-c", setting)
)
_LOG = (
    "log", "--reverse", "--first-parent", "-m", "--root", "--raw", "-z", "--no-abbrev", "--no-renames",
    "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "-O/dev/null", "--encoding=UTF-8", "--format=%H %P",
)  # fmt: skip
_REGULAR = ("100644", "100755")


class FileChange(NamedTuple):
    """What one accepted revision did to one file. A blob is empty where there is no regular file."""

    path: str
    old_blob: str
    blob: str


class Step(NamedTuple):
    """One accepted revision that touched the plan's folders, with what it changed there against its first parent."""

    commit: str
    parent: str  # empty for a root commit
    files: tuple[FileChange, ...]
    is_merge: bool


class Lineage(NamedTuple):
    """What leads to a tip: the first-parent chain, oldest first, and every commit with its parents."""

    chain: list[str]
    parents: Parents

    @classmethod
    def of(cls, tip: str, parents: Parents) -> Lineage:
        """The one that the parents give."""
        chain: list[str] = []
        while tip in parents:
            chain.append(tip)
            tip = next(iter(parents[tip]), "")
        return cls(chain[::-1], parents)

    def after(self, since: str) -> Lineage:
        """The same without a commit on the chain and what led to it: git would leave some of that if clocks are off."""
        if not since:
            return self
        known, waiting = {since}, [since]
        while waiting:
            fresh = [parent for parent in self.parents[waiting.pop()] if parent not in known]
            known.update(fresh)
            waiting += fresh
        chain = self.chain[self.chain.index(since) + 1 :]
        return Lineage(chain, {id: parents for id, parents in self.parents.items() if id not in known})


def list_parents(where: Where, tip: str, since: str, *options: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every commit that leads to a tip, and not to another one, with its parents, as git lists them."""
    listed = pipe_git(where, "rev-list", *options, "--parents", *_between(since, tip), "--", end=b"\n")
    rows = (line.decode("ascii").split(" ") for line in listed)
    return ((id, tuple(parents)) for id, *parents in rows)


def walk_chain(where: Where, tip: str, since: str, roots: Roots) -> Iterator[Step]:
    """The commits on the first-parent chain to a tip, after another one, that changed a file, oldest first.

    git looks for them at once.
    """
    asked = (*_SETTINGS, *_LOG, *_between(since, tip), *_below(roots))
    found = _read(pipe_git(where, "--literal-pathspecs", *asked))
    heads = ((head.split(" "), files) for head, files in found if files)
    return (Step(id, parents[0] if parents else "", files, len(parents) > 1) for (id, *parents), files in heads)


def _between(since: str, tip: str) -> tuple[str, ...]:
    """What leads to a tip and not to another one. `--` has to follow: a file may be named as a commit is."""
    return "--end-of-options", tip, *((f"^{since}",) if since else ())


def _below(roots: Roots) -> tuple[str, ...]:
    """Folders as text that becomes the UTF-8 that git has, whatever the user's locale makes of it."""
    named = (os.fsdecode(root.encode("utf-8", "surrogateescape")) for root in roots)
    return "--", *(() if "" in roots else named)


def compare_all(where: Where, edges: Sequence[Edge], roots: Roots) -> list[tuple[FileChange, ...]]:
    """What differs between commits and a parent of each."""
    return [files for _, files in _compare(where, edges, roots, "--always")]


def compare(where: Where, edges: Sequence[Edge], roots: Roots) -> Iterator[tuple[str, tuple[FileChange, ...]]]:
    """The commits that differ from a parent in some files. git looks for them at once."""
    found = _compare(where, edges, roots)
    return ((id, files) for id, files in found if files)


def _compare(
    where: Where, edges: Sequence[Edge], roots: Roots, *options: str
) -> Iterator[tuple[str, tuple[FileChange, ...]]]:
    if not edges:
        return iter(())
    lines = "".join([f"{commit} {parent}\n" for commit, parent in edges]).encode("ascii")
    return _read(pipe_git(where, "--literal-pathspecs", *_COMPARE, *options, *_below(roots), input=lines))


def _read(fields: Iterable[bytes]) -> Iterator[tuple[str, tuple[FileChange, ...]]]:
    """Fields end in NUL: what is said of a commit, then for each file `:modes ids status` and its path."""
    head, files = "", []
    rest = iter(fields)
    for field in rest:
        line = field.decode("ascii").lstrip("\n")  # `git log` puts an empty line before the first file
        if line.startswith(":"):
            old_mode, mode, old, new, _ = line[1:].split(" ")
            path = next(rest).decode("utf-8", "surrogateescape")
            before, after = old if old_mode in _REGULAR else "", new if mode in _REGULAR else ""
            if before != after:
                files.append(FileChange(path, before, after))
        else:
            if head:
                yield head, tuple(files)
            head, files = line, []
    if head:
        yield head, tuple(files)
