from collections.abc import Callable
from datetime import date

import pytest

from milepost.analyses.roadmap import arrange_roadmap
from milepost.analyses.slip import measure_slips
from milepost.model.history import History
from milepost.model.plan import Plan
from milepost.render.site import sentences
from milepost.render.site.steps import Step, by_revision, walk_steps

TODAY = date(2026, 11, 23)
Tell = Callable[..., tuple[Plan, History]]


TRACKED = {"sig.owner", "anything", "long"}


def steps(history: History, **names: str) -> list[Step]:
    return list(walk_steps(history.changes, names, TRACKED))


def test_a_step_is_what_one_change_did_to_one_item(told: Tell) -> None:
    _, history = told({"a": {"title": "A"}, "b": {"title": "B"}}, {"a": {"title": "A", "due": "2026-12-14"}})
    found = steps(history)
    assert [(step.item.id, step.added) for step in found] == [("a", True), ("b", True), ("a", False)]
    assert [len(group) for _, group in by_revision(found)] == [2, 1]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"due": "2026-11-23"}, {"due": "2026-12-14"}, "moves to 14 Dec 2026 (+21 d)"),
        ({"due": "2026-11-23"}, {"title": "x"}, "has no date any more"),
        ({"owner": "bo"}, {"owner": "ada"}, "goes to Ada Bright"),
        ({"title": "x"}, {"title": "x", "finished": "2026-11-01", "owner": "bo"}, "finished"),
        ({"title": "x"}, {"title": "x", "started": "2026-11-01"}, "started"),
        ({"started": "2026-11-01"}, {"title": "x"}, "no longer started"),
        ({"estimate": "3d"}, {"estimate": "3d..12d"}, "estimate 3 days → 3 to 12 days"),
        ({"title": "x"}, {"title": "x", "depends_on": ["y"]}, "what it waits for changed"),
        ({"title": "x"}, {"title": "x", "sig.owner": "y"}, "sig.owner changed"),
    ],
)
def test_steps_read_as_sentences(told: Tell, before: dict[str, str], after: dict[str, str], words: str) -> None:
    _, history = told({"a": before}, {"a": after})
    assert sentences.step_words(steps(history, ada="Ada Bright")[-1]) == words


def test_of_lists_only_what_went_and_came_is_shown(told: Tell) -> None:
    _, history = told({"a": {"depends_on": ["x", "y"]}}, {"a": {"depends_on": ["y", "z"]}})
    entry = steps(history, x="Ex", z="Zed")[-1].entries[0]
    assert (entry.old, entry.new) == ("Ex", "Zed")


def test_values_of_any_shape_become_one_line(told: Tell) -> None:
    value = [{"text": "8 of 10", "met": "2026-10-20"}, {"item": "x", "lag": "3d"}, {"a": ["b", {"c": "d"}]}]
    _, history = told({"a": {"anything": value, "long": "word " * 100}})
    first, second = steps(history)[0].entries
    assert first.new == "8 of 10 (met 20 Oct 2026), x, a: b, c: d"
    assert len(second.new) <= 240 and second.new.endswith("…")


@pytest.mark.parametrize("field", ["votes", "works", "away", "actual", "email", "a-field-of-next-year"])
def test_what_concerns_a_person_alone_is_no_step(told: Tell, field: str) -> None:
    _, history = told({"a": {"title": "A"}}, {"a": {"title": "A", field: "secret"}})
    assert len(steps(history)) == 1


def test_what_concerns_a_person_alone_is_not_shown_for_a_source_either(told: Tell) -> None:
    _, history = told({"a": {"title": "A"}}, {"a": {"title": "A", "votes": {"bo": "2"}}})
    assert len(list(walk_steps(history.changes, {}, {"votes"}))) == 1


def test_roles_and_thanks_are_told_by_name(told: Tell) -> None:
    fields = {"raci": {"responsible": {"bo": "writes it"}}, "shipped": {"note": "It works.", "thanks": ["bo"]}}
    _, history = told({"a": {"title": "A"}}, {"a": {"title": "A", **fields}})
    words = [(entry.label, entry.new) for entry in steps(history, bo="Bo Lind")[-1].entries]
    assert words == [("Roles", "responsible Bo Lind (writes it)"), ("Shipped", "It works.; thanks to Bo Lind")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due": "2026-12-14", "commitment": "promise"}, "It is promised for 14 December."),
        ({"due": "2026-12-14"}, "It is aimed at 14 December."),
        ({"due": "2027-Q2", "commitment": "tentative"}, "It is pencilled in for Q2 2027."),
        ({"due": "2026-11-22", "commitment": "promise"}, "It was promised for 22 November, 1 day ago."),
        ({"title": "x"}, "It has no date yet."),
    ],
)
def test_the_headline_says_how_firmly_a_date_is_meant(told: Tell, fields: dict[str, str], words: str) -> None:
    plan, history = told({"a": fields})
    first = arrange_roadmap(plan, measure_slips(history), TODAY).first
    assert first
    assert sentences.headline(first, "It", TODAY) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2026-12-01"], "The date has not moved since it was first said."),
        (["2026-12-01", "2026-12-31"], "It has moved once, 30 days in all."),
        (["2026-12-11", "2026-12-31", "2026-12-01"], "It has moved twice and is 10 days earlier than first said."),
        (["2026-12-01", "2026-12-31", "2026-12-01"], "It has moved twice and is back on the date first said."),
    ],
)
def test_moves_are_told_without_drama(told: Tell, dates: list[str], words: str) -> None:
    plan, history = told(*({"a": {"due": day}} for day in dates))
    first = arrange_roadmap(plan, measure_slips(history), TODAY).first
    assert first
    assert sentences.moved_sentence(first) == words


def test_other_promises_are_counted(told: Tell) -> None:
    promise = {"due": "2026-12-14", "commitment": "promise"}
    late = {**promise, "due": "2026-12-15"}
    plan, history = told({"a": promise, "b": promise, "c": promise}, {"b": late})
    roadmap = arrange_roadmap(plan, measure_slips(history), TODAY)
    assert roadmap.first and roadmap.first.milestone.id == "b"
    assert sentences.other_promises(roadmap, roadmap.first) == "Of 2 other promises, none have moved."
    plan, history = told({"a": promise, "b": promise, "c": promise}, *({id: late} for id in "abc"))
    roadmap = arrange_roadmap(plan, measure_slips(history), TODAY)
    assert sentences.other_promises(roadmap, roadmap.first) == "Of 2 other promises, all have moved."
