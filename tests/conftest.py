"""What all tests share: a git that knows nothing of this machine, repositories to test on, a runner, golden files."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pygit2
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from pygit2.enums import ConfigLevel

settings.register_profile("milepost", deadline=None)  # a slow machine is no failure
settings.load_profile("milepost")

GOLDEN = Path(__file__).parent / "golden"

_LEVELS = (ConfigLevel.PROGRAMDATA, ConfigLevel.SYSTEM, ConfigLevel.XDG, ConfigLevel.GLOBAL)
_OURS = ("GIT_", "GITHUB_", "MILEPOST_", "CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "XDG_CONFIG_HOME")
_KEPT = ("MILEPOST_CORPORA", "MILEPOST_CHROMIUM", "MILEPOST_SOAK")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ with what comes out now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what was not asked for: real histories where there are none, and what takes long."""
    left_out = set()
    if not os.environ.get("MILEPOST_CORPORA"):
        left_out.add("corpora")
    if "soak" not in config.option.markexpr:
        left_out.add("soak")
    deselected = [item for item in items if any(item.get_closest_marker(name) for name in left_out)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if item not in set(deselected)]


@pytest.fixture(scope="session", autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Hides this machine's git configuration, user and time zone. Returns the empty home folder.

    libgit2 looks for its configuration once, when pygit2 is imported, so HOME alone is not enough.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_OURS) and name not in _KEPT]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        patch.setenv("TZ", "UTC")
        if hasattr(time, "tzset"):
            time.tzset()
        for level in _LEVELS:
            pygit2.settings.search_path[level] = str(home)
        yield home


@dataclass(frozen=True)
class Checkout:
    """A repository with a work tree, on the branch `main`."""

    path: Path

    def git(self, *arguments: str, **environment: str) -> str:
        """What git prints."""
        command = ["git", "-C", str(self.path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Writes files into the work tree; None removes one."""
        for name, content in files.items():
            path = self.path / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(
        self,
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        message: str = "Change the plan",
        day: date = date(2027, 1, 4),
        author: str = "Ada Ash",
    ) -> str:
        """Commits everything that is in the work tree, at noon UTC. Returns the commit's id."""
        self.write(files or {})
        self.git("add", "--all")
        when = f"{day.isoformat()}T12:00:00+00:00"
        email = f"{author.split(maxsplit=1)[0].lower()}@example.org"
        people = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", author), ("EMAIL", email), ("DATE", when))
        }
        self.git("commit", "--quiet", "--allow-empty", "--cleanup=whitespace", f"--message={message}", **people)
        return self.git("rev-parse", "HEAD")


MakeRepository = Callable[..., Checkout]
Run = Callable[..., Result]
Golden = Callable[[str, str], None]


@pytest.fixture
def make_repository(tmp_path: Path) -> MakeRepository:
    """Makes a repository; every mapping of files that is given is one commit, a day after the one before."""

    def make(*versions: Mapping[str, str | bytes | None], name: str = "repository") -> Checkout:
        checkout = Checkout(tmp_path / name)
        checkout.path.mkdir()
        checkout.git("init", "--quiet", "--initial-branch=main")
        for number, files in enumerate(versions):
            checkout.commit(files, day=date(2027, 1, 4) + timedelta(days=number))
        return checkout

    return make


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `milepost` as from the shell: `run("log", "--format", "json", folder=checkout.path)`."""

    def run_command(*arguments: str, folder: Path | None = None, input: str | None = None) -> Result:
        from milepost.cli import main

        if folder:
            monkeypatch.chdir(folder)
        return CliRunner().invoke(main, list(arguments), input=input, prog_name="milepost")

    return run_command


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares text with a file in tests/golden/, or rewrites that with `--update-golden`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"there is no {path}; pytest --update-golden writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare
