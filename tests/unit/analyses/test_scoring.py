"""Figures over estimates and actuals, against worked examples and against their plain definitions."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.scoring import (
    Interval,
    Pair,
    mean_difference,
    score_levels,
    score_pairs,
    score_ranges,
    t_quantile,
    wilson_interval,
)

AMOUNTS = st.floats(0.01, 1e6)


def test_the_worked_example() -> None:
    pairs = [Pair(12, 10), Pair(18, 20), Pair(33, 30), Pair(36, 40)]
    score = score_pairs(pairs)
    assert score is not None
    assert score.mar == 2.75
    assert mean_difference([10, 20, 30, 40]) == 12.5
    assert score.accuracy == pytest.approx(0.78)
    assert score.geometric_mean == pytest.approx(0.983411, abs=1e-6)
    assert (score.under, score.exact, score.over) == (0.5, 0, 0.5)


def test_six_hits_of_ten() -> None:
    score = score_ranges([(Interval(1, 2), 1.5)] * 6 + [(Interval(1, 2), 3.0)] * 4)
    assert score is not None
    assert score.interval == pytest.approx((0.312674, 0.831820), abs=1e-6)
    assert score.tail == pytest.approx(sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(7)))
    assert score.interval_score == pytest.approx((6 * 1 + 4 * (1 + 10 * 1)) / 10)
    assert score.is_enough


def test_longer_and_less_have_means_of_their_own() -> None:
    score = score_pairs([Pair(1, 2), Pair(1, 8), Pair(4, 1), Pair(3, 3)])
    assert score is not None
    assert score.under_mean == pytest.approx(4)
    assert score.over_mean == pytest.approx(0.25)
    exact = score_pairs([Pair(3, 3)])
    assert exact is not None
    assert (exact.under_mean, exact.over_mean) == (None, None)


def test_levels_count_what_was_enough() -> None:
    levels = score_levels([0.05, 0.2, 0.5, 0.8, 0.95])
    assert [(level.sure, level.held, level.n) for level in levels] == [
        (0.1, 1, 5), (0.25, 2, 5), (0.5, 3, 5), (0.75, 3, 5), (0.9, 4, 5)
    ]  # fmt: skip
    assert score_levels([]) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_more_sure_is_enough_at_least_as_often(places: list[float]) -> None:
    held = [level.held for level in score_levels(places)]
    assert held == sorted(held)
    assert all(0 <= number <= len(places) for number in held)


def test_nothing_says_nothing_and_one_says_little() -> None:
    assert score_pairs([]) is None
    assert score_ranges([]) is None
    one = score_pairs([Pair(2, 3)])
    assert one is not None
    assert (one.n, one.median_ratio, one.sd, one.geometric_interval, one.accuracy) == (1, 1.5, None, None, None)


@pytest.mark.parametrize(("freedom", "expected"), [(1, 12.7062047), (4, 2.7764451), (30, 2.0422725), (1000, 1.9623391)])
def test_students_t(freedom: int, expected: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(expected, rel=1e-6)


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_guessing_is_the_mean_of_all_differences(values: list[float]) -> None:
    n = len(values)
    plain = 2 / n**2 * sum(abs(a - b) for i, a in enumerate(values) for b in values[:i])
    assert mean_difference(values) == pytest.approx(plain, rel=1e-6, abs=1e-6)


@given(st.lists(st.builds(Pair, AMOUNTS, AMOUNTS), min_size=1, max_size=30), st.floats(0.1, 10))
def test_doubling_all_that_it_took_doubles_the_ratios(pairs: list[Pair], k: float) -> None:
    score, scaled = score_pairs(pairs), score_pairs([Pair(one.estimate, one.actual * k) for one in pairs])
    assert score is not None
    assert scaled is not None
    assert scaled.geometric_mean == pytest.approx(score.geometric_mean * k)
    assert scaled.total_ratio == pytest.approx(score.total_ratio * k)
    assert scaled.sd == pytest.approx(score.sd, abs=1e-6)
    assert score.under + score.exact + score.over == pytest.approx(1)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_rate_lies_in_its_interval(counts: tuple[int, int]) -> None:
    hits, n = counts
    low, high = wilson_interval(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n <= high + 1e-12
    assert high <= 1
