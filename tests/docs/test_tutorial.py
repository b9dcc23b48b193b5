"""What the pages tell a reader to type is typed here, and has to print what the pages say.

A block ```console runs its lines that begin with `$ `, one after the other, in one folder. A block whose opening line
names a file (```yaml plan/milestones/x.yaml) is written to that file. `<!-- day: 2027-01-04 -->` sets the day on which
git commits, `<!-- run: … -->` runs a line that the page does not show. Commit ids are compared as such only: they
change with every schema that `milepost init` writes. `pytest --update-golden` rewrites the output on the pages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if "```console" in page.read_text()
]
PART = re.compile(
    r"(?ms)^<!-- (?P<order>day|run): (?P<what>[^\n]+) -->$|^```(?P<language>\w+)(?P<file> [^\n]+)?\n(?P<body>.*?)^```$"
)
COMMIT = re.compile(r"\b[0-9a-f]{7}\b")
TODAY = "2026-11-23"  # where a line does not say another day
AUTHOR = {"NAME": "Ada Bright", "EMAIL": "ada@example.org"}


@dataclass
class Reader:
    """Somebody who follows a page, starting in an empty folder."""

    folder: Path
    environment: dict[str, str]
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.folder

    def type(self, line: str) -> str:
        """What one line prints, standard error included. A change of folder stays."""
        told = self.folder.parent / "here"
        script = f'{line}\ncode=$?\npwd > "{told}"\nexit $code'
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.here, env=self.environment, check=False, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.here = Path(told.read_text(encoding="utf-8").strip())
        assert done.returncode in (0, 1), f"{line}\n{done.stdout}"
        return done.stdout

    def set_day(self, day: str) -> None:
        """The day on which commits are made from now on."""
        for role in ("AUTHOR", "COMMITTER"):
            self.environment[f"GIT_{role}_DATE"] = f"{day}T12:00:00+00:00"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "milepost"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m milepost "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    paths = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    people = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in AUTHOR.items()}
    search = f"{programs}{os.pathsep}{os.environ['PATH']}"
    folder = tmp_path / "work"
    folder.mkdir()
    return Reader(
        folder,
        {**os.environ, **people, "PATH": search, "PYTHONPATH": paths, "PYTHONUTF8": "1", "MILEPOST_TODAY": TODAY},
    )


def test_the_tutorial_is_among_the_pages() -> None:
    assert {"README.md", "tutorial.md", "existing-yaml.md", "read-history.md"} <= {page.name for page in PAGES}


@pytest.mark.skipif(sys.platform == "win32", reason="the lines are typed into sh")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_true(page: Path, reader: Reader, request: pytest.FixtureRequest) -> None:
    written = page.read_text(encoding="utf-8")
    said = PART.sub(lambda part: follow(reader, part), written)
    if request.config.getoption("--update-golden"):
        page.write_text(said, encoding="utf-8", newline="\n")
    else:
        assert mask(written) == mask(said)


def follow(reader: Reader, part: re.Match[str]) -> str:
    """Does what one part of a page says. Returns the part as it should read."""
    if part["order"] == "day":
        reader.set_day(part["what"])
    elif part["order"] == "run":
        reader.type(part["what"])
    elif part["file"]:
        path = reader.here / part["file"].strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(part["body"], encoding="utf-8", newline="\n")
    elif part["language"] == "console":
        lines = [line for line in part["body"].splitlines() if line.startswith("$ ")]
        typed = "\n".join(f"{line}\n{reader.type(line[2:])}".rstrip("\n") for line in lines)
        return f"```console\n{typed}\n```"
    return part[0]


def mask(text: str) -> str:
    return COMMIT.sub("·······", text)
