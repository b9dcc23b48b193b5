"""The hooks of `.pre-commit-hooks.yaml`, by the real pre-commit: it makes an environment of its own from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Checkout, MakeRepository
from tests.editors.conftest import HOME

pytestmark = pytest.mark.editors

ROOT = Path(__file__).parents[2]
NEEDED = ("src", "schemas", "templates", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
CONFIG = (
    "repos:\n  - repo: {path}\n    rev: {revision}\n    hooks:\n      - id: milepost-fmt\n      - id: milepost-check\n"
)
UNEXPECTED = 3  # pre-commit's exit code where not a hook failed, but it could not run one
BETA = "plan/milestones/beta.yaml"


def copy_of_this_checkout(make_repository: MakeRepository) -> Checkout:
    """A repository with what git would have of the working tree."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *NEEDED]
    names = subprocess.run(listed, capture_output=True, check=True).stdout.decode().split("\0")
    files = {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}
    return make_repository(files, name="milepost")


def test_the_hooks_lay_out_the_plan_and_stop_a_commit_with_a_mistake(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    hooks = copy_of_this_checkout(make_repository)
    config = CONFIG.format(path=hooks.path.as_posix(), revision=hooks.git("rev-parse", "HEAD"))
    team = make_repository(
        {".pre-commit-config.yaml": config, "plan/milepost.yaml": "milepost: 1\ntitle: Heron\n"}, name="team"
    )

    def commit(files: dict[str, str]) -> tuple[int, str]:
        """What `git commit` would do: pre-commit runs on what is staged."""
        team.write(dict(files))
        team.git("add", "--all")
        ours = {"HOME": HOME, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "PRE_COMMIT_COLOR": "never"}
        run = [sys.executable, "-m", "pre_commit", "run"]
        done = subprocess.run(run, cwd=team.path, env=os.environ | ours, capture_output=True, text=True, check=False)
        if done.returncode == UNEXPECTED:
            pytest.fail(
                "pre-commit could not install Milepost: connect to the network, or name a mirror in PIP_INDEX_URL, and "
                f"run the tests again, or leave these out with make test ARGS=\"-m 'not editors'\".\n{done.stdout}",
                pytrace=False,
            )
        return done.returncode, done.stdout

    code, said = commit({BETA: "title: 'Beta'  # soon\nid: beta\ndue: 2027-03-15\n"})
    assert code == 1
    assert "files were modified by this hook" in said
    assert (team.path / BETA).read_text() == "id: beta\ntitle: Beta  # soon\ndue: 2027-03-15\n"

    code, said = commit({})
    assert (code, said.count("Passed")) == (0, 2), said

    code, said = commit({BETA: "id: beta\ntitle: Beta  # soon\ndue: 2027-03-15\nownr: ada\n"})
    assert code == 1
    assert "plan/milestones/beta.yaml:4:1: error[unknown-key]" in said

    team.git("reset", "--quiet", "--hard")
    code, said = commit({"README.md": "# Heron\n"})
    assert (code, said.count("no files to check")) == (0, 2), said
