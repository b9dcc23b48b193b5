"""The whole graph of commits that lead to a tip, with what each changed against each of its parents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milepost.repository.process import Where, in_repository, run_git
from milepost.repository.repository import Repository
from milepost.repository.sides import sort_side
from milepost.repository.steps import FileChange

_REGULAR = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Node:
    """One commit. `changes` has an entry for each parent; a root commit's only one is against nothing."""

    commit: str
    parents: tuple[str, ...]
    changes: tuple[tuple[FileChange, ...], ...]


def walk_graph(repository: Repository, tip: str, roots: tuple[str, ...]) -> Iterator[Node]:
    """Every commit that leads to a tip, each after its parents, by the parents' order alone: dates may say anything."""
    where = in_repository(repository.git_folder)
    trees, parents = _read_commits(where, tip)
    empty = hashlib.new("sha1" if len(tip) == 40 else "sha256", b"tree 0\0").hexdigest()
    pairs = {id: [(trees.get(parent, empty), trees[id]) for parent in parents[id] or ("",)] for id in trees}
    found = _read_changes(where, {pair for some in pairs.values() for pair in some if pair[0] != pair[1]}, roots)
    newest_first = sort_side([tip], set(trees), lambda id: parents[id])
    for id in reversed(list(newest_first)):
        yield Node(id, parents[id], tuple(found.get(pair, ()) for pair in pairs[id]))


def _read_commits(where: Where, tip: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The tree and the parents of every commit."""
    done = run_git(where, "rev-list", "--format=%H %T %P", "--end-of-options", tip)
    lines = [line.split() for line in done.stdout.decode("ascii").splitlines() if not line.startswith("commit ")]
    return {id: tree for id, tree, *_ in lines}, {id: tuple(parents) for id, _, *parents in lines}


def _read_changes(
    where: Where, pairs: Iterable[tuple[str, str]], roots: tuple[str, ...]
) -> dict[tuple[str, str], tuple[FileChange, ...]]:
    """What differs between two trees below the roots."""
    lines = "".join(f"{old} {new}\n" for old, new in sorted(pairs)).encode("ascii")
    options = ("--stdin", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
    paths = () if "" in roots else ("--", *roots)
    done = run_git(where, "--literal-pathspecs", "diff-tree", *options, *paths, input=lines)
    changes: dict[tuple[str, str], list[FileChange]] = {}
    pair = ("", "")
    fields = iter(done.stdout.decode("utf-8", "surrogateescape").split("\0"))
    for field in fields:
        *trees, modes = field.split("\n")
        if trees:
            old, new = trees[-1].split(" ")
            pair = (old, new)
        if modes:
            changes.setdefault(pair, []).extend(_change(modes[1:].split(" "), next(fields)))
    return {pair: tuple(files) for pair, files in changes.items()}


def _change(fields: list[str], path: str) -> Iterator[FileChange]:
    """The change of a file; nothing where neither side is a regular one."""
    old_mode, mode, old, new, _ = fields
    before, after = (id if kind in _REGULAR else "" for kind, id in ((old_mode, old), (mode, new)))
    if before != after:
        yield FileChange(path, before, after)
