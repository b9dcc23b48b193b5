"""Geometry of the small charts: parts that add up, shares with what is plausible, estimates against what it took."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.scoring import Interval, Level, Pair
from milepost.render.charts.calibration import draw_calibration
from milepost.render.charts.cascade import WIDTH, draw_cascade
from milepost.render.charts.interval import draw_interval
from milepost.render.charts.scatter import Scatter, draw_scatter


def test_each_bar_begins_where_the_one_before_it_ended() -> None:
    cascade = draw_cascade([30, 20, -10])
    assert [(bar.x, bar.width) for bar in cascade.bars] == [(2.0, 237.6), (239.6, 158.4), (318.8, 79.2)]
    assert (cascade.zero, cascade.total.x, cascade.total.width) == (2.0, 2.0, 316.8)


def test_what_is_earlier_in_all_lies_left_of_nothing() -> None:
    cascade = draw_cascade([10, -40])
    assert cascade.total.x + cascade.total.width == cascade.zero
    assert cascade.total.end == 2.0


@given(st.lists(st.integers(-4000, 4000), max_size=12))
def test_bars_add_up_and_stay_inside(parts: list[int]) -> None:
    cascade = draw_cascade(parts)
    for bar in (*cascade.bars, cascade.total):
        assert bar.width >= 0
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
    ends = [cascade.zero, *(bar.end for bar in cascade.bars)]
    assert ends[-1] == pytest.approx(cascade.total.end, abs=0.2)
    for bar, (start, end) in zip(cascade.bars, pairwise(ends), strict=True):
        assert bar.width == pytest.approx(abs(end - start), abs=0.25)


def test_a_share_lies_within_what_is_plausible() -> None:
    span = draw_interval(0.6, 0.3127, 0.8318, 0.8)
    assert (span.low, span.at, span.should, span.high) == (78.0, 142.4, 187.2, 194.3)
    assert span.marks == (8.0, 120.0, 232.0)


def scatter(*pairs: tuple[float, float]) -> Scatter:
    drawn = draw_scatter([Pair(*pair) for pair in pairs])
    assert drawn
    return drawn


def test_what_took_as_long_as_said_lies_on_the_diagonal() -> None:
    drawn = scatter((1, 1), (4, 4), (2, 8))
    diagonal = next(guide for guide in drawn.guides if guide.is_diagonal)
    assert (diagonal.start.x, diagonal.start.y) == (drawn.left, drawn.bottom)
    assert (diagonal.end.x, diagonal.end.y) == (drawn.right, drawn.top)
    for dot in drawn.dots:
        on_it = dot.x - drawn.left == pytest.approx(drawn.bottom - dot.y, abs=0.2)
        assert on_it == (dot.x != drawn.dots[1].x)


def test_twice_as_long_is_the_same_step_everywhere() -> None:
    drawn = scatter((1, 2), (10, 20), (10, 10))
    above = [dot.x - drawn.left - (drawn.bottom - dot.y) for dot in (drawn.dots[0], drawn.dots[2])]
    assert above[0] == pytest.approx(above[1], abs=0.3)
    twice = next(guide for guide in drawn.guides if guide.label == "2 ×")
    assert twice.start.x - drawn.left - (drawn.bottom - twice.start.y) == pytest.approx(above[0], abs=0.3)


def test_pairs_at_one_place_are_one_larger_dot() -> None:
    drawn = scatter((3, 4), (3.0000001, 4), (3, 5))
    assert [(dot.n, dot.r) for dot in drawn.dots] == [(2, 7.1), (1, 5.0)]


@given(st.lists(st.tuples(st.floats(0.01, 5000), st.floats(0.01, 5000)), min_size=1, max_size=40))
def test_everything_lies_within_the_plot(pairs: list[tuple[float, float]]) -> None:
    drawn = scatter(*pairs)
    ends = [(point.x, point.y) for guide in drawn.guides for point in (guide.start, guide.end)]
    for x, y in [*((dot.x, dot.y) for dot in drawn.dots), *((mark.x, mark.y) for mark in drawn.marks), *ends]:
        assert drawn.left <= x <= drawn.right
        assert drawn.top <= y <= drawn.bottom
    assert len(drawn.marks) <= 7


def test_dots_do_not_tell_in_which_order_they_were_finished() -> None:
    pairs = [(5.0, 8.0), (1.0, 2.0), (3.0, 3.0)]
    assert scatter(*pairs) == scatter(*reversed(pairs))


def test_without_pairs_there_is_no_picture() -> None:
    assert draw_scatter([]) is None


def test_ranges_that_are_right_lie_on_the_diagonal() -> None:
    drawn = draw_calibration([Level(sure, round(sure * 100), 100, Interval(0.0, 1.0)) for sure in (0.1, 0.5, 0.9)])
    for level in drawn.levels:
        assert level.at.x - drawn.left == pytest.approx(drawn.bottom - level.at.y, abs=0.2)
        assert (level.low, level.high) == (drawn.bottom, drawn.top)
    assert drawn.path.count("L") == 2
    assert draw_calibration([]).path == ""
