"""How much a team finishes in a sprint: the figures, and what they are worth with few sprints."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.sprints.velocity import Pace, Velocity
from milepost.model.estimate import Unit

T80 = {1: 1.376382, 2: 1.060660, 3: 0.978472}  # one-sided 80 % quantiles of Student's t, by degrees of freedom
T90 = {1: 3.077684, 2: 1.885618, 3: 1.637744, 4: 1.533206}


def velocity(*finished: float, hours: float = 100.0, unit: Unit = Unit.HOURS) -> Velocity:
    days = (date(2027, 1, 15) + timedelta(weeks=2 * number) for number in range(len(finished)))
    return Velocity(
        unit,
        tuple(Pace(f"s{n}", day, 80.0, done, hours) for n, (day, done) in enumerate(zip(days, finished, strict=True))),
    )


def test_two_to_four_sprints_are_judged_by_students_t() -> None:
    for finished in ([60.0, 70.0], [60.0, 70.0, 64.0], [60.0, 70.0, 64.0, 58.0]):
        n = len(finished)
        expected = mean(finished) - T80[n - 1] * stdev(finished) * (1 + 1 / n) ** 0.5
        assert velocity(*finished).committable(100.0) == pytest.approx(expected, rel=1e-5)


def test_from_five_sprints_on_it_is_their_20th_percentile() -> None:
    assert velocity(50, 60, 70, 80, 90).committable(100.0) == pytest.approx(58.0)
    assert velocity(*range(0, 101, 10)).committable(100.0) == pytest.approx(20.0)


def test_what_is_likely_is_as_seen_only_with_ten_sprints() -> None:
    five = [50.0, 60.0, 70.0, 80.0, 90.0]
    half = T90[4] * stdev(five) * (1 + 1 / 5) ** 0.5
    likely = velocity(*five).likely(100.0)
    assert likely is not None
    assert likely == pytest.approx((70 - half, 70 + half), rel=1e-5)
    assert velocity(*range(0, 101, 10)).likely(100.0) == pytest.approx((10.0, 90.0))


def test_one_sprint_says_nothing_of_the_next() -> None:
    assert velocity().committable(100.0) is None
    assert velocity(60).committable(100.0) is None
    assert velocity(60).likely(100.0) is None
    assert velocity(60).spread is None
    assert velocity(60).middle == 60


def test_the_focus_is_the_usual_one_until_three_sprints_are_over() -> None:
    assert velocity(10, 10).focus == 0.7
    assert velocity(40, 50, 60).focus == pytest.approx(0.5)
    assert velocity(unit=Unit.POINTS).focus == 0
    assert velocity(20, 30, unit=Unit.POINTS).focus == pytest.approx(0.25)


def test_sprints_that_vary_a_lot_bear_out_nothing_rather_than_less() -> None:
    assert velocity(5, 95).committable(100.0) == 0


SPRINTS = st.lists(st.floats(0, 200), min_size=2, max_size=30)


@given(SPRINTS, st.floats(1, 500), st.floats(0.1, 10))
def test_twice_the_time_is_twice_the_work(finished: list[float], hours: float, factor: float) -> None:
    once, more = velocity(*finished).committable(hours), velocity(*finished).committable(hours * factor)
    assert once is not None and more is not None
    assert more == pytest.approx(once * factor, abs=1e-6)


@given(SPRINTS.flatmap(lambda finished: st.tuples(st.just(finished), st.permutations(finished))))
def test_the_order_of_sprints_does_not_matter(orders: tuple[list[float], list[float]]) -> None:
    one, other = (velocity(*finished).committable(80) for finished in orders)
    assert one == pytest.approx(other, abs=1e-6)


@given(SPRINTS, st.floats(1, 50))
def test_a_team_that_finishes_more_is_not_expected_to_finish_less(finished: list[float], more: float) -> None:
    before, after = velocity(*finished).likely(100), velocity(*(one + more for one in finished)).likely(100)
    assert before is not None and after is not None
    assert after.low >= before.low - 1e-6
    assert after.high >= before.high - 1e-6
    assert before.low <= before.high
