"""The picture of a distribution, bars of effects, and bands of past forecasts: where everything lies."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.forecasts.curve import Reached
from milepost.model.item import Ref
from milepost.render.charts.effects import WIDTH, draw_effects
from milepost.render.charts.likelihood import BASE, LEFT, Likelihood, Month, draw_likelihood, lay_axis
from milepost.render.charts.track import Likely, Track
from milepost.render.charts.trend import Frame, draw_trend

TODAY = date(2027, 3, 1)  # a Monday


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def draw(chances: dict[int, float], due: int | None = None, last: int = 60) -> Likelihood:
    curve = [Reached(day(-1), 0.0), *(Reached(day(number), chance) for number, chance in chances.items())]
    even, sure = (next((one.day for one in curve if one.chance >= p), None) for p in (0.5, 0.8))
    drawn = draw_likelihood(curve, lay_axis([day(last)], TODAY), None if due is None else day(due), even, sure)
    assert drawn
    return drawn


def area(picture: Likelihood, is_late: bool) -> float:
    return sum(bar.width * bar.height for bar in picture.bars if bar.is_late is is_late)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=40, unique=True), st.integers(0, 55))
def test_areas_are_chances_and_what_is_late_has_its_own_colour(days: list[int], due: int) -> None:
    ordered = sorted(days)
    picture = draw({number: (place + 1) / len(ordered) for place, number in enumerate(ordered)}, due)
    late = sum(number > due for number in ordered) / len(ordered)
    whole = area(picture, is_late=True) + area(picture, is_late=False)
    assert area(picture, is_late=True) / whole == pytest.approx(late, abs=0.12)  # bars have gaps and whole heights
    assert (late > 0) == any(bar.is_late for bar in picture.bars)
    assert all(bar.x >= LEFT and bar.y + bar.height == pytest.approx(BASE) for bar in picture.bars)


def test_without_a_due_date_nothing_is_late() -> None:
    picture = draw({10: 0.5, 20: 1.0})
    assert picture.due is None and not [bar for bar in picture.bars if bar.is_late]


def test_a_due_date_is_a_flag_where_its_day_ends() -> None:
    picture = draw({10: 0.5, 20: 1.0}, due=12)
    assert picture.due and picture.due.x == lay_axis([day(60)], TODAY).scale.at(day(13))
    assert draw({10: 0.5, 20: 1.0}, due=-3).due is None
    assert draw({10: 0.5, 20: 1.0}, due=300).due is None


def test_what_lies_beyond_the_axis_is_told() -> None:
    assert draw({10: 0.5, 20: 0.9, 300: 1.0}).beyond == pytest.approx(0.1)
    assert draw({10: 0.5, 20: 1.0}).beyond == 0.0


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw_likelihood([], lay_axis([], TODAY), None, None, None) is None
    assert draw_likelihood([Reached(day(-1), 0.0)], lay_axis([], TODAY), None, None, None) is None


@given(st.integers(0, 45), st.integers(0, 12))
def test_labels_of_the_days_make_room_for_each_other(even: int, more: int) -> None:
    picture = draw({even: 0.5, even + more + 1: 1.0})
    first, last = picture.marks
    assert first.x < last.x
    if last.x - first.x < 58:
        assert last.anchor == "start" and (first.anchor == "end" or not first.label)


@given(st.integers(1, 4000))
def test_an_axis_has_bars_that_can_be_seen_and_months_that_can_be_read(length: int) -> None:
    axis = lay_axis([day(length)], TODAY)
    assert len(axis.edges) < 100
    assert axis.edges[0] == TODAY and list(axis.edges) == sorted(axis.edges)
    named = [month.at for month in axis.ticks if month.label]
    assert all(later - sooner >= 60 for sooner, later in pairwise(named))


@given(st.integers(1, 4000), st.integers(0, 365))
def test_labels_of_months_do_not_touch(length: int, shift: int) -> None:
    today = TODAY + timedelta(shift)
    boxes = [_box(month) for month in lay_axis([today + timedelta(length)], today).ticks if month.label]
    assert all(left[1] + 4 <= right[0] for left, right in pairwise(boxes))


def _box(month: Month) -> tuple[float, float]:
    """About where a label begins and ends, as the template anchors it, in letters of 12 px."""
    width = len(month.label) * 6.6
    begin = month.at if month.at < 60 else month.at - (width if month.at > 560 else width / 2)
    return begin, begin + width


def test_effects_have_one_scale_and_begin_at_nothing() -> None:
    some, none, saves = draw_effects([(4.0, 8.0), (0.0, None), (-2.0, None)])
    assert some.behind and some.behind[1] == pytest.approx(2 * some.width)
    assert none.width == 0.0 and saves.x + saves.width == pytest.approx(some.zero)
    assert some.x == some.zero and some.behind[0] + some.behind[1] <= WIDTH


def test_effects_of_nothing_are_drawn_too() -> None:
    assert [one.width for one in draw_effects([(0.0, 0.0)])] == [0.0]
    assert draw_effects([]) == ()


def track(*likely: Likely) -> Track:
    said = ((day(0), day(100)), (day(30), day(110)))
    return Track(Ref("milestone", "beta"), said, day(60), likely=likely)


def test_past_forecasts_are_a_band_from_one_to_the_next() -> None:
    trend = draw_trend([track(Likely(day(0), day(90), day(95)), Likely(day(20), day(105), day(120)))], day(60), Frame())
    assert trend
    band = trend.lines[0].line.band
    assert band.count("M") == 2 and band.count("z") == 2
    first, second = (part.split("H")[0] for part in band.split("M")[1:])
    assert float(first.split()[0]) < float(second.split()[0])
    assert float(second.split()[1]) < float(first.split()[1]), "later is higher"
    assert band.split("M")[2].split("H")[1].startswith(str(trend.lines[0].line.end.x))


def test_a_forecast_far_out_leaves_room_for_what_was_said() -> None:
    near, far = (draw_trend([track(Likely(day(0), day(90), last))], day(60), Frame()) for last in (day(300), day(3000)))
    assert near and far
    assert near.lines[0].line.path == far.lines[0].line.path


def test_without_forecasts_there_is_no_band() -> None:
    trend = draw_trend([track()], day(60), Frame())
    assert trend and trend.lines[0].line.band == ""
