"""A second, plain implementation of accepted history: git commands and PyYAML, no code of ours, no speed.

It judges the real one on histories that are made up (tests/properties) and says the rules once more: first parents
only, identity by id, the last file in path order wins, and a revision that does not parse changes nothing.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml

Values = dict[tuple[str, str], list[tuple[str, Any]]]  # (id, field): [(commit, value or None), …]


def judge(folder: Path) -> Values:
    """Every accepted value of every field of every milestone, oldest first."""
    values: Values = {}
    said: dict[str, dict[str, Any]] = {}  # path: what it said when it last parsed
    before: dict[str, dict[str, Any]] = {}
    for commit in reversed(_git(folder, "rev-list", "--first-parent", "HEAD").split()):
        paths = _git(folder, "ls-tree", "-r", "--name-only", "-z", commit, "--", "plan/milestones").split("\0")
        said = {path: _read(folder, commit, path, said.get(path)) for path in paths if path.endswith(".yaml")}
        now: dict[str, dict[str, Any]] = {}
        for path in sorted(said):
            if "id" in said[path]:
                now[said[path]["id"]] = {key: value for key, value in said[path].items() if key != "id"}
        for id in {**before, **now}:
            old, new = before.get(id, {}), now.get(id, {})
            for field in {**old, **new}:
                if old.get(field) != new.get(field):
                    values.setdefault((id, field), []).append((commit, new.get(field)))
        before = now
    return values


def _read(folder: Path, commit: str, path: str, last: dict[str, Any] | None) -> dict[str, Any]:
    try:
        data = yaml.load(_git(folder, "show", f"{commit}:{path}"), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return last or {}
    return data if isinstance(data, dict) else {}


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True).stdout
