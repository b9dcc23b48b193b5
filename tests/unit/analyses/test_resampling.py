"""How many sprints some work takes, by drawing past ones again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.analyses.sprints.resampling import count_sprints
from milepost.analyses.sprints.velocity import Pace, Velocity
from milepost.model.estimate import Unit


def velocity(*finished: float) -> Velocity:
    return Velocity(Unit.HOURS, tuple(Pace(f"s{n}", date(2027, 1, 1), 9, done, 80) for n, done in enumerate(finished)))


def test_a_team_that_always_finishes_the_same_needs_what_division_says() -> None:
    steady = velocity(10, 10, 10)
    assert count_sprints(steady, [0, 1, 10, 11, 95], 0.5) == [0, 1, 1, 2, 10]
    assert count_sprints(steady, [0, 1, 10, 11, 95], 0.8) == [0, 1, 1, 2, 10]


@pytest.mark.parametrize(("sure", "expected"), [(0.4, 3), (0.6, 4), (0.76, 5), (0.86, 6), (0.95, 8)])
def test_it_is_as_sure_as_the_binomial_distribution(sure: float, expected: int) -> None:
    """Half of the sprints finish 10 and half nothing: two good ones among n are as likely as 1 - (n + 1) / 2^n."""
    assert count_sprints(velocity(0, 10, 0, 10), [20], sure) == [expected]


def test_too_few_sprints_and_none_that_finished_anything_say_nothing() -> None:
    assert count_sprints(velocity(10, 10), [5, 50], 0.5) == [None, None]
    assert count_sprints(velocity(0, 0, 0), [5], 0.5) == [None]
    assert count_sprints(velocity(10, 10, 10), [5, 1e9], 0.5) == [1, None]


@settings(max_examples=25)
@given(
    st.lists(st.floats(0, 50), min_size=3, max_size=12).filter(any),
    st.lists(st.floats(0, 300), max_size=8).map(sorted),
    st.integers(0, 99),
)
def test_more_work_never_takes_fewer_sprints_and_the_same_seed_gives_the_same(
    finished: list[float], amounts: list[float], seed: int
) -> None:
    likely = count_sprints(velocity(*finished), amounts, 0.5, seed)
    sure = count_sprints(velocity(*finished), amounts, 0.8, seed)
    assert likely == count_sprints(velocity(*finished), amounts, 0.5, seed)
    numbers = [one if one is not None else 999 for one in likely]
    assert numbers == sorted(numbers)
    assert all(a is None or b is None or a <= b for a, b in zip(likely, sure, strict=True))
