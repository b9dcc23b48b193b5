"""Rows of the tables of rules: files, and what a rule says about them."""

from __future__ import annotations

from milepost.model.item import Pointer
from milepost.rules import RULES
from tests.unit.plans import found, milestone, plan_of

Files = list[tuple[str, str]]
Row = tuple[str, Files, list[tuple[Pointer, str]]]  # rule; files; each finding's keys, and words of what it says


def fields(text: str, id: str = "m") -> tuple[str, str]:
    """A file with a milestone that has these fields."""
    return milestone(f"{{id: {id}, title: M, {text}}}")


def risk(text: str) -> tuple[str, str]:
    """A file with a risk that has these fields."""
    return "risk", f"{{id: r, title: R, {text}}}"


def assert_speaks(rule: str, files: Files, expected: list[tuple[Pointer, str]]) -> None:
    """The rule finds just this, in this order."""
    findings = found(plan_of(*files), rule)
    assert [finding.place.pointer for finding in findings] == [keys for keys, _ in expected], findings
    for finding, (_, words) in zip(findings, expected, strict=True):
        assert words in f"{finding.message} {finding.hint}"


def assert_quiet(rule: str, files: Files) -> None:
    """The rule finds nothing, and there is such a rule."""
    assert rule in {one.name for one in RULES}
    assert found(plan_of(*files), rule) == []
