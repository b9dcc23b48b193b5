"""SARIF as the standard and GitHub's code scanning have it, from findings that mean no good."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from milepost.loader.catalogue import catalogue
from milepost.model.finding import Finding, Level, Location, Related
from milepost.model.item import Place, Ref
from milepost.render.sarif import MOST_RESULTS, render_findings_sarif, safe_uri

RULES = list(catalogue().values())


def closed(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    properties = {**required, **optional}
    return {"type": "object", "required": [*required], "properties": properties, "additionalProperties": False}


def listed(items: dict[str, Any], **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1}
MESSAGE = closed({"text": TEXT})
ROOT = "%SRCROOT%"
REGION = closed({"startLine": NUMBER, "startColumn": NUMBER, "endLine": NUMBER, "endColumn": NUMBER})
URI = {"type": "string", "pattern": r"^(?!/)(?!\.\.?(/|$)\S)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}
PLACE = {"physicalLocation": closed({
    "artifactLocation": closed({"uri": URI, "uriBaseId": {"const": ROOT}}), "region": REGION})}  # fmt: skip
HASH = {"type": "string", "pattern": "^[0-9a-f]{16}:[0-9]+$"}
RULE = closed({
    "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
    "shortDescription": MESSAGE,
    "fullDescription": closed({"text": {**TEXT, "maxLength": 1024}}),
    "help": closed({"text": TEXT, "markdown": TEXT}),
    "defaultConfiguration": closed({"level": {"enum": ["error", "warning", "note"]}}),
    "properties": closed({
        "tags": listed(TEXT, minItems=1, maxItems=20),
        "precision": {"enum": ["very-high", "high", "medium", "low"]},
        "problem.severity": {"enum": ["error", "warning", "recommendation"]},
    }),
})  # fmt: skip
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["error", "warning", "note"]},
        "message": MESSAGE,
        "locations": listed(closed(PLACE), minItems=1, maxItems=1),
        "partialFingerprints": closed({"primaryLocationLineHash": HASH}),
    },
    relatedLocations=listed(closed({**PLACE, "id": NUMBER, "message": MESSAGE})),
)  # fmt: skip
#: The part of SARIF 2.1.0 that we write, closed, with what GitHub requires of each object. Written from the standard;
#: what it takes was also checked against the whole schema of OASIS and with Microsoft's validator for code scanning.
SARIF = closed({
    "$schema": {"const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
    "version": {"const": "2.1.0"},
    "runs": listed(closed({
        "tool": closed({"driver": closed({
            "name": {"const": "Milepost"}, "semanticVersion": TEXT, "rules": listed(RULE, maxItems=25_000)})}),
        "invocations": listed(closed({
            "executionSuccessful": {"const": True},
            "toolExecutionNotifications": listed(closed({"level": {"const": "warning"}, "message": MESSAGE})),
        }), minItems=1, maxItems=1),
        "originalUriBaseIds": closed({ROOT: closed({"description": MESSAGE})}),
        "columnKind": {"const": "unicodeCodePoints"},
        "results": listed(RESULT, maxItems=25_000),
    }), minItems=1, maxItems=1),
})  # fmt: skip


def finding(
    path: str = "plan/a.yaml", line: int = 3, level: Level = Level.ERROR, message: str = "It is so.", *keys: str | int
) -> Finding:
    return Finding("no-owner", level, Place(path, keys), message, "do", Location(path, line, 5))


def nobody(_: Place) -> Ref | None:
    return None


def sarif(*findings: Finding) -> dict[str, Any]:
    text = render_findings_sarif(findings, RULES, "0.1.0", nobody)
    data: dict[str, Any] = json.loads(text)
    assert [error.message for error in Draft7Validator(SARIF).iter_errors(data)] == []
    run: dict[str, Any] = data["runs"][0]
    return run


def prints(*findings: Finding) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in sarif(*findings)["results"]]


def test_every_rule_is_described_and_every_result_names_its_rule() -> None:
    run = sarif(finding(), finding(level=Level.ADVICE), finding(level=Level.IGNORE))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.name for rule in RULES]
    assert [result["level"] for result in run["results"]] == ["error", "note"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "no-owner"


def test_related_places_are_numbered() -> None:
    related = (Related(Place("b.yaml"), "b is here", Location("b.yaml", 2, 1)), Related(Place("c.yaml"), "c"))
    one = Finding("no-owner", Level.ERROR, Place("a.yaml"), "It is so.", "", Location("a.yaml"), related)
    (result,) = sarif(one)["results"]
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]
    assert result["message"]["text"] == "It is so."


HOSTILE = [
    ("../../x", "x"), ("/etc/passwd", "etc/passwd"), ("plan/./a/../b.yaml", "plan/a/b.yaml"), ("..", "."),
    ("a b%.yaml", "a%20b%25.yaml"), ("b\udcff.yaml", "b%FF.yaml"), ("C:\\x", "C%3A%5Cx"), ("ü?#", "%C3%BC%3F%23"),
    ("http://x/y", "http%3A/x/y"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "uri"), HOSTILE)
def test_a_path_stays_below_the_root(path: str, uri: str) -> None:
    assert safe_uri(path) == uri


@given(st.text(max_size=30) | st.lists(st.sampled_from(["..", "/", ".", "%", "\\", ":", "a", "\x1b"])).map("".join))
def test_no_path_leads_out(path: str) -> None:
    (result,) = sarif(finding(path.encode("utf-8", "ignore").decode()))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert ".." not in uri.split("/") and not uri.startswith("/") and ":" not in uri


def test_a_fingerprint_stays_when_lines_move_and_days_pass() -> None:
    before = finding("plan/a.yaml", 3, Level.ERROR, "It is 3 days late.", "tasks", 0, "due")
    after = finding("plan/a.yaml", 9, Level.ERROR, "It is 4 days late.", "tasks", 2, "due")
    assert prints(before) == prints(after)
    other = finding("plan/a.yaml", 3, Level.ERROR, "It is 3 days late.", "tasks", 0, "title")
    assert len({*prints(before), *prints(other), *prints(finding("plan/b.yaml"))}) == 3
    assert len(set(prints(before, before, before))) == 3


def test_what_github_would_refuse_is_left_out_with_a_note() -> None:
    advice = [finding(level=Level.ADVICE, line=number + 1) for number in range(MOST_RESULTS)]
    findings = [*advice, *[finding() for _ in range(5000)]]
    (run,) = json.loads(render_findings_sarif(findings, RULES, "0.1.0", nobody))["runs"]
    assert len(run["results"]) == MOST_RESULTS
    assert [result["level"] for result in run["results"][:5001]].count("error") == 5000
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "5,000 more findings; milepost check --advice shows all."


NASTY = ["##[error]x", "::error::x", "\x1b[31m", "\u202e", "[here](https://evil.example)", "a\n::b", "bad\udcff"]


@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=9)).map("".join))
def test_no_text_commands_a_runner_or_becomes_a_link(text: str) -> None:
    output = render_findings_sarif([finding(message=text)], RULES, "0.1.0", nobody)
    assert output.isascii() and "##[" not in output
    assert not any(line.lstrip().startswith("::") for line in output.splitlines())
    message = json.loads(output)["runs"][0]["results"][0]["message"]["text"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", message)
    assert not re.search(r"(?<!\\)\](?=\()", message)
