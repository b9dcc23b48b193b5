"""Lists and mappings of the plan language in plain words, in `log`, `diff` and `show`."""

from __future__ import annotations

from datetime import date

import pytest

from milepost.model.item import Ref, Value
from milepost.render.paint import Paint
from milepost.render.plain import value_words
from milepost.render.show import render_item_text, render_plan_text
from milepost.render.words import change_words
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 2, 22)
SLOW: Value = {"feasible": "2", "pace": "slow", "says": "the API still changes"}

VALUES: list[tuple[str, Value, str]] = [
    ("votes", {"ada": "4", "bo": SLOW}, "ada 4; bo 2 (slow): the API still changes"),
    ("raci", {"responsible": {"bo": "writes it"}, "informed": ["sales"]}, "responsible bo (writes it); informed sales"),
    ("raci", {"responsible": ["bo", "cy"], "consulted": []}, "responsible bo, cy; consulted nobody"),
    ("shipped", {"note": "It works.", "thanks": ["bo", "legal"]}, "It works.; thanks to bo, legal"),
    ("agreed", [{"who": "legal", "about": ["a", "b"], "recorded_by": "ada"}], "legal to a, b (recorded by ada)"),
    ("actions", [{"text": "Ask", "owner": "bo", "due": "2027-01-22"}, {"text": "Do"}], "Ask (bo, due 2027-01-22); Do"),
    ("rules", {"stale": "ignore", "must-share": {"limit": "60%", "level": "error"}},
     "stale ignore; must-share limit 60%, level error"),
    ("because", {"scope": "Sales needs it"}, "scope: Sales needs it"),
    ("measures", ["60 s", {"text": "8 of 10", "met": "2027-02-20"}], "60 s; 8 of 10 (met 2027-02-20)"),
    ("mitigation", [{"action": "Draw it", "owner": "bo", "due": "2027-02-01", "probability": "10%", "impact": "2d..4d"},
                    {"action": "Ask"}], "Draw it (bo, due 2027-02-01), leaves 10% of 2d..4d; Ask"),
    ("depends_on", ["a", {"item": "b/c", "type": "SS", "lag": "3d"}], "a; b/c (SS, lag 3d)"),
    ("decisions", ["We stay", "We go"], "[We stay, We go]"),
    # what was never right is shown as it is
    ("votes", "yes", "yes"),
    ("votes", ["ada"], " ada"),
    ("raci", {"responsible": [["bo"]]}, "responsible nobody"),
    ("agreed", ["legal"], "legal"),
    ("shipped", [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "words"), VALUES)
def test_a_value(field: str, value: Value, words: str) -> None:
    assert value_words(value, field) == words


def test_ids_can_be_called_by_name() -> None:
    names = {"bo": "Bo Lind", "legal": "Legal"}
    assert value_words({"responsible": ["bo"], "consulted": ["legal", "x"]}, "raci", names) == (
        "responsible Bo Lind; consulted Legal, x"
    )


CHANGES: list[tuple[str, Value | None, Value | None, str]] = [
    ("votes", None, {"ada": "4"}, "ada 4"),
    ("votes", {"ada": "4", "bo": "3"}, {"ada": "4", "bo": SLOW}, "bo 3 → bo 2 (slow): the API still changes"),
    ("votes", {"ada": "4"}, {"ada": "4", "bo": "3"}, "+ bo 3"),
    ("votes", {"ada": "4"}, None, "no longer ada 4"),
    ("votes", {"ada": "4"}, {"bo": "3"}, "ada 4 → bo 3"),
    ("raci", {"responsible": ["bo"], "informed": ["cy"]}, {"responsible": ["bo"]}, "− informed cy"),
    ("rules", {"stale": "ignore"}, {"stale": "ignore", "too-long": {"limit": "9w"}}, "+ too-long limit 9w"),
    ("calendar", {"hours": "8"}, {"hours": "8", "holidays": "DE-BE"}, "+ holidays: DE-BE"),
    ("blocked", {"since": "2027-01-04", "by": "key"}, {"since": "2027-01-04", "by": "law"}, "by: key → law"),
    ("because", {"scope": "a"}, {"risk": "b"}, "scope: a → risk: b"),
    ("because", {"scope": "a"}, {"scope": "b"}, "scope: a → b"),
    ("items", ["a/b"], ["a/b", "a/c"], "+ a/c"),
    ("agreed", [], [{"who": "legal", "about": ["beta"]}], "+ legal to beta"),
    ("actions", [{"text": "Ask"}], [{"text": "Ask", "done": "2027-01-20"}], "done 2027-01-20: Ask"),
    ("actions", [{"text": "Ask"}], [{"text": "Ask", "owner": "bo"}, {"text": "Do"}], "Ask → Ask (bo), + Do"),
    (
        "mitigation",
        [{"action": "Ask", "owner": "bo"}],
        [{"action": "Ask", "owner": "bo", "done": "2027-01-20"}],
        "done 2027-01-20: Ask",
    ),
    ("measures", ["8 of 10", "60 s"], [{"text": "8 of 10", "met": "2027-02-20"}, "60 s"], "met 2027-02-20: 8 of 10"),
    ("depends_on", ["a", {"item": "b", "lag": "1d"}], ["c"], "− a, − b (lag 1d), + c"),
    ("votes", {"a": "1", "b": "2"}, {"b": "2", "a": "1"}, "another order"),
]


@pytest.mark.parametrize(("field", "old", "new", "words"), CHANGES)
def test_a_change(field: str, old: Value | None, new: Value | None, words: str) -> None:
    assert change_words(old, new, field) == words


BETA = milestone(
    "{id: beta, title: Public beta, due: 2027-03-15, raci: {responsible: {bo: writes it}, informed: [ada]},"
    " votes: {ada: 4, bo: {feasible: 2, says: no key}}}"
)
EVENTS = [
    ("sprint", "{id: 2027-s03, start: 2027-02-01, end: 2027-02-12}"),
    ("sprint", "{id: 2027-s04, start: 2027-02-15, end: 2027-02-26, goal: A map appears, items: [beta]}"),
    ("sprint", "{id: 2027-s05, start: 2027-03-01, end: 2027-03-12}"),
    ("review", "{id: winter, date: 2027-01-15, agreed: [{who: bo, about: [beta]}]}"),
    ("review", "{id: autumn, date: 2026-10-15}"),
    ("feedback", "{id: first-users, about: beta, date: 2027-02-20, said: It works}"),
]


def test_the_overview_names_the_sprint_under_way_and_what_came_last() -> None:
    text = render_plan_text(plan_of(BETA, *EVENTS), TODAY, Paint(False))
    assert text.endswith(
        "\nSprint until 26 Feb 2027: A map appears 2027-s04\n"
        "Last review 15 Jan 2027 winter\n"
        "Last feedback 20 Feb 2027 on Public beta first-users\n"
    )


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2027, 2, 27), "Next sprint from 1 Mar 2027 2027-s05"), (date(2027, 4, 1), "Last sprint ended 12 Mar 2027 ")],
)
def test_a_sprint_is_under_way_next_or_last(today: date, words: str) -> None:
    assert words in render_plan_text(plan_of(BETA, *EVENTS), today, Paint(False))


def test_a_risk_is_as_likely_as_what_was_done_about_it_leaves_it() -> None:
    risk = "id: vendor, title: It fails, threatens: [beta], probability: 30%"
    done = "[{action: A, done: 2027-01-05, probability: 10%}, {action: B, probability: 5%}]"
    assert "   30 %  It fails vendor" in render_plan_text(plan_of(BETA, ("risk", f"{{{risk}}}")), TODAY, Paint(False))
    treated = plan_of(BETA, ("risk", f"{{{risk}, mitigation: {done}}}"))
    assert "   10 %  It fails vendor" in render_plan_text(treated, TODAY, Paint(False))


def test_a_plan_without_them_says_nothing_of_them() -> None:
    text = render_plan_text(plan_of(BETA), TODAY, Paint(False))
    assert not [word for word in ("print", "eview", "eedback") if word in text]


@pytest.mark.parametrize(
    ("ref", "lines"),
    [
        (Ref("milestone", "beta"), ["    - responsible bo (writes it)", "    - informed ada", "    - bo 2: no key"]),
        (Ref("review", "winter"), ["winter  review winter", "    - bo to beta"]),
        (Ref("feedback", "first-users"), ["  said           It works"]),
        (Ref("sprint", "2027-s04"), ["  goal           A map appears", "    - beta"]),
    ],
)
def test_one_item(ref: Ref, lines: list[str]) -> None:
    plan = plan_of(BETA, *EVENTS)
    text = render_item_text(plan.items[ref], plan, Paint(False))
    assert set(lines) <= set(text.splitlines())
