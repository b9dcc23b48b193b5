"""The cases: folders that are small repositories, each with what `milepost check` says about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from milepost.documents.levels import DOCUMENT_RULES
from milepost.model.finding import Level
from milepost.rules import RULES

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
        "skipped-not-regular": "`beta.yaml` as a link, a folder or a named pipe.",
        "too-big": "A file of more than 1 MiB, or with more than 50,000 values.",
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

    def files(self) -> dict[str, bytes]:
        """The files of the small repository, by path."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file() and path != self.expected)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}


def find_cases() -> Iterator[Case]:
    """All cases, in the order of their folders."""
    for plan in sorted(CASES.glob("*/*/*/plan")):
        rule, verdict, _, _ = plan.relative_to(CASES).parts
        assert verdict in ("pass", "fail"), plan
        yield Case(rule, verdict == "fail", plan.parent)


def rule_whys() -> dict[str, tuple[Level, str]]:
    """Level and reason of every rule that `check` knows, by name."""
    of_files = {name: (rule.level, rule.why) for name, rule in DOCUMENT_RULES.items()}
    return dict(sorted({**of_files, **{rule.name: (rule.level, rule.why) for rule in RULES}}.items()))
