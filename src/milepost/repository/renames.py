"""Renames as git's own command finds them between a commit and its parent, never copies.

libgit2's similarity scores differ from git's near the threshold, and `git log --follow` looks for copies at a file's
first commit, which gives a file begun from a template the history of a stranger.
"""

from __future__ import annotations

import os
import subprocess

from milepost.errors import MilepostError
from milepost.repository.repository import Repository

_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.renameLimit=0")
_ENVIRONMENT = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def find_renames(repository: Repository, pairs: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """For each (parent, commit): the files that the commit renamed, new path to old path."""
    if not pairs:
        return {}
    command = ["git", f"--git-dir={repository.git_folder}", *_SETTINGS, "diff-tree", "--stdin", "-r", "-M50%", "-l0"]
    lines = "".join(f"{commit} {parent}\n" for parent, commit in pairs)
    try:
        done = subprocess.run(
            [*command, "--diff-filter=R", "--no-ext-diff", "--no-textconv", "-z"],
            input=lines.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, **_ENVIRONMENT},
        )
    except FileNotFoundError:
        raise MilepostError("git is not installed, and is needed to follow renames.", "install git") from None
    except subprocess.CalledProcessError as error:
        message = error.stderr.decode("utf-8", "replace").strip()
        raise MilepostError(f"git could not compare two commits: {message}", "git fsck") from None
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
