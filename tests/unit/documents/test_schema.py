"""Problems in documents: where, which rule, and what the hint says to type."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7

import milepost
from milepost.documents.levels import DOCUMENT_RULES
from milepost.documents.marked import Problem
from milepost.documents.schema import expand_schema, level_of, load_registry, validate_document
from milepost.documents.yaml import read_plan_file
from milepost.model.finding import Level

START = "id: m\ntitle: M\ndue: 2027-03-15\n"


def problems(text: str, kind: str = "milestone") -> list[Problem]:
    document = read_plan_file(text.encode())
    assert not document.problems, document.problems
    return validate_document(kind, document.data)


# a third line and what follows; rule, line, column, words of the message, words of the hint
LINES = [
    ("labls: [a]", "unknown-key", 4, 1, "labls", "did you mean labels?"),
    ("dependsOn: [a]", "unknown-key", 4, 1, "dependsOn", "did you mean depends_on?"),
    ("__proto__: a", "unknown-key", 4, 1, "__proto__", ""),
    ("__class__: a", "unknown-key", 4, 1, "__class__", ""),
    ("status: done", "unknown-key", 4, 1, "status", "status follows from dates"),
    ("assignee: ada", "unknown-key", 4, 1, "assignee", "did you mean owner?"),
    ("raci: {responsible: [ada]}", "not-yet", 4, 1, "raci is part of the plan language", ""),
    ("tasks: [{id: a, title: A, votes: {a: 1}}]", "not-yet", 4, 27, "votes is part of the plan language", ""),
    ("tasks: [{id: a}]", "missing-key", 4, 9, "Entry 1 of tasks has no title", "add `title: "),
    ("not_before: 2024-02-30", "bad-date", 4, 13, "2024-02-30 is not a day of the calendar", "2027-03-15"),
    ("not_before: 2027-1-5", "bad-date", 4, 13, "2027-1-5 is not a date", "year-month-day"),
    ("not_before: 2027-13-01", "bad-date", 4, 13, "2027-13-01 is not a date", "year-month-day"),
    ("started: soon", "bad-date", 4, 10, "soon is not a date", "2027-03-15"),
    ("owner: Ada Ash", "bad-id", 4, 8, '"Ada Ash" is not an id', "write ada-ash"),
    ("owner:", "wrong-type", 4, 7, "owner has no value", "remove the line"),
    ("outcome: 1.4", "wrong-type", 4, 10, "outcome has to be text", 'quote it: "1.4"'),
    ("labels: maps", "wrong-type", 4, 9, "labels has to be a list", "[maps]"),
    ("because: late", "wrong-type", 4, 10, "because has to be a mapping", "{dependency: "),
    ("because: {scope: a, risk: b}", "bad-value", 4, 10, "more than one entry", "keep one"),
    ("because: {reason: a}", "unknown-key", 4, 11, "reason is not known in because", "known here: scope, "),
    ("rank: a", "wrong-type", 4, 7, "a whole number", "rank: 10"),
    ("rank: true", "wrong-type", 4, 7, "and this is true or false", "rank: 10"),
    ("commitment: Promise", "bad-value", 4, 13, "Promise", "did you mean promise?"),
    ("commitment: maybe", "bad-value", 4, 13, "maybe", "write one of: tentative, target, promise"),
    ("estimate: 3 days", "bad-value", 4, 11, '"3 days" is not an estimate', "3d..12d"),
    ("estimate: 3d..5pt", "bad-value", 4, 11, "3d..5pt is not an estimate", "3d..12d"),
    ("estimate: 12d..3d", "bad-value", 4, 11, "from the smallest to the largest", "3d..12d"),
    ("estimate: {pert: [3d, 4d]}", "bad-value", 4, 18, "too few", "3d, 4d, 12d"),
    ('outcome: ""', "bad-value", 4, 10, "not text that says anything", "a few words"),
    ("depends_on: [a, a]", "bad-value", 4, 13, "names something twice", ""),
    ("depends_on: [A b]", "bad-id", 4, 14, "is not a milestone or milestone/task", "importer/schema"),
    ('links: ["ftp://x"]', "bad-value", 4, 9, "Entry 1 of links", "https://"),
    ("measures: [{met: 2027-01-01}]", "missing-key", 4, 12, "has no text", "add `text: "),
]


@pytest.mark.parametrize(("line", "rule", "row", "column", "message", "hint"), LINES)
def test_a_problem_says_where_what_and_what_to_type(
    line: str, rule: str, row: int, column: int, message: str, hint: str
) -> None:
    (problem,) = problems(START + line)
    assert (problem.rule, problem.line, problem.column) == (rule, row, column)
    assert message in problem.message
    assert problem.message.endswith(".")
    assert hint in problem.hint
    assert problem.hint


PLANS = [
    ("milepost: 2\ntitle: A", "bad-value", 1, 11, "this version reads 1 only"),
    ("milepost: 1\ntitle: A\nrules: {}", "not-yet", 3, 1, "rules is part"),
    ("milepost: 1\ntitle: A\npeople: {Ada: {name: A}}", "bad-id", 3, 10, "Ada is not an id"),
    ("milepost: 1\ntitle: A\nreleases: {2027-04: 2027-04-01}", "bad-id", 3, 12, "not a release name"),
    ("milepost: 1\ntitle: A\nreleases: {v1: 2027-02-30}", "bad-date", 3, 16, "not a day of the calendar"),
    ("milepost: 1\ntitle: A\nreleases: {v1: {due: 2027-02-30}}", "bad-date", 3, 22, "not a day of the calendar"),
    ("milepost: 1\ntitle: A\ncalendar: {closed: [2027-03-01..2027-02-28]}", "bad-date", 3, 21, "is no range"),
    ("milepost: 1\ntitle: A\ncalendar: {hours: 25}", "bad-value", 3, 19, "at most 24"),
]


@pytest.mark.parametrize(("text", "rule", "row", "column", "message"), PLANS)
def test_the_plans_own_file(text: str, rule: str, row: int, column: int, message: str) -> None:
    (problem,) = problems(text, "plan")
    assert (problem.rule, problem.line, problem.column) == (rule, row, column)
    assert message in problem.message


@pytest.mark.parametrize("text", ["", "# nothing\n", "~", "word", "- a"])
@pytest.mark.parametrize("kind", ["plan", "goal", "milestone", "risk"])
def test_a_root_that_is_no_mapping(kind: str, text: str) -> None:
    (problem,) = problems(text, kind)
    assert problem.rule == "wrong-type"
    assert problem.message.startswith("Expected mapping")


def test_all_problems_come_in_one_run_in_the_order_of_the_file() -> None:
    found = problems("id: M\ntitle: \nfoo: 1\ndue: x y\nestimate: 4\n")
    assert [(problem.line, problem.rule) for problem in found] == [
        (1, "bad-id"), (2, "wrong-type"), (3, "unknown-key"), (4, "bad-date"), (5, "wrong-type"),
    ]  # fmt: skip


def test_what_a_milestone_needs_to_be_planned_is_one_problem() -> None:
    (problem,) = problems("id: m\ntitle: M\n")
    assert problem.message == "This file needs at least one of due, estimate or tasks to be planned with."


def test_a_misspelt_key_is_not_missing_too() -> None:
    (problem,) = problems("id: m\ntitel: M\ndue: 2027-03-15\n")
    assert (problem.rule, problem.hint) == ("unknown-key", "did you mean title?")


@pytest.mark.parametrize(
    "text",
    ['id: "m\\n"\ntitle: M\ndue: 2027-03-15', f'{START}tasks: [{{id: "a\\n", title: A}}]', f'{START}owner: "ada\\n"'],
)
def test_a_pattern_means_the_whole_text(text: str) -> None:
    (problem,) = problems(text)
    assert problem.rule == "bad-id"


def test_every_story_ships_without_problems() -> None:
    kinds = {"goals": "goal", "milestones": "milestone", "risks": "risk", "plan": "plan"}
    for path in Path(milepost.__file__).parent.glob("stories/*/*/plan/**/*.yaml"):
        document = read_plan_file(path.read_bytes())
        if not document.problems:  # one version of the story is broken on purpose
            assert validate_document(kinds[path.parent.name], document.data) == []


@pytest.mark.parametrize("reference", ["http://127.0.0.1:9/x.json", "file:///etc/passwd", "../../x.json", "x.json"])
def test_a_schema_reference_out_of_the_registry_is_refused_offline(
    reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("tried to reach the network or a file")

    registry: Registry[Any] = load_registry()
    registry = registry.with_resource("bad", DRAFT7.create_resource({"properties": {"a": {"$ref": reference}}}))
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unresolvable):
        expand_schema("bad", registry)


def test_a_schema_that_refers_to_itself_is_refused() -> None:
    registry = load_registry().with_resource("bad", DRAFT7.create_resource({"properties": {"a": {"$ref": "#"}}}))
    with pytest.raises(ValueError, match="leads back to itself"):
        expand_schema("bad", registry)


def test_every_rule_that_reading_can_name_has_a_level() -> None:
    sources = list((Path(milepost.__file__).parent / "documents").glob("*.py"))
    call = r'(?:Problem|_problem|_stop|_Fault|Form|UnreadableError)\(\s*(?:event, |pointer, )?"([a-z][a-z0-9-]+)"'
    named = {rule for source in sources for rule in re.findall(call, source.read_text("utf-8"))}
    assert named > {"unknown-key", "bad-date", "syntax", "anchor", "not-yet"}
    assert named <= set(DOCUMENT_RULES)
    assert [rule for rule in DOCUMENT_RULES if level_of(rule) is not Level.ERROR] == ["not-yet"]


KEYS = ["id", "title", "due", "tasks", "because", "estimate", "pert", "mitigation", "people", "ada", "sources", "x"]
VALUES = st.recursive(
    st.text(max_size=12) | st.sampled_from(["id", "2027-02-30", "3d", "ada"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.sampled_from(["plan", "goal", "milestone", "risk"]), VALUES)
def test_any_data_gives_problems_and_no_exception(kind: str, data: Any) -> None:
    for problem in validate_document(kind, data):
        assert problem.rule in DOCUMENT_RULES
        assert problem.message.endswith(".")
        assert problem.hint
