"""Samples against closed forms: quantiles ±3 %, chances ±0.015."""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from milepost.model.distribution import Distribution, Lognormal, Pert, TwoPiece
from milepost.scheduling.sample import Sample, last_of
from milepost.scheduling.sampling import Sampler

_STANDARD = NormalDist()
_SHARES = (0.05, 0.1, 0.5, 0.8, 0.95)


class Triangle:
    """A distribution of which the engine knows nothing in particular: from 0 to 10, most likely 10."""

    mean = 20 / 3

    def quantile(self, p: float) -> float:
        return 10 * sqrt(p)

    def cdf(self, value: float) -> float:
        return min(1.0, max(0.0, value / 10)) ** 2


WORK: tuple[Distribution, ...] = (
    Lognormal(log(5), 0.6),
    Lognormal(log(3), 0.857252, 1),
    TwoPiece(5, 0.715, 0.142),
    Pert(2, 4, 12),
    Pert(0, 0, 7),
    Pert(3, 9, 9),
    Pert(5, 5, 5),
    Triangle(),
)


@pytest.mark.parametrize("distribution", WORK, ids=repr)
def test_a_sample_has_its_distribution_with_and_without_what_is_common(distribution: Distribution) -> None:
    for correlation in (0.0, 0.15, 1.0):
        sample = Sampler(3, correlation=correlation).work("a", distribution)
        assert sample.mean == pytest.approx(distribution.mean, rel=0.03)
        for p in _SHARES:
            assert sample.chance(distribution.quantile(p)) == pytest.approx(max(p, _atom(distribution)), abs=0.015)


def _atom(distribution: Distribution) -> float:
    return 1.0 if distribution == Pert(5, 5, 5) else 0.0


@pytest.mark.parametrize("distribution", WORK, ids=repr)
@pytest.mark.parametrize("place", [0.05, 0.5, 0.99])
def test_what_has_taken_a_while_takes_longer(distribution: Distribution, place: float) -> None:
    if distribution == Pert(5, 5, 5):
        return
    past = distribution.quantile(place)
    sample = Sampler(3).work("a", distribution, past=past)
    assert sample.quantile(1e-9) > past
    for p in _SHARES:
        expected = distribution.quantile(place + (1 - place) * p)
        assert sample.quantile(p) == pytest.approx(expected, rel=0.03)


def test_the_mean_of_what_has_taken_a_while() -> None:
    """E(X | X > e) = m · Φ(σ - k) / Φ(-k), k = (ln e - μ) / σ."""
    k = log(6 / 5) / 0.6
    expected = 5 * exp(0.18) * _STANDARD.cdf(0.6 - k) / _STANDARD.cdf(-k)
    assert Sampler(3).work("a", Lognormal(log(5), 0.6), past=6).mean == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("distribution", [Lognormal(log(2), 0.02), Pert(1, 2, 3), Pert(2, 2, 2)], ids=repr)
def test_an_estimate_that_was_wrong_says_nothing_of_the_rest(distribution: Distribution) -> None:
    """Ten days on what was to take two: the usual spread around ten, given that it takes more."""
    sample = Sampler(3).work("a", distribution, past=10)
    for p in _SHARES:
        assert sample.quantile(p) == pytest.approx(10 * exp(0.6 * _STANDARD.inv_cdf(0.5 + p / 2)), rel=0.03)


def test_a_timebox_ends_it() -> None:
    sample = Sampler(3).work("a", Lognormal(log(5), 0.6), cap=6, scale=2)
    share = _STANDARD.cdf(log(6 / 5) / 0.6)
    assert sample.quantile(1) == 12
    assert sample.chance(11.99) == pytest.approx(share, abs=0.015)


def test_a_risk_comes_with_its_probability() -> None:
    risk = Sampler(3).risk("late", 0.3, Lognormal(log(5), 0.4))
    assert risk.chance(0) == pytest.approx(0.7, abs=0.015)
    assert risk.chance(5) == pytest.approx(0.85, abs=0.015)
    assert risk.mean == pytest.approx(0.3 * 5 * exp(0.08), rel=0.05)


def test_less_of_a_risk_is_never_more() -> None:
    sampler = Sampler(3)
    before, after = (sampler.risk("late", probability, Lognormal(log(5), 0.4)) for probability in (0.3, 0.1))
    assert (after.row <= before.row).all()
    assert (after.row > 0).mean() == pytest.approx(0.1, abs=0.015)
    assert (sampler.risk("late", 0.3, Lognormal(log(3), 0.4)).row <= before.row).all()


@pytest.mark.parametrize("correlation", [0.0, 0.15, 0.5, 1.0])
def test_sums_of_what_goes_wrong_together(correlation: float) -> None:
    """Normals, where the spread of a sum of ten is known, and lognormals, where the covariance is."""
    sampler = Sampler(3, correlation=correlation)
    normals = [sampler.work(f"n{number}", Normal(20, 2)) for number in range(10)]
    total = NormalDist(200, sqrt(10 * 4 + 90 * 4 * correlation))
    assert sum(normals[1:], normals[0]).quantile(0.8) == pytest.approx(total.inv_cdf(0.8), rel=0.01)
    work = [sampler.work(f"l{number}", Lognormal(log(5), 0.6)) for number in range(10)]
    finish = sum(work[1:], work[0])
    variance = 25 * exp(0.36) * (10 * (exp(0.36) - 1) + 90 * (exp(0.36 * correlation) - 1))
    assert finish.mean == pytest.approx(50 * exp(0.18), rel=0.02)
    assert finish.spread == pytest.approx(sqrt(variance), rel=0.06)


def test_the_later_of_two_that_go_wrong_together() -> None:
    """Clark 1961: the mean of the larger of two normals."""
    sampler = Sampler(3, correlation=0.15)
    last = last_of([sampler.work("a", Normal(10, 2)), sampler.work("b", Normal(10, 2))])
    assert last.mean == pytest.approx(10 + 2 * sqrt(0.85 / 3.141592653589793), rel=0.01)


def test_items_are_drawn_independently_of_each_other() -> None:
    sampler = Sampler(3, correlation=0.0)
    first, second = (sampler.work(id, Normal(0, 1)).row for id in ("a", "b"))
    assert abs(float((first * second).mean())) < 0.04
    coin = sampler.risk("a", 0.5, Lognormal(0, 0)).row  # the same id
    assert abs(float((first * coin).mean())) < 0.04


def test_the_same_seed_draws_the_same_with_any_numpy() -> None:
    """These values are what numpy 1.26 and 2.4 draw. If they change, every printed forecast does."""
    sampler = Sampler(42, count=3)
    normals, work = sampler.work("api-limits", Normal(0, 1)), Sampler(42, count=4).work("x", Lognormal(0, 1))
    risk = Sampler(42, count=8).risk("vendor-late", 0.5, Lognormal(0, 1))
    assert normals.row.tolist() == pytest.approx([0.630512, -0.065895, 0.814367], abs=1e-6)
    assert work.row.tolist() == pytest.approx([3.934593, 3.321027, 2.804141, 1.181326], abs=1e-6)
    assert risk.row.tolist() == pytest.approx([0, 0, 0, 0, 4.737888, 0, 0, 0.724981], abs=1e-6)


class Normal(NormalDist):
    """N(mean, sd), drawn by a table as well."""

    def quantile(self, p: float) -> float:
        return self.inv_cdf(p)


def test_ten_thousand_are_told_with_their_error() -> None:
    """The range of a quantile holds the true one in 95 of 100 forecasts, the error of a chance is its spread."""
    distribution = Lognormal(log(5), 0.6)
    samples = [Sampler(seed, count=400).work("a", distribution) for seed in range(400)]
    for p in (0.1, 0.5, 0.8, 0.95):
        ranges = [sample.quantile_range(p) for sample in samples]
        hits = sum(low <= distribution.quantile(p) <= high for low, high in ranges)
        assert hits / len(samples) == pytest.approx(0.95, abs=0.03)
    misses = [sample.chance(7) - distribution.cdf(7) for sample in samples]
    assert samples[0].chance_error(7) == pytest.approx(sqrt(sum(miss**2 for miss in misses) / 400), rel=0.15)


def test_quantiles_are_values_that_came() -> None:
    sampler = Sampler(1, count=4)
    one, two = sampler.fixed(1), sampler.fixed(2)
    steps = Sample(sampler.work("a", Normal(0, 1)).row.argsort().argsort().astype(float)) * 10 + one + two
    assert [steps.quantile(p) for p in (0.01, 0.25, 0.26, 0.5, 0.75, 0.76, 1)] == [3, 3, 13, 13, 23, 33, 33]
    assert steps.chances([2, 3, 12.9, 13, 100]) == (0, 0.25, 0.25, 0.5, 1)
    assert [steps.latest(p) for p in (1, 0.76, 0.75, 0.5, 0.25, 0.01)] == [3, 3, 13, 23, 33, 33]
    assert (steps - one).mean == 17
    assert len(steps) == 4


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "distribution", [Lognormal(709, 0.6), TwoPiece(1e300, 0.5, 30), Pert(1, 1e200, 1e300)], ids=repr
)
def test_nothing_takes_for_ever(distribution: Distribution) -> None:
    sampler = Sampler(1)
    assert 0 < sampler.work("a", distribution).quantile(0.95) <= 1e12
    assert 0 < sampler.work("a", distribution, past=5).quantile(0.95) <= 1e12
    assert 0 < sampler.risk("a", 0.5, distribution).quantile(0.95) <= 1e12
