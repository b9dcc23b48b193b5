"""Who git takes the user for."""

from __future__ import annotations

import os
from pathlib import Path

import pygit2


def configured_user(git_folder: Path) -> tuple[str | None, str | None]:
    """Name and address that a commit here would have, as far as git was told; the environment comes first there too."""
    known = (("GIT_AUTHOR_NAME", "user.name"), ("GIT_AUTHOR_EMAIL", "user.email"))
    try:
        config = pygit2.Repository(str(git_folder)).config
        name, email = (os.environ.get(variable) or _get(config, key) for variable, key in known)
    except pygit2.GitError:
        return None, None
    return name, email


def _get(config: pygit2.Config, key: str) -> str | None:
    return config[key] if key in config else None  # noqa: SIM401 - it has no `get`
