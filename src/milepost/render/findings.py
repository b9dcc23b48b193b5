"""What `check` found: for people, for programs, and as annotations on GitHub."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from milepost.model.finding import Finding, Level, Location
from milepost.render.escape import escape_command, escape_command_property, escape_terminal
from milepost.render.flow import WIDTH, flow
from milepost.render.gate import gate_data, render_gate
from milepost.render.summary import WHOLE, Summary
from milepost.render.words import count_words, for_runners

VERSION = 1
SHOWN_PER_LEVEL = 10  # GitHub drops further annotations of a level in one step without a word

_ADD = "One thing worth adding first:"
_DO = "One thing worth doing first:"
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.ADVICE: "36"}
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}
_WORDS = {
    Level.ERROR: ("error", "errors"),
    Level.WARNING: ("warning", "warnings"),
    Level.ADVICE: ("piece of advice", "pieces of advice"),
}


def render_findings_text(findings: Sequence[Finding], colour: bool, summary: Summary = WHOLE) -> str:
    """A line and a hint for each finding in the order given, and last lines that count them."""
    shown = _shown(findings)
    listed = [one for one in shown if summary.first is None or one.level is not Level.ADVICE]
    lines = [line for finding in listed for line in _text_lines(finding, colour)]
    lines += _summed_up(shown, summary, summary.first, colour) if summary.first else [_counted(shown, summary)]
    if summary.base is not None:
        since = f"Only what is new since {escape_terminal(summary.base)}. {_fewer(summary.gone)}".rstrip()
        lines += map(escape_terminal, textwrap.wrap(since, WIDTH))
        lines += render_gate(summary)
    return "\n".join(lines) + "\n"


def render_findings_json(findings: Sequence[Finding], summary: Summary = WHOLE) -> str:
    """The findings as versioned JSON in ASCII, so that no character of a plan acts on whoever prints it."""
    shown = _shown(findings)
    counts = Counter(finding.level for finding in shown)
    data: dict[str, Any] = {
        "format": "milepost-check",
        "version": VERSION,
        "findings": [_as_data(finding) for finding in shown],
        "counts": {str(level): counts[level] for level in _WORDS},
        "skipped": [{"rule": rule, "message": summary.why} for rule in summary.skipped],
    }
    if summary.base is not None:
        data["base"] = {"name": escape_terminal(summary.base), "gone": summary.gone, **gate_data(summary)}
    return for_runners(json.dumps(data, indent=2)) + "\n"


def render_findings_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, errors first. Where a level has more than GitHub shows, its last one says how many."""
    shown = _shown(findings)
    return "".join(f"{line}\n" for level in _COMMANDS for line in _annotations([f for f in shown if f.level is level]))


def count_levels(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning.`, or `No findings.`"""
    counts = Counter(finding.level for finding in findings)
    parts = [f"{counts[level]:,} {words[counts[level] != 1]}" for level, words in _WORDS.items() if counts[level]]
    return f"{', '.join(parts)}." if parts else "No findings."


def _summed_up(shown: list[Finding], summary: Summary, first: Finding, colour: bool) -> Iterator[str]:
    """The counts, and of all advice the most useful; none of it while there are errors to mend."""
    counts, command = Counter(finding.level for finding in shown), summary.command
    parts = [f"{count_words(counts[Level.ERROR], 'error')}"]
    parts += [count_words(counts[Level.WARNING], "warning")] if counts[Level.WARNING] else []
    if counts[Level.ERROR]:
        yield f"{', '.join(parts)}. {_pieces(counts[Level.ADVICE])}: {command}"
        return
    lead = _ADD if summary.adds else _DO
    sentence = textwrap.wrap(f"{', '.join(parts)}. {lead} {escape_terminal(first.message)}", WIDTH - 2)
    lines = "\n  ".join(map(escape_terminal, sentence))  # each again: a line may begin where the text did not
    yield lines.replace(lead, _paint(lead, _COLOURS[Level.ADVICE], colour), 1)
    if first.hint:
        hint = textwrap.wrap(escape_terminal(first.hint), WIDTH - 8, break_on_hyphens=False, break_long_words=False)
        yield f"  {_paint('hint:', '2', colour)} " + "\n        ".join(map(escape_terminal, hint))
    at = (("  at:", partial(_paint, code="2", colour=colour)), (f" {_location(first)}", str), (f" ({first.rule})", str))
    yield from flow(*at, hang=6, together=2)
    if more := counts[Level.ADVICE] - 1:
        yield f"{_pieces(more, 'more ')}: {command}"


def _pieces(number: int, more: str = "") -> str:
    return f"{number:,} {more}{_WORDS[Level.ADVICE][number != 1]}"


def _counted(shown: list[Finding], summary: Summary) -> str:
    return "No new findings." if summary.base is not None and not shown else count_levels(shown)


def _fewer(gone: int) -> str:
    return f"{count_words(gone, 'finding')} fewer than before." if gone else ""


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is not Level.IGNORE]


def _location(finding: Finding) -> Location:
    return finding.location or Location(finding.place.path)


def _text_lines(finding: Finding, colour: bool) -> Iterator[str]:
    level = f"{finding.level}[{finding.rule}]"
    paint = partial(_paint, code=_COLOURS[finding.level], colour=colour)
    yield from flow(
        (f"{_location(finding)}: ", escape_terminal),
        (level, paint),
        (":", escape_terminal),
        (f" {finding.message}", escape_terminal),
        together=3,
    )
    for related in finding.related:
        where = related.location or Location(related.place.path)
        yield from flow((f"    {where}: {related.message}", escape_terminal), hang=6)
    if finding.hint:
        dim = partial(_paint, code="2", colour=colour)
        yield from flow(("  hint:", dim), (f" {finding.hint}", escape_terminal), hang=8)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _as_data(finding: Finding) -> dict[str, Any]:
    path, line, column = _location(finding)
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "path": escape_terminal(path),
        "line": line,
        "column": column,
        "message": finding.message,
        "hint": finding.hint,
        "related": [
            {
                "path": escape_terminal(related.place.path),
                "line": related.location.line if related.location else 1,
                "column": related.location.column if related.location else 1,
                "message": related.message,
            }
            for related in finding.related
        ],
    }


def _annotations(findings: list[Finding]) -> Iterator[str]:
    """The workflow commands of one level."""
    left_out = len(findings) - SHOWN_PER_LEVEL
    more = f"\n(+{left_out:,} more; milepost check --advice shows all)" if left_out > 0 else ""
    for number, finding in enumerate(findings[:SHOWN_PER_LEVEL], start=1):
        yield _annotation(finding, more if number == SHOWN_PER_LEVEL else "")


def _annotation(finding: Finding, more: str) -> str:
    path, line, column = _location(finding)
    file, title = escape_command_property(path), escape_command_property(f"milepost: {finding.rule}")
    sentence = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    message = escape_command(sentence + more)
    return f"::{_COMMANDS[finding.level]} file={file},line={line},col={column},title={title}::{message}"
