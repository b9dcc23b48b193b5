"""What the front page says of the last seven days: the day is 23 November 2026."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

import pytest

from milepost.model.item import PLAN, Ref, Value
from tests.unit.render.test_site import Reader

Fields = Mapping[str, Value]
Make = Callable[..., object]
Tell = Callable[..., str]

PROMISE: Fields = {"commitment": "promise"}


def tasks_of(items: Mapping[str, Fields]) -> dict[Ref, Fields]:
    tasks = ((id, cast("list[dict[str, Value]]", one.get("tasks", []))) for id, one in items.items())
    return {Ref("task", f"{id}/{task['id']}"): task for id, group in tasks for task in group}


@pytest.fixture
def told(render: Callable[..., dict[str, str]], version: Make) -> Tell:
    """The sentence, of milestones as they were accepted on some days: `told({17: {"beta": {"due": "2026-12-01"}}})`."""

    def tell(days: Mapping[int, Mapping[str, Fields]]) -> str:
        plan = {PLAN: {"title": "Heron"}}
        versions = [version(date(2026, 10, 1), plan)]
        for day, items in days.items():
            named = {Ref("milestone", id): {"title": id.title(), **fields} for id, fields in items.items()}
            versions.append(version(date(2026, 11, day), {**named, **tasks_of(items)}))
        text = " ".join("".join(Reader(render(versions)["index.html"]).text).split())
        found = re.search(r"Since 16 Nov, .*?finished\.|Since 16 Nov, .*?Finished: .*?\.", text)
        return found[0] if found else ""

    return tell


def due(day: str, fields: Fields = PROMISE) -> Fields:
    return {"due": day, **fields}


def test_nothing_happened_is_said_too(told: Tell) -> None:
    assert told({1: {"beta": due("2026-12-01")}}) == "Since 16 Nov, no promise moved and nothing was finished."


def test_the_one_that_moved_is_named(told: Tell) -> None:
    days = {1: {"beta": due("2026-12-01")}, 17: {"beta": due("2026-12-22")}}
    assert told(days) == "Since 16 Nov, 1 promise moved: Beta, 21 days later. Nothing was finished."


def test_of_several_the_one_that_moved_most(told: Tell) -> None:
    first = {"beta": due("2026-12-01"), "gamma": due("2027-02-01"), "delta": due("2027-03-01")}
    days = {1: first, 20: {"beta": due("2026-12-02"), "gamma": due("2027-01-01")}}
    assert told(days) == "Since 16 Nov, 2 promises moved, most of all Gamma, 31 days earlier. Nothing was finished."


def test_what_was_finished_is_named_and_tasks_are_counted(told: Tell) -> None:
    tasks: list[Value] = [{"id": "a", "finished": "2026-11-18"}, {"id": "b", "finished": "2026-11-16"}, {"id": "c"}]
    alone = {"beta": due("2026-12-01", {**PROMISE, "tasks": tasks})}
    assert told({1: alone}) == "Since 16 Nov, no promise moved. Finished: 1 task."
    done = {f"m{n}": due("2026-11-20", {"finished": f"2026-11-{18 + n}"}) for n in range(6)}
    assert told({1: {**alone, **done}}) == (
        "Since 16 Nov, no promise moved. Finished: M5, M4, M3, M2, 2 more and 1 other task."
    )


def test_there_and_back_has_not_moved(told: Tell) -> None:
    days = {1: {"beta": due("2026-12-01")}, 18: {"beta": due("2026-12-22")}, 19: {"beta": due("2026-12-01")}}
    assert told(days) == "Since 16 Nov, no promise moved and nothing was finished."


def test_a_day_that_the_week_begins_after_does_not_count(told: Tell) -> None:
    days = {1: {"beta": due("2026-12-01")}, 16: {"beta": due("2026-12-22")}}
    assert told(days) == "Since 16 Nov, no promise moved and nothing was finished."


def test_a_date_taken_away_moved_though_nobody_can_say_how_far(told: Tell) -> None:
    days: dict[int, dict[str, Fields]] = {1: {"beta": due("2026-12-01")}, 17: {"beta": PROMISE}}
    assert told(days) == "Since 16 Nov, 1 promise moved: Beta. Nothing was finished."


def test_a_plan_without_promises_tells_of_its_dates(told: Tell) -> None:
    days = {1: {"beta": due("2026-12-01", {})}, 17: {"beta": due("2026-12-02", {})}}
    assert told(days) == "Since 16 Nov, 1 date moved: Beta, 1 day later. Nothing was finished."


def test_an_empty_plan_and_one_that_was_done_long_ago_say_nothing(told: Tell) -> None:
    assert told({}) == ""
    assert told({1: {"beta": due("2026-10-01", {"finished": "2026-10-01"})}}) == ""
