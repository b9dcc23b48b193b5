"""Each rule where it speaks, and where it keeps quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

import milepost.rules
from milepost.model.item import Place
from milepost.rules import RULES
from tests.unit.plans import found, milestone, plan_of

FINE = milestone("{id: beta, title: Beta, due: v1.4, owner: ada, tasks: [{id: a, title: A}]}")

# rule, files, and for each finding the place's keys and a word of its message or hint
SPEAKS = [
    ("duplicate-id", [FINE, ("risk", "{id: beta, title: R}")], [(("id",), "The id beta names a")]),
    ("duplicate-id", [FINE, milestone("{id: beta, title: Again}")], [(("id",), "The id beta names two milestones")]),
    ("duplicate-id", [("goal", "{id: ada, title: G}")], [((), "The id ada names a")]),
    (
        "duplicate-id",
        [milestone("{id: m, title: M, tasks: [{id: a, title: A}, {id: a, title: B}]}")],
        [(("tasks", 1, "id"), "tasks of one milestone")],
    ),
    (
        "duplicate-id",
        [FINE, milestone("{id: m, title: M, tasks: [{id: beta, title: A}]}")],
        [(("tasks", 0, "id"), "m/beta carries the id of a milestone")],
    ),
    ("dangling-reference", [milestone("{id: m, title: M, owner: adda}")], [(("owner",), "did you mean ada?")]),
    ("dangling-reference", [milestone("{id: m, title: M, due: v1.5}")], [(("due",), "did you mean v1.4?")]),
    ("dangling-reference", [milestone("{id: m, title: M, goal: g}")], [(("goal",), "no goal g")]),
    ("dangling-reference", [("goal", "{id: g, title: G, serves: h}")], [(("serves",), "no goal h")]),
    (
        "dangling-reference",
        [FINE, milestone("{id: m, title: M, depends_on: [beta, {item: beta/b}, a]}")],
        [(("depends_on", 1), "did you mean beta/a?"), (("depends_on", 2), "no milestone or task a")],
    ),
    (
        "dangling-reference",
        [milestone("{id: m, title: M, blocked: {since: 2027-01-01, by: x, owner: cy}}")],
        [(("blocked", "owner"), "cy is not among")],
    ),
    (
        "dangling-reference",
        [("risk", "{id: r, title: R, threatens: [m], mitigation: [{action: x, owner: cy, due: soon}]}")],
        [
            (("mitigation", 0, "owner"), "cy"),
            (("mitigation", 0, "due"), "soon is neither"),
            (("threatens", 0), "task m "),
        ],
    ),
    (
        "dangling-reference",
        [
            milestone(
                "{id: m, title: M, raci: {responsible: {bo: all, cy: tests}, consulted: [cy], informed: [ada, dee]},"
                " votes: {ada: 4, bob: {feasible: 2}}, shipped: {note: x, thanks: [bo, eve]}}"
            )
        ],
        [
            (("raci", "responsible", "cy"), "cy is not among"),
            (("raci", "consulted", 0), "cy is not among"),
            (("raci", "informed", 1), "dee is not among"),
            (("votes", "bob"), "did you mean bo?"),
            (("shipped", "thanks", 1), "eve is not among"),
        ],
    ),
    ("dangling-reference", [milestone("{id: m, title: M, raci: {responsible: [cy]}}")], [((0,), "cy")]),
    (
        "dangling-reference",
        [FINE, ("sprint", "{id: s, start: 2027-02-01, end: 2027-02-12, goal: all, items: [beta/a, beta/b, ga]}")],
        [(("items", 1), "did you mean beta/a?"), (("items", 2), "no milestone or task ga")],
    ),
    (
        "dangling-reference",
        [FINE, ("feedback", "{id: f, about: betta, date: 2027-02-01, from: ten, said: x, leads_to: [beta, ga]}")],
        [(("about",), "did you mean beta?"), (("leads_to", 1), "no milestone or task ga")],
    ),
    (
        "dangling-reference",
        [
            FINE,
            ("risk", "{id: flood, title: F}"),
            (
                "review",
                """{id: r, date: 2027-02-01, attended: [ada, cy], agreed: [{who: dee, about: [beta, ga],
                recorded_by: eve}], risks_looked_at: [flood, beta, 'risk:flood', fire, 'risk:fire'],
                actions: [{text: x, owner: gus}, {text: z, owner: bo}]}""",
            ),
        ],
        [
            (("attended", 1), "cy"),
            (("agreed", 0, "who"), "dee"),
            (("agreed", 0, "about", 1), "no milestone or task ga"),
            (("agreed", 0, "recorded_by"), "eve"),
            (("risks_looked_at", 3), "no risk or milestone fire"),
            (("risks_looked_at", 4), "no risk or milestone risk:fire"),
            (("actions", 0, "owner"), "gus"),
        ],
    ),
    ("duplicate-id", [FINE, ("sprint", "{id: beta, start: 2027-02-01}")], [(("id",), "a milestone and a sprint")]),
    ("duplicate-id", [("review", "{id: r}"), ("feedback", "{id: r}")], [(("id",), "a review and a piece of feedback")]),
    ("duplicate-id", [("feedback", "{id: f}"), ("feedback", "{id: f}")], [(("id",), "two pieces of feedback")]),
    (
        "date-in-future",
        [
            ("feedback", "{id: f, about: m, date: 2027-02-23, said: x}"),
            ("review", "{id: r, date: 2027-02-24, actions: [{text: x, due: 2027-03-01, done: 2027-02-25}]}"),
        ],
        [(("date",), "date of f"), (("date",), "date of r"), (("actions", 0, "done"), "done of r")],
    ),
    (
        "finished-before-started",
        [milestone("{id: m, title: M, tasks: [{id: a, title: A, started: 2027-01-05, finished: 2027-01-04}]}")],
        [(("tasks", 0, "finished"), "m/a was finished on 2027-01-04")],
    ),
    (
        "finished-and-dropped",
        [milestone("{id: m, title: M, finished: 2027-01-05, dropped: 2027-01-04}")],
        [(("dropped",), "m is both")],
    ),
    (
        "date-in-future",
        [
            milestone(
                "{id: m, title: M, started: 2027-02-23, measures: [x, {text: why, met: 2028-01-01}],"
                " blocked: {since: 2027-03-01, by: key}}"
            ),
            ("risk", "{id: r, title: R, reviewed: 2027-03-01, mitigation: [{action: x, done: 2027-03-02}]}"),
        ],
        [
            (("started",), "started of m is 2027-02-23"),
            (("measures", 1, "met"), "met of m is 2028-01-01"),
            (("blocked", "since"), "since"),
            (("reviewed",), "reviewed"),
            (("mitigation", 0, "done"), "done"),
        ],
    ),
    (
        "done-with-open-tasks",
        [
            milestone(
                "{id: m, title: M, finished: 2027-01-05, tasks: [{id: a, title: A}, {id: b, title: B, priority: wont}]}"
            )
        ],
        [(("finished",), "one of its tasks is still open")],
    ),
    (
        "not-before-after-due",
        [milestone("{id: m, title: M, due: 2027-Q2, tasks: [{id: a, title: A, not_before: 2027-07-01}]}")],
        [(("tasks", 0, "not_before"), "is due on 2027-06-30")],
    ),
]

QUIET = [
    ("duplicate-id", [FINE, ("goal", "{id: a, title: G}")]),
    ("dangling-reference", [FINE, milestone("{id: m, title: M, depends_on: ['milestone:beta', 'task:beta/a']}")]),
    ("dangling-reference", [milestone("{id: m, title: M, due: 2027-02-30, owner: }")]),
    (
        "dangling-reference",
        [milestone("{id: m, title: M, tasks: [{id: a, title: A}, {id: b, title: B, depends_on: [a]}]}")],
    ),
    ("finished-before-started", [milestone("{id: m, title: M, started: 2027-01-05, finished: 2027-01-05}")]),
    ("date-in-future", [milestone("{id: m, title: M, finished: 2027-02-22, due: 2028-01-01}")]),
    ("date-in-future", [("sprint", "{id: s, start: 2028-01-03, end: 2028-01-14}")]),
    ("duplicate-id", [FINE, ("sprint", "{id: s, start: 2028-01-03}"), ("review", "{id: kick-off}")]),
    ("dangling-reference", [FINE, ("sprint", "{id: s, items: ['milestone:beta', 'task:beta/a'], goal: nothing}")]),
    ("done-with-open-tasks", [milestone("{id: m, title: M, tasks: [{id: a, title: A}]}")]),
    ("not-before-after-due", [milestone("{id: m, title: M, due: 2027-03-01, not_before: 2027-03-01}")]),
]


@pytest.mark.parametrize(("rule", "files", "expected"), SPEAKS)
def test_a_rule_speaks(
    rule: str, files: list[tuple[str, str]], expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    findings = found(plan_of(*files), rule)
    assert [finding.place.pointer[-len(keys) or len(finding.place.pointer) :] for finding, (keys, _) in
            zip(findings, expected, strict=True)] == [keys for keys, _ in expected]  # fmt: skip
    for finding, (_, words) in zip(findings, expected, strict=True):
        assert words in f"{finding.message} {finding.hint}"


@pytest.mark.parametrize(("rule", "files"), QUIET)
def test_a_rule_keeps_quiet(rule: str, files: list[tuple[str, str]]) -> None:
    assert found(plan_of(*files), rule) == []


@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.name != "dependency-cycle"])
def test_foreign_items_are_not_ours_to_mend(rule: str) -> None:
    text = (
        "{id: m, title: M, owner: sig-node, due: whenever, goal: g, started: 2027-03-02, finished: 2027-03-01,"
        " dropped: 2027-03-01, not_before: 2028-01-01, tasks: [{id: a, title: A}]}"
    )
    plan = plan_of(milestone(text), milestone(text), foreign=["milestone-1.yaml", "milestone-2.yaml"])
    assert found(plan, rule) == []


def test_an_own_item_that_shares_a_foreign_items_identity_is_named() -> None:
    plan = plan_of(milestone("{id: m, title: M}"), milestone("{id: m, title: M}"), foreign=["milestone-2.yaml"])
    assert [finding.place for finding in found(plan, "duplicate-id")] == [Place("milestone-1.yaml", ("id",))]


def test_a_rule_is_one_word_everywhere() -> None:
    folder = Path(milepost.rules.__file__).parent
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert (folder / f"{rule.name.replace('-', '_')}.py").is_file()
        assert rule.why.endswith(".") and ". " not in rule.why
