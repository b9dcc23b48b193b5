"""Findings as JUnit's XML, as Jenkins, GitLab and others show it: a suite for each rule, a case for each finding.

A rule that found nothing is one case that passed. Only what fails the run fails a case; other findings pass and are
written to the case's output. Attributes are those that Jenkins' xUnit schema knows (junit-10.xsd).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from xml.etree import ElementTree as ET

from milepost.model.finding import Finding, Level, Location
from milepost.render.escape import escape_terminal
from milepost.rules.rule import Rule

_NAME = "milepost check"


def render_findings_junit(
    findings: Sequence[Finding],
    failing: Collection[Finding],
    rules: Sequence[Rule],
    skipped: Collection[str] = (),
    why: str = "",
) -> str:
    """`failing` are those of the findings that fail the run. `skipped` are rules that could not run, and `why`."""
    root = ET.Element("testsuites", name=_NAME)
    failed = set(failing)
    for rule in rules:
        found = [one for one in findings if one.rule == rule.name and one.level is not Level.IGNORE]
        suite = ET.SubElement(root, "testsuite", name=rule.name)
        for finding in found:
            _add_finding(suite, finding, finding in failed)
        if not found:
            case = ET.SubElement(suite, "testcase", classname=rule.name, name=rule.why, time="0")
            if rule.name in skipped:
                ET.SubElement(case, "skipped", message=escape_terminal(why))
        _count(suite)
    _count(root)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_finding(suite: ET.Element, finding: Finding, fails: bool) -> None:
    """A case that keeps its name while the finding is there, wherever its line moves."""
    path, line, column = finding.location or Location(finding.place.path)
    message, hint = escape_terminal(finding.message), escape_terminal(finding.hint)
    name = f"{escape_terminal(path)}: {message}"
    case = ET.SubElement(suite, "testcase", classname=finding.rule, name=name, time="0")
    text = f"{escape_terminal(f'{path}:{line}:{column}')}: {finding.level}[{finding.rule}]: {message}"
    text += f"\n  hint: {hint}" if hint else ""
    if fails:
        ET.SubElement(case, "failure", message=message, type=str(finding.level)).text = text
    else:
        ET.SubElement(case, "system-out").text = text


def _count(parent: ET.Element) -> None:
    """What there is below, where readers look for it before they read on."""
    parent.set("tests", str(len(list(parent.iter("testcase")))))
    parent.set("failures", str(len(list(parent.iter("failure")))))
    parent.set("errors", "0")
    parent.set("skipped", str(len(list(parent.iter("skipped")))))
    parent.set("time", "0")
