"""What a change did to the check that judges it: comments that silence, and settings that ask less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from milepost.model.finding import Finding, Location
from milepost.render.escape import escape_terminal
from milepost.render.summary import Summary
from milepost.render.words import count_words


def render_gate(summary: Summary) -> Iterator[str]:
    """A line that counts, and below it one for each; nothing where the change left the check alone."""
    if summary.silenced:
        yield f"{count_words(len(summary.silenced), 'finding')} silenced by new comments:"
        for finding in summary.silenced:
            at = _location(finding)
            yield f"  {escape_terminal(f'{at.path}:{at.line}')} {finding.rule}"
    if summary.loosened:
        number = count_words(len(summary.loosened), "setting")
        yield f"{number} of this change may ask less; where the base asks more, that counts here:"
        yield from (f"  {one.rule}: {one.key} {one.old} to {one.new}" for one in summary.loosened)


def gate_data(summary: Summary) -> dict[str, Any]:
    """The same for programs."""
    return {
        "silenced": [_as_data(finding) for finding in summary.silenced],
        "rules": [{"rule": one.rule, "setting": one.key, "from": one.old, "to": one.new} for one in summary.loosened],
    }


def _as_data(finding: Finding) -> dict[str, Any]:
    at = _location(finding)
    return {"path": escape_terminal(at.path), "line": at.line, "rule": finding.rule, "level": str(finding.level)}


def _location(finding: Finding) -> Location:
    return finding.location or Location(finding.place.path)
