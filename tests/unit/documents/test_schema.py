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

KINDS = ["plan", "goal", "milestone", "risk", "sprint", "feedback", "review"]
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
    ("tasks: [{id: a, title: A, votes: {a: 1}}]", "unknown-key", 4, 27, "votes is not known in Entry 1", ""),
    ("raci: {responsible: ada}", "wrong-type", 4, 21, "responsible has to be a list or a mapping", "{bo: "),
    ("raci: {responsible: {Ada: all}}", "bad-id", 4, 22, "Ada is not an id", "write ada"),
    ("raci: {accountable: [ada]}", "unknown-key", 4, 8, "accountable is not known in raci", "known here: responsible"),
    ("raci: {}", "bad-value", 4, 7, "raci is empty", "who takes part"),
    ("consulted: [legal]", "unknown-key", 4, 1, "consulted", "write it under `raci`"),
    ("votes: {ada: 6}", "bad-value", 4, 14, "ada has to be at most 5", "from 1"),
    ("votes: {ada: yes please}", "wrong-type", 4, 14, "ada has to be a whole number or a mapping", "ada: 4"),
    ("votes: {ada: {pace: slow}}", "missing-key", 4, 14, "ada has no feasible", "add `feasible: 2`"),
    ("votes: {ada: {feasible: 2, pace: slowly}}", "bad-value", 4, 34, "slowly", "did you mean slow?"),
    ("votes: {ada: {feasible: 2, comment: no key}}", "unknown-key", 4, 28, "comment", "did you mean says?"),
    ("shipped: {thanks: [ada]}", "missing-key", 4, 10, "shipped has no note", "add `note: "),
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
    ("links:", "wrong-type", 4, 7, "links has no value", 'write `links: ["https://example.org/spec"]`'),
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
    ("milepost: 1\ntitle: A\nrules: {must-share: on fire}", "bad-value", 3, 21, '"on fire" is not a level'),
    ("milepost: 1\ntitle: A\nrules: {must-share: {level: off course}}", "bad-value", 3, 29, "level can't be"),
    ("milepost: 1\ntitle: A\nrules: {must-share: {tolerance: 2 days}}", "bad-value", 3, 33, "an amount of work"),
    ("milepost: 1\ntitle: A\nassertions: due(a) < 2027-04-01", "wrong-type", 3, 13, "assertions has to be a list"),
    ("milepost: 1\ntitle: A\npeople: {Ada: {name: A}}", "bad-id", 3, 10, "Ada is not an id"),
    ("milepost: 1\ntitle: A\nreleases: {2027-04: 2027-04-01}", "bad-id", 3, 12, "not a release name"),
    ("milepost: 1\ntitle: A\nreleases: {v1: 2027-02-30}", "bad-date", 3, 16, "not a day of the calendar"),
    ("milepost: 1\ntitle: A\nreleases: {v1: {due: 2027-02-30}}", "bad-date", 3, 22, "not a day of the calendar"),
    ("milepost: 1\ntitle: A\ncalendar: {closed: [2027-03-01..2027-02-28]}", "bad-date", 3, 21, "is no range"),
    ("milepost: 1\ntitle: A\ncalendar: {holidays: Germany}", "bad-value", 3, 22, "is not the code of a country"),
    ("milepost: 1\ntitle: A\ncalendar: {holidays: XX}", "bad-value", 3, 22, "XX is no country or region"),
    ("milepost: 1\ntitle: A\ncalendar: {holidays: DE-BER}", "bad-value", 3, 22, "DE-BER is no country or region"),
    ("milepost: 1\ntitle: A\ncalendar: {hours: 25}", "bad-value", 3, 19, "at most 24"),
]


SPRINT = "id: s\nstart: 2027-02-01\nend: 2027-02-12\n"
FEEDBACK = "id: f\nabout: beta\ndate: 2027-03-22\nsaid: Good\n"
REVIEW = "id: r\ndate: 2027-01-15\n"

# kind, what stands before, a line, rule, column, words of the message, words of the hint
EVENTS = [
    ("sprint", SPRINT, "tasks: [a/b]", "unknown-key", 1, "tasks is not known", "did you mean items?"),
    ("sprint", SPRINT, "items: [A b]", "bad-id", 9, "is not a milestone or milestone/task", "importer/schema"),
    ("sprint", SPRINT, "capacity: 3 days", "bad-value", 11, "is not an amount of work", "h, d, w or pt"),
    ("sprint", "id: s\nstart: 2027-02-01\n", "due: 2027-02-12", "unknown-key", 1, "due is not known", ""),
    ("feedback", FEEDBACK, "score: 6", "bad-value", 8, "score has to be at most 5", "how content they were"),
    ("feedback", FEEDBACK, "rating: 4", "unknown-key", 1, "rating", "did you mean score?"),
    ("feedback", FEEDBACK, "by: ten testers", "unknown-key", 1, "by is not known", "did you mean from?"),
    ("feedback", FEEDBACK, "leads_to: ga", "wrong-type", 11, "leads_to has to be a list", "[ga]"),
    ("review", REVIEW, "attendees: [ada]", "unknown-key", 1, "attendees", "did you mean attended?"),
    ("review", REVIEW, "agreed: [{who: legal}]", "missing-key", 10, "Entry 1 of agreed has no about", "[public-beta]"),
    ("review", REVIEW, "actions: [{owner: bo}]", "missing-key", 11, "Entry 1 of actions has no text", "add `text: "),
    ("review", REVIEW, "risks_looked_at: [No Risk]", "bad-id", 19, "is not a risk or a milestone", "tile-vendor"),
    ("review", REVIEW, "decisions: We stay", "wrong-type", 12, "decisions has to be a list", "[We stay]"),
]


@pytest.mark.parametrize(("kind", "before", "line", "rule", "column", "message", "hint"), EVENTS)
def test_sprints_feedback_and_reviews(
    kind: str, before: str, line: str, rule: str, column: int, message: str, hint: str
) -> None:
    problem = problems(before + line, kind)[-1]
    assert (problem.rule, problem.line, problem.column) == (rule, before.count("\n") + 1, column)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("before", [SPRINT, FEEDBACK, REVIEW])
def test_what_each_of_them_needs(before: str) -> None:
    kind = {SPRINT: "sprint", FEEDBACK: "feedback", REVIEW: "review"}[before]
    assert problems(before, kind) == []
    lines = before.splitlines()
    for line in lines[1:]:
        (problem,) = problems("\n".join(other for other in lines if other != line), kind)
        assert problem.rule == "missing-key"
        assert f"has no {line.partition(':')[0]} " in problem.message


@pytest.mark.parametrize(("text", "rule", "row", "column", "message"), PLANS)
def test_the_plans_own_file(text: str, rule: str, row: int, column: int, message: str) -> None:
    (problem,) = problems(text, "plan")
    assert (problem.rule, problem.line, problem.column) == (rule, row, column)
    assert message in problem.message


@pytest.mark.parametrize("text", ["", "# nothing\n", "~", "word", "- a"])
@pytest.mark.parametrize("kind", KINDS)
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
    kinds = {f"{kind}s": kind for kind in KINDS} | {"plan": "plan", "feedback": "feedback"}
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
    assert named > {"unknown-key", "bad-date", "syntax", "anchor"}
    assert named <= set(DOCUMENT_RULES)
    assert {rule for rule in DOCUMENT_RULES if level_of(rule) is not Level.ERROR} == {"unread-file"}
    assert level_of("unread-file") is Level.WARNING


KEYS = [
    "id", "title", "due", "tasks", "because", "estimate", "pert", "mitigation", "people", "ada", "sources", "x", "raci",
    "responsible", "votes", "feasible", "rules", "level", "agreed", "actions", "shipped",
]  # fmt: skip
VALUES = st.recursive(
    st.text(max_size=12) | st.sampled_from(["id", "2027-02-30", "3d", "ada"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.sampled_from(KINDS), VALUES)
def test_any_data_gives_problems_and_no_exception(kind: str, data: Any) -> None:
    for problem in validate_document(kind, data):
        assert problem.rule in DOCUMENT_RULES
        assert problem.message.endswith(".")
        assert problem.hint
