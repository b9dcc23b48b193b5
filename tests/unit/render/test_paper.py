from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.item import Ref
from milepost.render.charts.paper import HEIGHT, TALLEST, WIDTH, draw_on_paper, fit_on_paper, paper_days
from milepost.render.charts.timeline import Stretch, draw_timeline

TODAY = date(2026, 11, 23)


def stretch(name: str, end: int, kind: str = "milestone") -> Stretch:
    return Stretch(Ref(kind, name), name, "planned", None, TODAY + timedelta(days=end))


def with_tasks(*numbers: int) -> list[Stretch]:
    """A milestone for each number, with so many tasks."""
    return [
        stretch(f"m{index}" if task == 0 else f"m{index}/t{task}", index, "task" if task else "milestone")
        for index, number in enumerate(numbers)
        for task in range(number + 1)
    ]


def test_on_paper_are_less_than_two_years_around_today() -> None:
    first, last = ((day - TODAY).days for day in paper_days(TODAY))
    assert (first, 500 < last < 610) == (-120, True)
    everything = [stretch("old", first - 1), stretch("past", first), stretch("next", last), stretch("far", last + 1)]
    assert [one.item.id for one in fit_on_paper(everything, TODAY)] == ["past", "next"]
    assert draw_on_paper(everything[:1], TODAY) == draw_on_paper([], TODAY) == ()


def test_what_is_likely_or_was_first_said_far_away_is_not_on_paper() -> None:
    far = TODAY + timedelta(days=1500)
    one = replace(stretch("next", 400), original=far, even=TODAY + timedelta(days=410), sure=far)
    (fitting,) = fit_on_paper([one], TODAY)
    assert (fitting.original, fitting.even, fitting.sure) == (None, None, None)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_every_row_is_in_one_picture_that_a_page_has_room_for(numbers: list[int]) -> None:
    rows = with_tasks(*numbers)
    pictures = draw_on_paper(rows, TODAY)
    assert [row.item for picture in pictures for row in picture.rows] == [one.item for one in rows]
    assert {picture.width for picture in pictures} == {WIDTH}
    assert {picture.today for picture in pictures} == {pictures[0].today}
    assert all(picture.height < TALLEST + 100 for picture in pictures)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((3, 3), [8]), ((3, 10, 8), [4, 11, 9]), ((10, 1), [13]), ((12, 3), [13, 4]), ((33,), [29, 5])],
)
def test_a_milestone_stays_with_its_tasks_where_a_page_has_room(numbers: tuple[int, ...], expected: list[int]) -> None:
    assert [len(picture.rows) for picture in draw_on_paper(with_tasks(*numbers), TODAY)] == expected


def test_a_picture_for_a_screen_is_one_and_may_be_higher() -> None:
    rows = with_tasks(*[0] * 40)
    screen = draw_timeline(rows, TODAY)
    assert screen and screen.height > 3 * HEIGHT
    assert len(draw_on_paper(rows, TODAY)) == 4
