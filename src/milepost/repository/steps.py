"""Which commits changed something below a plan's folders, and what they changed there, as the git command tells it.

git compares trees many times as fast as Python does, and does it beside us on another core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from milepost.repository.process import Where, pipe_git

#: Called with how much was done, and how much there is: 0 where that is not known.
Progress = Callable[[int, int], None]

Roots = tuple[str, ...]

#: Commits with their parents, as git lists them.
Listed = Iterator[tuple[str, tuple[str, ...]]]
Parents = Mapping[str, tuple[str, ...]]

#: A commit and the parent that it is compared with; empty for nothing.
Edge = tuple[str, str]

_COMPARE = ("diff-tree", "--stdin", "--root", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
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


def list_parents(where: Where, tip: str, since: str, *options: str) -> Listed:
    """Every commit that leads to a tip, and not to another one, with its parents. git looks for them at once."""
    without = (f"^{since}",) if since else ()
    listed = pipe_git(where, "rev-list", *options, "--parents", "--end-of-options", tip, *without, end=b"\n")
    rows = (line.decode("ascii").split(" ") for line in listed)
    return ((id, tuple(parents)) for id, *parents in rows)


def chain_of(tip: str, parents: Parents) -> dict[str, tuple[str, ...]]:
    """The part of them that is on the first-parent chain, oldest first."""
    chain: list[str] = []
    while tip in parents:
        chain.append(tip)
        tip = next(iter(parents[tip]), "")
    return {id: parents[id] for id in reversed(chain)}


def compare_chain(where: Where, chain: Parents, roots: Roots, progress: Progress | None) -> Iterator[Step]:
    """Those of them that changed a file, in their order, each told as soon as git finds it."""
    numbers = {id: number for number, id in enumerate(chain, 1)} if progress else {}
    for id, files in compare(where, first_edges(chain), roots):
        parents = chain[id]
        yield Step(id, parents[0] if parents else "", files, len(parents) > 1)
        if progress:
            progress(numbers[id], len(numbers))
    if progress and numbers:
        progress(len(numbers), len(numbers))


def first_edges(commits: Parents) -> list[Edge]:
    """Commits, each with its first parent."""
    return [(id, parents[0] if parents else "") for id, parents in commits.items()]


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
    below = () if "" in roots else ("--", *roots)
    return _read(pipe_git(where, "--literal-pathspecs", *_COMPARE, *options, *below, input=lines))


def _read(fields: Iterable[bytes]) -> Iterator[tuple[str, tuple[FileChange, ...]]]:
    """Fields end in NUL: a commit id, then for each file `:modes ids status` and its path."""
    commit, files = "", []
    rest = iter(fields)
    for field in rest:
        if field.startswith(b":"):
            old_mode, mode, old, new, _ = field[1:].decode("ascii").split(" ")
            path = next(rest).decode("utf-8", "surrogateescape")
            before, after = old if old_mode in _REGULAR else "", new if mode in _REGULAR else ""
            if before != after:
                files.append(FileChange(path, before, after))
        else:
            if commit:
                yield commit, tuple(files)
            commit, files = field.decode("ascii"), []
    if commit:
        yield commit, tuple(files)
