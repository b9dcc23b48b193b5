"""What the past says of estimates, by hand."""

from __future__ import annotations

from math import log
from statistics import NormalDist

import pytest

from milepost.scheduling.calibration import Past, Ratios, calibrate


def ratios(past: list[Past], owner: str | None, size: str) -> Ratios:
    calibration = calibrate(past)
    assert calibration is not None
    assert calibration.n == len(past)
    return calibration.ratios(owner, size)


def usual(ratio: float) -> float:
    return NormalDist(0, 0.6).cdf(log(ratio))


def test_seven_items_say_nothing() -> None:
    assert calibrate([Past("ada", "small", 1.0)] * 7) is None
    assert calibrate([Past("ada", "small", 1.0)] * 8) is not None


def test_another_size_and_another_owner_count_as_the_team() -> None:
    found = ratios([Past("ada", "small", 2.0)] * 20, "bo", "large")
    assert found.cdf(1.9) == pytest.approx(usual(1.9) / 2, abs=0.02)
    assert found.cdf(2) == pytest.approx((1 + usual(2)) / 2, abs=0.02)
    assert found.quantile(0.5) == 2


def test_each_group_counts_by_its_size() -> None:
    """Own: 20 of 3, weight 1/2. Size: 40, weight 1/2 · 2/3. All: 60, weight 1/6 · 3/4. The rest, 1/24, is usual."""
    past = [Past("ada", "s", 3.0)] * 20 + [Past("bo", "s", 1.0)] * 20 + [Past("bo", "l", 0.5)] * 20
    found = ratios(past, "ada", "s")
    assert found.cdf(0.5) == pytest.approx(1 / 8 / 3 + usual(0.5) / 24, abs=0.002)
    assert found.cdf(1) == pytest.approx(1 / 6 + 1 / 8 * 2 / 3 + usual(1) / 24, abs=0.002)
    assert found.cdf(3) == pytest.approx(23 / 24 + usual(3) / 24, abs=0.002)
    usual_mean = 1.1972  # exp(0.6² / 2)
    assert found.mean == pytest.approx(1.5 + 2 / 3 + 1 / 8 * 1.5 + usual_mean / 24, abs=0.01)


def test_work_of_nobody_is_like_that_of_all() -> None:
    past = [Past(None, "s", 3.0)] * 20
    assert ratios(past, None, "s").cdf(2.9) == ratios(past, "ada", "s").cdf(2.9)


def test_it_is_a_distribution() -> None:
    found = ratios([Past("ada", "s", ratio / 10) for ratio in range(5, 30)], "ada", "s")
    assert found.shares[-1] == pytest.approx(1)
    for p in (0.001, 0.1, 0.5, 0.9, 0.999):
        assert found.cdf(found.quantile(p)) >= p - 1e-9
    assert found.cdf(0) == 0
