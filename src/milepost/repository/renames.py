"""Renames as git's own command finds them between a commit and its parent, never copies.

libgit2's similarity scores differ from git's near the threshold, and `git log --follow` looks for copies at a file's
first commit, which gives a file begun from a template the history of a stranger.
"""

from __future__ import annotations

from milepost.repository.process import in_repository, run_git
from milepost.repository.repository import Repository


def find_renames(repository: Repository, pairs: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """For each (parent, commit): the files that the commit renamed, new path to old path."""
    if not pairs:
        return {}
    lines = "".join(f"{commit} {parent}\n" for parent, commit in pairs).encode("ascii")
    found = ("--diff-filter=R", "-M50%", "-l0", "-z", "-r")
    plain = ("--no-ext-diff", "--no-textconv")
    done = run_git(in_repository(repository.git_folder), "diff-tree", "--stdin", *found, *plain, input=lines)
    return _read_renames(done.stdout)


def _read_renames(output: bytes) -> dict[str, dict[str, str]]:
    """Fields end in NUL: a commit id, then for each rename `:modes ids R<score>`, the old and the new path."""
    renames: dict[str, dict[str, str]] = {}
    commit = ""
    fields = iter(output.decode("utf-8", "surrogateescape").split("\0"))
    for field in fields:
        if field.startswith(":"):
            old, new = next(fields), next(fields)
            renames[commit][new] = old
        elif field.strip():
            commit = field.strip()
            renames.setdefault(commit, {})
    return renames
