"""Findings as SARIF 2.1.0, with what GitHub's code scanning asks for and within what it takes.

Limits and required properties: docs.github.com, "SARIF support for code scanning".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from milepost.model.finding import Finding, Level, Location
from milepost.model.item import Place, Ref
from milepost.render.escape import escape_markdown, escape_terminal
from milepost.render.words import for_runners
from milepost.rules.rule import Rule

MOST_RESULTS = 25_000  # GitHub refuses a file with more

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note", Level.IGNORE: "none"}
_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning"}

#: Which item a place belongs to; None where its file names none.
Owner = Callable[[Place], Ref | None]


def render_findings_sarif(findings: Sequence[Finding], rules: Sequence[Rule], version: str, owner: Owner) -> str:
    """One run in ASCII. Of more findings than GitHub takes, errors come first, and a note counts the rest."""
    shown = [finding for finding in findings if finding.level is not Level.IGNORE]
    kept = sorted(shown, key=lambda finding: finding.level.weight)[:MOST_RESULTS]
    numbers = {rule.name: number for number, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "Milepost", "semanticVersion": version, "rules": [_rule(rule) for rule in rules]}},
        "invocations": [_invocation(len(shown) - len(kept))],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(kept, numbers, owner)),
    }
    text = json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)
    return for_runners(text) + "\n"


def safe_uri(path: str) -> str:
    """A path as a relative address below the root, whatever it tries to be."""
    parts = (part for part in path.split("/") if part not in ("", ".", ".."))
    return "/".join(quote(part.encode("utf-8", "surrogateescape"), safe="") for part in parts) or "."


def _rule(rule: Rule) -> dict[str, Any]:
    tags = ["planning", *(["time"] if rule.timed else []), *(["history"] if rule.needs_history else [])]
    explain = f"milepost check --explain {rule.name}"
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ").capitalize()},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} More: {explain}", "markdown": f"{escape_markdown(rule.why)}\n\n`{explain}`"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {
            "tags": tags,
            "precision": "very-high",
            "problem.severity": _SEVERITIES.get(rule.level, "recommendation"),
        },
    }


def _invocation(left_out: int) -> dict[str, Any]:
    text = f"{left_out:,} more {'finding' if left_out == 1 else 'findings'}; milepost check --advice shows all."
    notes = [{"level": "warning", "message": {"text": text}}] if left_out else []
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _results(findings: Sequence[Finding], numbers: Mapping[str, int], owner: Owner) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in findings:
        print_ = _fingerprint(finding, owner)
        seen[print_] += 1
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": _LEVELS[finding.level],
            "message": {"text": _text(f"{finding.message}\n{finding.hint}" if finding.hint else finding.message)},
            "locations": [_location(finding.location or Location(finding.place.path))],
            "partialFingerprints": {"primaryLocationLineHash": f"{print_}:{seen[print_]}"},
        }
        if finding.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    **_location(one.location or Location(one.place.path)),
                    "message": {"text": _text(one.message)},
                }
                for number, one in enumerate(finding.related, start=1)
            ]
        yield result


def _fingerprint(finding: Finding, owner: Owner) -> str:
    """The same while the rule, the item and the field are: lines may move, days may pass and words may change."""
    item = owner(finding.place)
    keys = [step for step in finding.place.pointer if isinstance(step, str)]
    identity = json.dumps([finding.rule, [*item] if item else finding.place.path, keys[-1:]])
    return sha256(identity.encode()).hexdigest()[:16]


def _location(location: Location) -> dict[str, Any]:
    path, line, column = location
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + 1}
    return {"physicalLocation": {"artifactLocation": {"uri": safe_uri(path), "uriBaseId": _ROOT}, "region": region}}


def _text(text: str) -> str:
    """Foreign text on its lines; brackets that could make a link are escaped as SARIF has it (3.11.6)."""
    lines = "\n".join(escape_terminal(line) for line in text.split("\n"))
    return lines.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") if "](" in lines else lines
