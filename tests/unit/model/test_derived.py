"""Distributions that are made from others."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.derived import Capped, Remaining, Scaled
from milepost.model.distribution import Lognormal, Pert

_WORK = Lognormal(log(8), 0.6)


def test_the_longer_work_has_taken_the_more_of_it_is_left() -> None:
    medians = [Remaining(_WORK, elapsed).quantile(0.5) for elapsed in (0.1, 8, 16, 40)]
    assert medians[0] == pytest.approx(7.9, abs=0.01)
    assert medians[1] < medians[2] < medians[3]


@given(st.floats(0.01, 60), st.floats(0.01, 0.99))
def test_quantile_and_cdf_undo_each_other(elapsed: float, p: float) -> None:
    left = Remaining(_WORK, elapsed)
    assert left.quantile(p) >= 0
    assert left.cdf(left.quantile(p)) == pytest.approx(p, abs=1e-4)


def test_work_beyond_its_worst_case_may_end_any_time() -> None:
    assert Remaining(Pert(1, 2, 3), 5).quantile(0.9) == 0
    assert Remaining(_WORK, 1e9).quantile(0.9) == 0


def test_research_ends_at_its_timebox() -> None:
    box = Capped(_WORK, 10)
    assert box.quantile(0.99) == 10
    assert box.quantile(0.1) == _WORK.quantile(0.1)
    assert box.cdf(10) == 1
    assert box.mean < _WORK.mean


def test_another_unit_changes_no_probability() -> None:
    days = Scaled(_WORK, 1 / 8)
    assert days.quantile(0.5) == pytest.approx(1)
    assert days.cdf(2) == pytest.approx(_WORK.cdf(16))
    assert days.mean == pytest.approx(_WORK.mean / 8)
