"""A schedule drawn with characters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milepost.analyses.schedules.rows import Row
from milepost.model.due import Due
from milepost.model.item import Ref
from milepost.model.work import Status
from milepost.render.gantt import WIDTH, choose_scale, draw_axis, draw_row

TODAY = date(2027, 3, 1)  # a Monday


def task(
    start: int, finish: int, late: int | None = None, status: Status = Status.PLANNED, is_driving: bool = False
) -> Row:
    days = [TODAY + timedelta(days) for days in (start, finish, finish if late is None else late)]
    rest = TODAY if status is Status.IN_PROGRESS else None
    return Row(
        Ref("task", "beta/one"), status, "ada", None, True, days[0], days[1], rest=rest, late_finish=days[2],
        total_float=float((late or finish) - finish), is_driving=is_driving,
    )  # fmt: skip


def milestone(finish: int | None, due: int, start: int = 0) -> Row:
    day = TODAY + timedelta(due)
    end = None if finish is None else TODAY + timedelta(finish)
    begin = TODAY + timedelta(start)
    ref = Ref("milestone", "beta")
    return Row(ref, Status.PLANNED, "ada", Due(str(day), day), True, begin, end, is_work=False)


def drawn(*rows: Row) -> list[str]:
    scale = choose_scale(rows, TODAY)
    return [draw_row(row, scale, TODAY).rstrip() for row in rows]


def test_a_day_is_a_column_where_there_is_room() -> None:
    assert drawn(task(0, 2), task(3, 4, late=9), task(7, 8, is_driving=True), task(0, 29)) == [
        "▒▒▒",
        "│  ▒▒·····",
        "│      ██",
        "▒" * 30,
    ]


def test_what_is_done_what_has_begun_and_what_is_left_differ_without_colour() -> None:
    assert drawn(task(-7, -3, status=Status.DONE), task(-5, 2, status=Status.IN_PROGRESS), task(0, 20)) == [
        "━━━━━  │",
        "  ━━━━━▒▒▒",
        "       " + "▒" * 21,
    ]


def test_a_milestone_is_reached_at_a_point_and_has_a_due_date() -> None:
    assert drawn(milestone(4, 8), milestone(8, 4), milestone(4, 4)) == [
        "────◆   ◇",
        "────◇───◆",
        "────◆",
    ]


def test_what_has_no_end_runs_out_of_the_chart() -> None:
    assert drawn(milestone(None, 3), task(0, 9))[0] == "───◇" + "─" * (WIDTH - 5) + "›"


def test_what_was_long_ago_and_what_is_far_away_is_at_the_edges() -> None:
    rows = task(-300, 4, status=Status.IN_PROGRESS), milestone(4, 9_000)
    first, second = drawn(*rows)
    assert first.startswith("‹━")
    assert second.endswith("›")
    assert len(second) == WIDTH


@pytest.mark.parametrize("days", [1, 30, 60, 100, 200, 400, 800, 2_000, 10_000, 40_000, 2_900_000])
def test_any_length_finds_room(days: int) -> None:
    rows = [task(0, days)]
    scale = choose_scale(rows, TODAY)
    line = draw_row(rows[0], scale, TODAY)
    assert len(line) == WIDTH
    assert line[0] == "▒"
    axis = list(draw_axis(scale, TODAY))
    assert axis[0].startswith("2027")
    assert axis[-1] == "│ today"
    assert all(len(one) <= WIDTH for one in axis)
