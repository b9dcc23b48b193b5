"""What estimates mean: worked examples of docs and methods, and laws."""

from __future__ import annotations

from itertools import pairwise
from math import comb, exp
from statistics import NormalDist, StatisticsError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.model.beta import beta_cdf, beta_quantile
from milepost.model.calendar import Calendar
from milepost.model.distribution import Distribution, Lognormal, Pert, TwoPiece, distribution_of, middle_of
from milepost.model.estimate import Amount, Estimate, Form, Unit, parse_estimate

HOURLY = Calendar(hours=1.0)
PROBABILITIES = [0.001, 0.05, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.999]


def meaning(written: str | dict[str, object], calendar: Calendar = HOURLY) -> Distribution:
    estimate = parse_estimate(written)  # type: ignore[arg-type]
    assert estimate
    found = distribution_of(estimate, calendar)
    assert found
    return found


@pytest.mark.parametrize(
    ("written", "mean", "quantiles"),
    [
        ({"pert": ["2d", "4d", "12d"]}, 5, {0.5: 4.766723, 0.8: 6.502586, 0.95: 8.212767}),
        ("2d..5d", 3.370945, {0.1: 2, 0.5: 3.162278, 0.8: 4.272359, 0.9: 5}),
        ("2d..4d..10d", 1 + 3 * exp(0.857252**2 / 2), {0.1: 2, 0.5: 4, 0.8: 7.172436, 0.9: 10}),
        ("4d", 4 * exp(0.18), {0.5: 4, 0.8: 6.627761}),
        ("5pt..10pt", None, {0.1: 5, 0.9: 10}),
    ],
)
def test_worked_examples(written: str | dict[str, object], mean: float | None, quantiles: dict[float, float]) -> None:
    found = meaning(written)
    assert mean is None or found.mean == pytest.approx(mean, rel=1e-6)
    for p, value in quantiles.items():
        assert found.quantile(p) == pytest.approx(value, rel=1e-6)


def test_three_points_on_a_shifted_lognormal() -> None:
    found = meaning("2d..4d..10d")
    assert isinstance(found, Lognormal)
    assert found.shift == pytest.approx(1)
    assert found.sigma == pytest.approx(0.857252, abs=1e-6)


@pytest.mark.parametrize("written", ["2d..9d..10d", "2d..6d..10d", "4d..4d..10d", "3d..3d..3d", "1d..3d..5.5d"])
def test_three_points_that_lean_to_the_left_or_begin_before_0_are_two_pieces(written: str) -> None:
    found = meaning(written)
    assert isinstance(found, TwoPiece)
    low, median, high = (float(part.removesuffix("d")) for part in written.split(".."))
    assert [found.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx([low, median, high])


def test_units_are_read_by_the_calendar() -> None:
    assert meaning("4h..1d", Calendar()).quantile(0.9) == pytest.approx(8)
    assert meaning("4h..1w", Calendar()).quantile(0.9) == pytest.approx(40)


@pytest.mark.parametrize("written", ["5d..2d", "9d..5d..3d", "1d..4h", "0.0d", "1d..5pt", "1pt..2d"])
def test_what_does_not_go_upwards_or_mixes_units_means_nothing(written: str) -> None:
    estimate = parse_estimate(written)
    assert estimate
    assert (distribution_of(estimate, Calendar()), middle_of(estimate, Calendar())) == (None, None)


@pytest.mark.parametrize("written", ["3d..3d", "3d..3d..3d", {"pert": ["3d", "3d", "3d"]}])
def test_no_spread(written: str | dict[str, object]) -> None:
    found = meaning(written)
    assert found.mean == pytest.approx(3)
    assert [found.quantile(p) for p in PROBABILITIES] == pytest.approx([3] * len(PROBABILITIES))
    assert (found.cdf(2.9), found.cdf(3.1)) == (0, 1)


@pytest.mark.parametrize("found", [Lognormal(1, 0.6), TwoPiece(3, 0.5, 1), Pert(1, 2, 3)])
@pytest.mark.parametrize("p", [0, 1, -0.5, 2])
def test_a_probability_is_between_0_and_1(found: Distribution, p: float) -> None:
    with pytest.raises(StatisticsError):
        found.quantile(p)


steps = st.lists(st.integers(1, 400), min_size=3, max_size=3).map(sorted)


def estimate_of(form: Form, numbers: list[int], k: float = 1.0) -> Estimate:
    many = {Form.MEDIAN: numbers[:1], Form.RANGE: numbers[:2], Form.THREE_POINT: numbers, Form.PERT: numbers}[form]
    return Estimate(form, tuple(Amount(number * k, Unit.DAYS) for number in many))


def spread(form: Form, numbers: list[int], k: float = 1.0) -> Distribution:
    found = distribution_of(estimate_of(form, numbers, k), HOURLY)
    assert found
    return found


@given(st.sampled_from(Form), steps)
def test_quantiles_go_upwards_and_the_cdf_undoes_them(form: Form, numbers: list[int]) -> None:
    found = spread(form, numbers)
    values = [found.quantile(p) for p in PROBABILITIES]
    assert all(one <= other for one, other in pairwise(values))
    if values[0] < values[-1] and len(set(numbers)) == 3:
        assert [found.cdf(value) for value in values] == pytest.approx(PROBABILITIES, abs=1e-9)


@given(st.sampled_from([Form.RANGE, Form.THREE_POINT]), steps)
def test_the_given_points_are_hit(form: Form, numbers: list[int]) -> None:
    found, given_ = spread(form, numbers), estimate_of(form, numbers).amounts
    assert found.quantile(0.1) == pytest.approx(given_[0].number)
    assert found.quantile(0.9) == pytest.approx(given_[-1].number)
    if form is Form.THREE_POINT:
        assert found.quantile(0.5) == pytest.approx(given_[1].number)


@given(st.sampled_from(Form), steps, st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_k_times_the_estimate_is_k_times_every_quantile(form: Form, numbers: list[int], k: float) -> None:
    one, scaled = spread(form, numbers), spread(form, numbers, k)
    assert scaled.mean == pytest.approx(one.mean * k)
    for p in PROBABILITIES:
        assert scaled.quantile(p) == pytest.approx(one.quantile(p) * k)


@settings(deadline=None)
@given(st.sampled_from([Form.THREE_POINT, Form.PERT]), st.lists(st.integers(2, 9), min_size=3, max_size=3).map(sorted))
def test_the_mean_is_the_average_of_the_quantiles(form: Form, numbers: list[int]) -> None:
    found, normal = spread(form, numbers), NormalDist()
    points = [z / 20 for z in range(-140, 141)]
    average = sum(found.quantile(normal.cdf(z)) * normal.pdf(z) / 20 for z in points)
    assert average == pytest.approx(found.mean, rel=1e-3)


@pytest.mark.parametrize(("a", "b"), [(1, 5), (5, 1), (2, 4), (3, 3), (4, 2)])
@pytest.mark.parametrize("x", [0.0, 1e-6, 0.1, 0.37, 0.5, 0.9, 1 - 1e-6, 1.0])
def test_the_incomplete_beta_function_is_a_binomial_sum(a: int, b: int, x: float) -> None:
    n = a + b - 1
    exact = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(x, a, b) == pytest.approx(exact, rel=1e-12, abs=1e-15)


@given(st.floats(1, 5), st.floats(0.001, 0.999))
def test_the_beta_quantile_undoes_its_cdf(a: float, p: float) -> None:
    assert beta_cdf(beta_quantile(p, a, 6 - a), a, 6 - a) == pytest.approx(p, abs=1e-12)
