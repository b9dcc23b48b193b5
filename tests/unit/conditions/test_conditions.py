"""Conditions: what they mean, what they say about a plan, and how a mistake in one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.conditions.evaluate import Answer, Asked, evaluate_condition
from milepost.conditions.functions import ASKED_OF, FIELDS, FUNCTIONS, KINDS, PROPERTIES
from milepost.conditions.language import parse_condition
from milepost.conditions.tree import ConditionError, Type
from tests.unit.plans import milestone, plan_of

PLAN = plan_of(
    ("goal", "{id: self-serve, title: Self serve, due: 2027-12-31, serves: everyone}"),
    ("goal", "{id: everyone, title: Everyone, serves: round}"),
    ("goal", "{id: round, title: In a circle, serves: everyone}"),
    ("goal", "{id: alone, title: Serves nothing, owner: ada, due: v1.4}"),
    milestone(
        "{id: public-beta, title: Beta, goal: self-serve, due: 2027-03-15, commitment: promise, owner: ada,"
        " priority: must, labels: [maps], tasks: [{id: server, title: S, estimate: 4d, finished: 2027-01-08},"
        " {id: ui, title: U, estimate: 2w, owner: bo, started: 2027-01-11}, {id: docs, title: D}]}"
    ),
    milestone("{id: launch, title: Launch, due: v1.4, owner: bo, estimate: 8d..18d, depends_on: [public-beta]}"),
    milestone("{id: later, title: Later, owner: bo}"),
    milestone("{id: 2027-s03, title: Begins with a digit, dropped: 2027-01-01, estimate: 40d}"),
    ("risk", "{id: vendor, title: V, threatens: [public-beta], probability: 30%, owner: bo, response: mitigate}"),
    ("risk", "{id: old, title: O, closed: 2027-01-01}"),
)

SAYS = [
    ("due(public-beta) <= 2027-04-15", True),
    ("due(public-beta) > 2027-03-15", False),
    ("due(public-beta) = 2027-03-15", True),
    ("due(public-beta) == 2027-Q1", False),
    ("due(launch) > due(public-beta)", True),
    ("due(launch) - due(public-beta) >= 17d", True),
    ("due(launch) - due(public-beta) > 17d", False),
    ("due(public-beta) + 2w = 2027-03-29", True),
    ("2027-03-29 - 2w = due(public-beta)", True),
    ("due(v1.4) = 2027-04-01", True),
    ("due(self-serve) < 2028-01", True),
    ("due(later) > 2027-01-01", None),
    ("due(nothing) > 2027-01-01", None),
    ("due(nothing) > 2027-01-01 and due(public-beta) > 2028-01-01", False),
    ("due(nothing) > 2027-01-01 or due(public-beta) < 2028-01-01", True),
    ("not due(nothing) > 2027-01-01", None),
    ("started(public-beta/ui) = 2027-01-11", True),
    ("finished(public-beta/server) < 2027-02-01", True),
    ("status(public-beta) = started", True),
    ("status(later) = planned and status(2027-s03) = dropped", True),
    ("owner(public-beta) != bo", True),
    ("commitment(public-beta) = promise", True),
    ("probability(vendor) <= 30%", True),
    ("exists(vendor)", True),
    ("not exists(public-beta/nothing)", True),
    ("exists(milestone:launch) and not exists(risk:launch)", True),
    ("count(milestones) = 4", True),
    ("count(milestones, open) = 3", True),
    ("count(milestones, open, owner=bo) = 2", True),
    ("count(milestones, goal!=self-serve, not dropped) = 2", True),
    ("count(milestones, goal=everyone) = 1 and count(tasks, goal=round) = 3", True),
    ("count(milestones, goal!=everyone) = 3", True),
    ("effort(goal=everyone) = effort(goal=self-serve)", True),
    ("goal(public-beta) = everyone", False),
    ("count(milestones, promise) = 1", True),
    ("count(risks, open) > 5", False),
    ("count(risks, threatens=public-beta) = 1", True),
    ("count(tasks, priority=must) = 3", True),
    ("count(tasks, owner=bo) = 1", True),
    ("count(tasks, milestone=public-beta, done) = 1", True),
    ("count(tasks, label=maps, not estimated) = 1", True),
    ("count(people) = 2", True),
    ("count(goals, goal=everyone) = 3 and count(goals, goal!=everyone) = 1", True),
    ("count(goals, goal=nothing) = 0", True),
    ("count(goals, owner=ada) = 1", True),
    ("count(goals, release=v1.4) = 1", True),
    ("count(tasks, promise) = 3 and effort(promise) = 14d", True),
    ("effort(milestone=launch) = effort(owner=bo, planned)", True),
    ("effort() > 25d and effort() < 27d", True),  # 4 + 10, and the middle of 8 to 18: 12
    ("effort(goal=self-serve) = 2.8w", True),
    ("effort(goal=self-serve) - 32h = 10d", True),
    ("estimate(launch) = 12d", True),
    ("estimate(public-beta) = 14d", True),
    ("estimate(public-beta/docs) > 1d", None),
    ("effort(open) > 5pt", None),
    ("latest_due() = 2027-04-01", True),
    ("earliest_due(owner=bo) = 2027-04-01", True),
    ("earliest_due(owner=cy) = 2027-04-01", None),
    ("(exists(a) or exists(vendor)) and not (exists(a) and exists(vendor))", True),
    ('owner(public-beta) = "ada"', True),
]

REFUSED = [
    ("", "The condition ends here", 1),
    ("due(public-beta)", "This is a date, not a condition.", 1),
    ("due(public-beta) > 5d", "A date can't be compared with an amount.", 18),
    ("due(public-beta) > 5", "A date can't be compared with a number.", 18),
    ("owner(a) > bo", "Words have no order.", 10),
    ("due(a) - due(b) > 5h", "5h is no time between two dates.", 19),
    ("due(a) + 5pt > 2027-01-01", "5pt is no time between two dates.", 10),
    ("due(a) + due(b) > 2027-01-01", "A date can't be added to a date.", 8),
    ("dew(a) > 2027-01-01", "dew is no question.", 1),
    ("count(mielstones) > 1", "mielstones is no kind of item.", 7),
    ("count(risks, opne) > 1", "opne is no property to choose by.", 14),
    ("count(risks, colour=red) > 1", "colour is no field to choose by.", 14),
    ("count(goals, open) = 0", "`open` can't be asked of goals.", 14),
    ("count(risks, open, goal=a) = 0", "`goal=…` can't be asked of risks.", 20),
    ("count(people, not done) = 0", "`done` can't be asked of people.", 19),
    ("effort(about=a) > 1d", "`about=…` can't be asked of milestones or tasks.", 8),
    ("latest_due(kind=bug) > 2027-01-01", "`kind=…` can't be asked of milestones.", 12),
    ("due(a, open) > 2027-01-01", "due is asked about one id.", 8),
    ("due() > 2027-01-01", "due needs to know what it is asked about.", 5),
    ("2027-01-01 < 2027-01-02", "Both sides stay the same whatever the plan says.", 1),
    ("due(a) > 2027-02-30", "There is no day 2027-02-30.", 10),
    ("due(a) > 2027-13", "There is no month 2027-13.", 10),
    ("exists(a) exists(b)", "Exists stands here, where nothing more was expected.", 11),
    ("exists(a) and", "The condition ends here", 14),
    ("(exists(a)", "The condition ends here, where `)` was expected.", 11),
    ("exists(a) ; rm", "';' does not belong into a condition.", 11),
    ("__import__('os')", '"\'" does not belong into a condition.', 12),
    ("(" * 40 + "exists(a)" + ")" * 40, "More than 32 levels are nested here.", 33),
    ("count(risks) < " + "9" * 310, "This number is larger than anything in a plan.", 16),
    ("due(a) > ٢٠٢٧-04", "A date can't be compared with a word.", 8),
    ("effort() > ٣d", "Effort can't be compared with a word.", 10),
    ("count(risks) > ٣", "A number can't be compared with a word.", 14),
    ("effort() < " + "9" * 310 + "d", "This is more than anybody can do.", 12),
    ("exists(a) or " * 100 + "exists(a)", "The condition is longer than 1,000 characters.", 1000),
]


@pytest.mark.parametrize(("text", "expected"), SAYS)
def test_what_a_condition_says(text: str, expected: bool | None) -> None:
    answer = evaluate_condition(parse_condition(text), PLAN)
    assert answer.value is expected
    assert (answer.unknown is None) == (expected is not None)


@pytest.mark.parametrize(("text", "message", "column"), REFUSED)
def test_a_mistake_is_told_with_its_place(text: str, message: str, column: int) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert message in caught.value.message
    assert caught.value.column == column
    assert caught.value.hint


def test_what_is_missing_is_said() -> None:
    assert evaluate_condition(parse_condition("due(nothing) > 2027-01-01"), PLAN) == Answer(None, "there is no nothing")
    assert evaluate_condition(parse_condition("due(later) > 2027-01-01"), PLAN) == Answer(None, "later has no due")


#: Something to compare an answer of each type with.
_SIDES = {
    Type.DATE: "2027-01-01",
    Type.EFFORT: "1d",
    Type.WORD: "x",
    Type.SHARE: "1%",
    Type.NUMBER: "1",
    Type.TRUTH: "",
}


def test_a_team_is_that_of_whoever_answers_for_it() -> None:
    plan = plan_of(
        ("plan", "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada, team: maps}}\n"),
        ("goal", "{id: open, title: Open, owner: ada}"),
        ("risk", "{id: vendor, title: Vendor, owner: ada}"),
        milestone("{id: beta, title: Beta, owner: ada, tasks: [{id: draw, title: Draw}]}"),
    )
    for kind in ("goals", "risks", "milestones", "tasks", "people"):
        assert evaluate_condition(parse_condition(f"count({kind}, team=maps) = 1"), plan).value, kind


def test_every_question_and_filter_can_be_asked_of_an_empty_plan() -> None:
    empty = plan_of()
    refused = set()
    for name, function in FUNCTIONS.items():
        for subject in KINDS if function.takes == "kind" else ["a"] if function.takes == "id" else [""]:
            for one in [*PROPERTIES, *(f"{field}=x" for field in FIELDS)] if function.filters else [""]:
                inside = ", ".join(part for part in (subject, one) if part)
                side = {"a date": "2027-01-01", "effort": "1d", "a word": "x", "a percentage": "1%"}.get(
                    function.type, "1"
                )
                text = f"{name}({inside})" + ("" if function.type == "true or false" else f" = {side}")
                try:
                    evaluate_condition(parse_condition(text), empty)
                except ConditionError as error:
                    assert "can't be asked of" in error.message
                    refused.add((name, KINDS.get(subject), one.removesuffix("=x")))
    able = {("count", kind, one) for one, kinds in ASKED_OF.items() for kind in kinds}
    every = {("count", kind, one) for kind in KINDS.values() for one in (*PROPERTIES, *FIELDS)}
    assert {one for one in refused if one[0] == "count"} == every - able


_PIECES = [
    *FUNCTIONS,
    *PROPERTIES,
    *FIELDS,
    *KINDS,
    "and",
    "or",
    "not",
    "(",
    ")",
    ",",
    "=",
    "<",
    "-",
    "+",
    "5d",
    "2027-01",
    "a",
    "%",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_condition_or_a_mistake_with_a_place(text: str) -> None:
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert evaluate_condition(condition, PLAN).value in (True, False, None)


REFERENCES = [
    ("due(beta) - due(milestone:launch) > 5d", ["beta", "milestone:launch"]),
    ("count(milestones, goal=beta, label=beta, open) > 3", ["goal:beta"]),
    ('estimate(beta/ui) > 5d and owner("beta") = beta', ["beta/ui", "beta"]),
    ("count(risks, threatens=beta) = 1 or exists(open)", ["beta", "open"]),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_what_names_an_item_is_known_by_its_place(text: str, expected: list[str]) -> None:
    references = parse_condition(text).references
    assert [f"{one.kind}:{one.id}" if one.kind else one.id for one in references] == expected
    assert all(text[one.start : one.end] == one.id for one in references)


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    asked = Asked(PLAN)
    for text in ("effort() > 1d", "effort()   > 2d", "due(nothing) > 2027-01-01", "due(nothing) > 2027-01-02"):
        assert evaluate_condition(parse_condition(text), asked) == evaluate_condition(parse_condition(text), PLAN)
    assert len(asked.known) == 2
