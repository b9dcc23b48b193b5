"""The cases: folders that are small repositories, each with what `milepost check --rule RULE` says about it.

A case holds `plan/`, as it is in the work tree. One for a rule that needs history holds numbered folders instead, which
are commits as in `milepost.repository.story`, and may hold `worktree/`: what is laid over the last commit, uncommitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from milepost.loader.catalogue import catalogue
from milepost.repository.story import read_story, write_story
from milepost.rules.rule import Rule

CASES = Path(__file__).parent
TODAY = "2027-02-22"

#: Rules whose breach can't be kept in this repository: some system, or git itself, would not check it out as it is.
#: What each is about, in words; tests/cases/test_hostile.py makes them.
GENERATED: Mapping[str, str] = MappingProxyType(
    {
        "bad-path": "A file named `con.yaml` or `b\\c.yaml`, or one whose name is not UTF-8.",
        "bare-cr": "A file whose lines end in CR alone.",
        "not-utf8": "A file in UTF-16 or Latin-1.",
        "path-collision": "`Beta.yaml` beside `beta.yaml`.",
        "skipped-not-regular": "`beta.yaml` as a link, a folder or a named pipe; `milestones` as a link or a file.",
        "too-big": "A file of more than 1 MiB, or with more than 50,000 values.",
        "unread-file": "`milestones/beta.YAML`, or `Milestones/beta.yaml`.",
    }
)


@dataclass(frozen=True)
class Case:
    """One folder: `rule/fail/name` or `rule/pass/name`."""

    rule: str
    fails: bool
    folder: Path

    @property
    def expected(self) -> Path:
        """The file with what `milepost check` prints; only a failing case has one."""
        return self.folder / "expected.txt"

    @property
    def has_history(self) -> bool:
        """Whether its folders are commits."""
        return not (self.folder / "plan").is_dir()

    def held(self) -> set[Path]:
        """The files that belong to it, without what is expected."""
        return {path for path in self.folder.rglob("*") if path.is_file() and path != self.expected}

    def files(self) -> dict[str, bytes]:
        """The files of the small repository's work tree, by path."""
        if not self.has_history:
            return _read_files(self.folder, self.expected)
        files: dict[str, bytes] = {}
        for chapter in read_story(self.folder):
            for line in chapter.headers.get_all("Rename", []):
                old, _, new = line.partition(" -> ")
                files[new] = files.pop(old)
            for path in chapter.headers.get_all("Delete", []):
                del files[path]
            files |= chapter.files
        return files | self.uncommitted()

    def uncommitted(self) -> dict[str, bytes]:
        """The files that are laid over the last commit."""
        return _read_files(self.folder / "worktree")

    def make(self, folder: Path) -> None:
        """Writes the small repository with its history into an empty or missing folder."""
        assert self.has_history
        write_story(read_story(self.folder), folder)
        for name, data in self.uncommitted().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def find_cases() -> Iterator[Case]:
    """All cases, in the order of their folders."""
    for folder in sorted(CASES.glob("*/*/*/")):
        rule, verdict, _ = folder.relative_to(CASES).parts
        assert verdict in ("pass", "fail"), folder
        yield Case(rule, verdict == "fail", folder)


def _read_files(folder: Path, besides: Path | None = None) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != besides)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def known_rules() -> dict[str, Rule]:
    """Every rule that `check` knows, by name."""
    return dict(sorted(catalogue().items()))
