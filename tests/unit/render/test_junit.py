"""JUnit's XML: what fails the run fails a case, names stay, and nothing breaks the document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from milepost.model.finding import Finding, Level, Location
from milepost.model.item import Place
from milepost.render.junit import render_findings_junit
from milepost.rules.rule import Inspection, Rule


def silent(_: Inspection) -> Iterator[Finding]:
    return iter(())


RULES = [Rule(name, Level.ERROR, f"Why {name}.", silent) for name in ("calm", "loud", "past")]

#: What Jenkins' xUnit plugin knows (junit-10.xsd), which refuses a file with anything else.
KNOWN = {
    "testsuites": {"name", "time", "tests", "failures", "errors", "skipped"},
    "testsuite": {"name", "time", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "time", "classname"},
    "failure": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}


def finding(level: Level = Level.ERROR, message: str = "It is so.", line: int = 3, path: str = "a.yaml") -> Finding:
    return Finding("loud", level, Place(path), message, "do", Location(path, line, 5))


def junit(*findings: Finding, fails: bool = True, skipped: tuple[str, ...] = ()) -> ET.Element:
    text = render_findings_junit(findings, findings if fails else [], RULES, skipped, "shallow")
    root = ET.fromstring(text.encode())
    for element in root.iter():
        assert set(element.attrib) <= KNOWN[element.tag], element.tag
    return root


def counts(element: ET.Element) -> list[int]:
    return [int(element.attrib[key]) for key in ("tests", "failures", "errors", "skipped")]


def test_a_suite_for_each_rule_and_a_case_for_each_finding() -> None:
    root = junit(finding(), finding(message="Again."), skipped=("past",))
    assert [suite.attrib["name"] for suite in root] == ["calm", "loud", "past"]
    assert [counts(suite) for suite in root] == [[1, 0, 0, 0], [2, 2, 0, 0], [1, 0, 0, 1]]
    assert counts(root) == [4, 2, 0, 1]
    (failure, _) = root.iter("failure")
    assert failure.attrib == {"message": "It is so.", "type": "error"}
    assert failure.text == "a.yaml:3:5: error[loud]: It is so.\n  hint: do"
    assert [one.attrib["message"] for one in root.iter("skipped")] == ["shallow"]


def test_what_does_not_fail_the_run_passes_with_its_words() -> None:
    root = junit(finding(Level.ADVICE), finding(Level.IGNORE), fails=False)
    assert counts(root) == [3, 0, 0, 0]
    assert [one.text for one in root.iter("system-out")] == ["a.yaml:3:5: advice[loud]: It is so.\n  hint: do"]


def test_a_case_keeps_its_name_when_its_line_moves() -> None:
    names = {junit(finding(line=line))[1][0].attrib["name"] for line in (3, 9)}
    assert names == {"a.yaml: It is so."}


TEXTS = st.text(max_size=20) | st.sampled_from(["<a>&\"'", "]]>", "\x00\x1b", "\ud800", "\ufffe", "##[x]", "\n::x::"])


@given(TEXTS, TEXTS)
def test_no_text_breaks_the_document(message: str, path: str) -> None:
    root = junit(finding(message=message, path=path))
    assert counts(root) == [3, 1, 0, 0]
    text = render_findings_junit([finding(message=message, path=path)], [], RULES)
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
