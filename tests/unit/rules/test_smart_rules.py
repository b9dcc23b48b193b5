"""Rules on what a single milestone says: each where it speaks, and where it keeps quiet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milepost.model.finding import Level
from milepost.rules import RULES
from tests.unit.plans import found, milestone, plan_of

from .tables import Files, Row, assert_quiet, assert_speaks, fields, risk

BARE = milestone("{id: m, title: M, due: 2027-05-03}")
GOAL = ("goal", "{id: g, title: G}")
NOT_AHEAD = ["finished: 2027-01-05", "dropped: 2027-01-05", "priority: wont, due: 2027-05-03"]

SPEAKS: list[Row] = [
    ("not-specific", [BARE], [(("id",), "m does not say what somebody will be able to do")]),
    ("not-measurable", [BARE], [(("id",), "by what anybody can see")]),
    ("not-time-bound", [fields("estimate: 5d")], [(("id",), "m is not due at any time")]),
    ("no-goal", [GOAL, BARE], [(("id",), "add `goal: g`")]),
    ("no-evidence", [fields("commitment: promise")], [(("commitment",), "does not say why it can be kept")]),
    ("no-evidence", [BARE], [(("due",), "m is a target and does not say why it can be reached by then")]),
    ("no-evidence", [fields("due: v1.4, commitment: target")], [(("commitment",), "`commitment: tentative` while")]),
    ("no-owner", [BARE], [(("id",), "its work is planned as if somebody nameless")]),
    (
        "no-owner",
        [fields("tasks: [{id: a, title: A, owner: ada}]")],
        [(("id",), "so nobody answers for it. add `owner: ada`")],
    ),
    ("no-owner", [fields("tasks: [{id: a, title: A, owner: bo}, {id: b, title: B}]")], [(("id",), "nameless")]),
    ("unestimated", [BARE], [(("id",), "m has no estimate")]),
    (
        "unestimated",
        [fields("estimate: 5d, tasks: [{id: a, title: A}, {id: b, title: B, estimate: 2d}, {id: c, title: C}]")],
        [(("tasks", 0, "id"), "a and c of m have no estimate")],
    ),
    ("unestimated", [fields("tasks: [{id: a, title: A, kind: bug}]")], [(("tasks", 0, "id"), "a of m has no")]),
    ("promise-without-date", [fields("commitment: promise")], [(("commitment",), "a promise without a date")]),
    ("promise-informs-nobody", [fields("commitment: promise")], [(("commitment",), "informed: [NAME]")]),
    (
        "promise-informs-nobody",
        [("plan", "people: {sales: {name: Sales, kind: stakeholder}}"), fields("commitment: promise, raci: {}")],
        [(("commitment",), "informed: [sales]")],
    ),
    (
        "promise-risks-not-looked-at",
        [fields("commitment: promise"), risk("threatens: [other]"), ("review", "{id: x, risks_looked_at: [r]}")],
        [(("commitment",), "threatens: [m]")],
    ),
    (
        "vote-without-comment",
        [fields("votes: {ada: 2, bo: {feasible: 1, pace: slow}, cy: 3}")],
        [(("votes", "ada"), "ada votes 2 of 5 on m "), (("votes", "bo"), "says: what is in the way")],
    ),
    (
        "stakeholder-owner",
        [
            ("plan", "people: {legal: {name: Legal, kind: stakeholder}}"),
            fields("owner: legal, tasks: [{id: a, title: A}, {id: b, title: B, owner: legal}]"),
        ],
        [(("owner",), "m belongs to Legal"), (("tasks", 1, "owner"), "m/b belongs to Legal")],
    ),
    (
        "done-without-measure-met",
        [fields("finished: 2027-01-05, measures: [x, {text: w, met: 2027-01-05}, z]")],
        [(("measures", 0), "nobody has seen 2 of its 3 measures hold")],
    ),
    (
        "done-without-measure-met",
        [fields("measures: [x], tasks: [{id: a, title: A, finished: 2027-01-05}]")],
        [(("measures", 0), "1 of its 1 measure hold")],
    ),
    (
        "new-technology-without-research",
        [
            fields("new_technology: true, tasks: [{id: a, title: A, kind: research, dropped: 2027-01-05}]"),
        ],
        [(("new_technology",), "no time is set aside")],
    ),
    (
        "new-technology-without-research",
        [fields("new_technology: true, depends_on: [p], tasks: [{id: a, title: A, kind: research, priority: wont}]")],
        [(("new_technology",), "no time is set aside")],
    ),
    (
        "new-technology-without-research",
        [
            fields("new_technology: true, depends_on: [p], tasks: [{id: a, title: A}]"),
            fields("tasks: [{id: a, title: A}]", "p"),
        ],
        [(("new_technology",), "no time is set aside")],
    ),
    (
        "new-technology-without-research",
        [
            fields("new_technology: true, depends_on: [p, k/a]"),
            fields("tasks: [{id: a, title: A, kind: research, priority: wont}]", "p"),
            fields("dropped: 2027-01-05, tasks: [{id: a, title: A, kind: research}]", "k"),
        ],
        [(("new_technology",), "no time is set aside")],
    ),
    (
        "shipped-before-finished",
        [fields("started: 2027-01-05, shipped: {note: It is there}")],
        [(("shipped",), "m says what it brought under `shipped`, but it is in progress")],
    ),
    (
        "actual-before-finished",
        [fields("tasks: [{id: a, title: A, started: 2027-01-05, actual: 3d}, {id: b, title: B, actual: 4h}]")],
        [
            (("tasks", 0, "actual"), "m/a took 3d, as"),
            (("tasks", 1, "actual"), "m/b took 4h, as `actual` says, but it is p"),
        ],
    ),
    (
        "research-without-timebox",
        [fields("tasks: [{id: a, title: A, kind: research}, {id: b, title: B}, {id: c, title: C, kind: research}]")],
        [(("tasks", 0, "id"), "a and c of m have no timebox")],
    ),
    ("vague-word", [fields("outcome: Maps load faster")], [(("outcome",), "m says “faster” without a number")]),
    (
        "vague-word",
        [fields("outcome: It is user-friendly, measures: [9 of 10 like it, {text: Import is robust}]")],
        [(("outcome",), "“user-friendly” and “robust”")],
    ),
    ("vague-word", [("goal", "{id: g, title: G, measure: a better service}")], [(("measure",), "g says “better”")]),
    ("risk-without-owner", [risk("response: accept")], [(("id",), "Nobody watches the risk r and")]),
    ("risk-without-response", [risk("owner: bo")], [(("id",), "Nothing was decided about the risk r yet")]),
    ("risk-without-mitigation", [risk("response: transfer")], [(("response",), "r says transfer, but not by what")]),
    ("risk-without-review", [risk("owner: bo")], [(("id",), "looked at the risk r since")]),
    ("risk-without-odds", [risk("owner: bo")], [(("id",), "`probability`, `impact` and `threatens` are missing")]),
    ("risk-without-odds", [risk("probability: 30%, threatens: [m]")], [(("id",), "add `impact: 5d..15d`")]),
]

QUIET: list[tuple[str, Files]] = [
    ("not-specific", [fields("outcome: People publish")]),
    ("not-measurable", [fields("measures: [x]")]),
    ("not-time-bound", [fields("due: v9")]),
    ("not-time-bound", [fields("commitment: promise")]),
    ("no-goal", [BARE]),
    ("no-goal", [GOAL, fields("goal: g")]),
    ("no-evidence", [fields("due: 2027-05-03, commitment: tentative")]),
    ("no-evidence", [fields("estimate: 5d, commitment: target")]),
    ("no-evidence", [fields("due: 2027-05-03, achievable: We did it before.")]),
    ("no-evidence", [fields("commitment: promise, achievable: We did it before.")]),
    ("no-owner", [fields("owner: ada, tasks: [{id: a, title: A}]")]),
    ("unestimated", [fields("estimate: 5d")]),
    ("unestimated", [fields("tasks: [{id: a, title: A, finished: 2027-01-05}, {id: b, title: B, estimate: 1d}]")]),
    ("unestimated", [fields("tasks: [{id: a, title: A, priority: wont}, {id: b, title: B, estimate: 1d}]")]),
    ("promise-without-date", [fields("commitment: promise, due: 2027-Q2")]),
    ("promise-without-date", [fields("commitment: promise, finished: 2027-01-05")]),
    ("promise-informs-nobody", [fields("commitment: promise, raci: {informed: [bo]}")]),
    ("promise-risks-not-looked-at", [fields("commitment: promise"), risk("threatens: [m/a]")]),
    ("promise-risks-not-looked-at", [fields("commitment: promise"), ("review", "{id: x, risks_looked_at: [m]}")]),
    ("vote-without-comment", [fields("votes: {ada: {feasible: 2, says: the API still changes}, bo: 5}")]),
    ("stakeholder-owner", [fields("owner: bo")]),
    (
        "stakeholder-owner",
        [("plan", "people: {legal: {name: L, kind: stakeholder}}"), risk("owner: legal, mitigation: [{action: x}]")],
    ),
    ("done-without-measure-met", [fields("finished: 2027-01-05, measures: [{text: x, met: 2027-01-05}]")]),
    ("done-without-measure-met", [fields("dropped: 2027-01-05, measures: [x]")]),
    ("new-technology-without-research", [fields("new_technology: false")]),
    (
        "new-technology-without-research",
        [
            fields(
                "new_technology: true,"
                " tasks: [{id: a, title: A, kind: research, finished: 2027-01-05}, {id: b, title: B}]"
            )
        ],
    ),
    (
        "new-technology-without-research",
        [
            fields("new_technology: true, depends_on: [p/spike]"),
            fields("tasks: [{id: spike, title: A, kind: research}]", "p"),
        ],
    ),
    (
        "new-technology-without-research",
        [
            fields("new_technology: true, depends_on: [p]"),
            fields("tasks: [{id: spike, title: A, kind: research, finished: 2027-01-05}, {id: b, title: B}]", "p"),
        ],
    ),
    ("shipped-before-finished", [fields("finished: 2027-01-05, shipped: {note: It is there}")]),
    (
        "shipped-before-finished",
        [fields("shipped: {note: It is there}, tasks: [{id: a, title: A, finished: 2027-01-05}]")],
    ),
    ("shipped-before-finished", [fields("dropped: 2027-01-05, shipped: {note: A part of it}")]),
    (
        "actual-before-finished",
        [
            fields(
                "tasks: [{id: a, title: A, finished: 2027-01-05, actual: 3d},"
                " {id: b, title: B, dropped: 2027-01-05, actual: 1d}, {id: c, title: C}]"
            )
        ],
    ),
    ("research-without-timebox", [fields("tasks: [{id: a, title: A, kind: research, timebox: 2d}]")]),
    ("risk-without-mitigation", [risk("response: accept")]),
    ("risk-without-mitigation", [risk("response: mitigate, mitigation: [{action: x}]")]),
    ("risk-without-review", [risk("reviewed: 2027-01-05")]),
    ("risk-without-review", [risk("owner: bo"), ("review", "{id: x, risks_looked_at: [r]}")]),
    ("risk-without-review", [risk("threatens: [m]"), BARE, ("review", "{id: x, risks_looked_at: [m]}")]),
    ("risk-without-odds", [risk("probability: 0%, impact: 5d, threatens: [m]")]),
]


@pytest.mark.parametrize(("rule", "files", "expected"), SPEAKS)
def test_a_rule_speaks(rule: str, files: Files, expected: list[tuple[tuple[str | int, ...], str]]) -> None:
    assert_speaks(rule, files, expected)


@pytest.mark.parametrize(("rule", "files"), QUIET)
def test_a_rule_keeps_quiet(rule: str, files: Files) -> None:
    assert_quiet(rule, files)


GAPS = ["not-specific", "not-measurable", "not-time-bound", "no-goal", "no-owner", "unestimated", "no-small-wins"]
PROMISED = ["promise-without-date", "no-evidence", "promise-informs-nobody", "promise-risks-not-looked-at"]


@pytest.mark.parametrize("ended", NOT_AHEAD)
@pytest.mark.parametrize("rule", [*GAPS, *PROMISED, "vague-word", "vote-without-comment", "research-without-timebox"])
def test_what_is_over_or_put_off_is_not_nagged_about_gaps(rule: str, ended: str) -> None:
    text = (
        "estimate: 40d, commitment: promise, outcome: better, measures: [faster], votes: {ada: 1},"
        f" tasks: [{{id: a, title: A, kind: research}}], {ended}"
    )
    assert_quiet(rule, [GOAL, fields(text)])


@pytest.mark.parametrize("ended", ["closed: 2027-01-05", "occurred: 2027-01-05"])
@pytest.mark.parametrize("rule", ["owner", "response", "mitigation", "review", "odds"])
def test_a_risk_that_is_over_is_not_nagged_about_gaps(rule: str, ended: str) -> None:
    assert_quiet(f"risk-without-{rule}", [risk(f"response: mitigate, {ended}"), risk(ended)])


def test_a_new_plan_with_three_fields_for_each_milestone_gets_advice_and_nothing_worse() -> None:
    plan = plan_of(*(fields(f"due: 2027-0{month}-15", f"m{month}") for month in range(3, 9)))
    findings = [finding for rule in RULES for finding in found(plan, rule.name)]
    assert {finding.level for finding in findings} == {Level.ADVICE}
    assert [finding for finding in findings if finding.place.pointer == ("commitment",)] == []


def test_a_plan_that_names_nobody_hears_so_once() -> None:
    plan = replace(plan_of(BARE, fields("estimate: 1d", "p")), people=())
    (finding,) = found(plan, "no-owner")
    assert finding.message == "This plan names nobody, so nobody answers for 2 open milestones."
    assert finding.place.pointer == ("title",)
    assert found(replace(plan_of(fields("owner: ada")), people=()), "no-owner") == []
