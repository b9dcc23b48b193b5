"""Forecasts of small networks equal what can be computed by hand or by integration: quantiles ±3 %, chances ±0.015."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from math import inf, log, sqrt
from statistics import NormalDist

import pytest

from milepost.model.distribution import Distribution, Lognormal, Pert, TwoPiece
from milepost.scheduling.network import Activity, CycleError, Link, LinkType, Network, Pause
from milepost.scheduling.sample import Sample
from milepost.scheduling.sampling import Sampler
from milepost.scheduling.simulation import Simulation

_LINK = re.compile(r"([A-Z])(FS|SS|FF|SF)?([+-]\d+)?([A-Z])")
_Z90 = NormalDist().inv_cdf(0.9)


def median_and_p90(median: float, p90: float) -> Lognormal:
    return Lognormal(log(median), log(p90 / median) / _Z90)


class Normal(NormalDist):
    """N(mean, sd), of which the engine knows nothing in particular."""

    def quantile(self, p: float) -> float:
        return self.inv_cdf(p)


def simulate(distributions: Mapping[str, Distribution], links: str = "", correlation: float = 0.0) -> Simulation:
    """Activities by names of one letter; `AB BFF+1C` binds finish to start, and finish to finish with a lag of 1."""
    sampler = Sampler(7, correlation=correlation)
    names = list(distributions)
    found = [match.groups() for match in _LINK.finditer(links)]
    network = Network(
        tuple(Activity(0.0) for _ in names),
        tuple(
            Link(names.index(before), names.index(after), LinkType(type or "FS"), float(lag or 0))
            for before, type, lag, after in found
        ),
    )
    return Simulation(network, [sampler.work(name, one) for name, one in distributions.items()])


def normals(links: str, correlation: float = 0.0, **work: tuple[float, float]) -> Simulation:
    """`A=(10, 2)` takes N(10, 2)."""
    return simulate({name: Normal(*one) for name, one in work.items()}, links, correlation)


def quantiles(sample: Sample, *shares: float) -> list[float]:
    return [sample.quantile(p) for p in shares]


def test_work_in_series() -> None:
    simulation = simulate({"A": median_and_p90(5, 10), "B": median_and_p90(3, 6)}, "AB")
    assert quantiles(simulation.finish(), 0.5, 0.8, 0.95) == pytest.approx([8.505976, 11.938055, 16.617008], rel=0.03)


def test_the_last_of_two() -> None:
    simulation = simulate({"A": Normal(10, 2), "B": Normal(10, 2)})
    assert simulation.finish().mean == pytest.approx(11.128379, rel=0.03)
    assert simulation.finish().quantile(0.8) == pytest.approx(12.500843, rel=0.03)


def test_work_after_the_last_of_two() -> None:
    work = {"A": median_and_p90(5, 10), "B": median_and_p90(5, 8), "C": median_and_p90(3, 6)}
    finish = simulate(work, "AC BC").finish()
    assert quantiles(finish, 0.5, 0.8, 0.95) == pytest.approx([9.815723, 12.913457, 17.185661], rel=0.03)
    assert finish.chance(12) == pytest.approx(0.733270, abs=0.015)


@pytest.mark.parametrize(
    ("distribution", "mean", "expected"),
    [
        (Pert(2, 4, 12), 5, {0.5: 4.766723, 0.8: 6.502586, 0.95: 8.212767}),
        (Lognormal((log(2) + log(5)) / 2, log(2.5) / (2 * _Z90)), 3.370945, {0.5: 3.162278, 0.8: 4.272359}),
        (Lognormal(log(3), 0.857252, 1), None, {0.1: 2, 0.5: 4, 0.8: 7.172436, 0.9: 10}),
        (TwoPiece(5, log(5 / 2) / _Z90, log(6 / 5) / _Z90), None, {0.1: 2, 0.5: 5, 0.9: 6}),
    ],
)
def test_one_estimate(distribution: Distribution, mean: float | None, expected: dict[float, float]) -> None:
    finish = simulate({"A": distribution}).finish()
    assert finish.mean == pytest.approx(distribution.mean if mean is None else mean, rel=0.03)
    assert quantiles(finish, *expected) == pytest.approx(list(expected.values()), rel=0.03)


def test_risks_come_or_do_not() -> None:
    sampler = Sampler(7)
    impacts = {"first": (0.3, 5.0), "second": (0.2, 10.0)}
    total = sampler.fixed(10)
    for id, (probability, days) in impacts.items():
        total += sampler.risk(id, probability, Lognormal(log(days), 0))
    chances = total.chances([10, 15, 20, 25])
    shares = [chances[0], *(after - before for before, after in pairwise(chances))]
    assert shares == pytest.approx([0.56, 0.24, 0.14, 0.06], abs=0.015)
    assert quantiles(total, 0.5, 0.7, 0.9, 0.99) == pytest.approx([10, 15, 20, 25])


def test_what_is_certain_is_the_critical_path_method() -> None:
    sampler = Sampler(1, count=3)
    types = (LinkType.SS, LinkType.FS, LinkType.FF, LinkType.FS, LinkType.SF, LinkType.FS)
    ends = ((0, 1, 2), (0, 2, 1), (1, 3, 1), (2, 3, 0), (2, 4, 7), (0, 4, -1))
    links = tuple(Link(before, after, type, lag) for (before, after, lag), type in zip(ends, types, strict=True))
    network = Network(tuple(Activity(0.0) for _ in range(5)), links)
    simulation = Simulation(network, [sampler.fixed(days) for days in (4, 3, 5, 2, 6)])
    assert [simulation.start(number).mean for number in range(5)] == [0, 2, 5, 10, 6]
    assert simulation.finish().mean == 12
    assert simulation.influence().criticality == (1, 0, 1, 1, 1)


def test_work_goes_on_after_a_pause() -> None:
    sampler = Sampler(1, count=3)
    activities = (Activity(0), Activity(0, pauses=(Pause(1, 3), Pause(4, 5))))
    simulation = Simulation(Network(activities, (Link(0, 1),)), [sampler.fixed(2), sampler.fixed(3)])
    assert simulation.start(1).mean == 3
    assert simulation.finish(1).mean == 7
    assert simulation.start_by(1, 7, 0.8) == (1, 3)


def test_the_last_of_five() -> None:
    simulation = normals("", A=(10, 2), B=(10, 2), C=(10, 2), D=(10, 2), E=(10, 2))
    for p in (0.1, 0.5, 0.8, 0.95):
        assert simulation.finish().quantile(p) == pytest.approx(Normal(10, 2).quantile(p**0.2), rel=0.03)


def later(one: float, sd: float, other: float, its: float) -> float:
    """The mean of the larger of two independent normals (Clark 1961)."""
    both = sqrt(sd**2 + its**2)
    standard, distance = NormalDist(), (one - other) / both
    return one * standard.cdf(distance) + other * standard.cdf(-distance) + both * standard.pdf(distance)


@pytest.mark.parametrize(
    ("link", "mean"),
    [
        ("ASS+11B", later(15, 2, 16, 1)),
        ("AFF+1B", 16),
        ("AFS-2B", 18),
        ("ASF+20B", 20),
        ("AFF-7B", 15),
    ],
)
def test_the_last_of_two_that_are_linked(link: str, mean: float) -> None:
    assert normals(link, A=(15, 2), B=(5, 1)).finish().mean == pytest.approx(mean, rel=0.01)


def test_how_often_one_of_two_is_the_longer() -> None:
    influence = normals("AC BC", A=(10, 2), B=(12, 2), C=(3, 1)).influence()
    share = NormalDist().cdf(-2 / sqrt(8))
    assert influence.criticality == pytest.approx([share, 1 - share, 1], abs=0.015)


def test_what_a_date_does_not_wait_for_has_no_influence() -> None:
    simulation = normals("AB AC", A=(20, 3), B=(20, 4), C=(60, 1))
    influence = simulation.influence(1)
    assert influence.criticality == (1, 1, 0)
    assert influence.sensitivity == pytest.approx([0.6, 0.8, 0], abs=0.02)
    assert simulation.influence().criticality == pytest.approx([1, 0, 1])


def test_equally_long_paths_are_both_critical() -> None:
    sampler = Sampler(1, count=2)
    network = Network(tuple(Activity(0) for _ in range(4)), (Link(0, 1), Link(1, 3), Link(2, 3)))
    simulation = Simulation(network, [sampler.fixed(days) for days in (0.1, 0.2, 0.3, 1)])
    assert simulation.influence() == ((1, 1, 1, 1), (0, 0, 0, 0))


def test_nothing_before_a_release_is_critical() -> None:
    sampler = Sampler(1, count=2)
    network = Network((Activity(0), Activity(0, release=9)), (Link(0, 1),))
    simulation = Simulation(network, [sampler.fixed(5), sampler.fixed(2)])
    assert simulation.influence().criticality == (0, 1)
    assert simulation.finish().mean == 11
    assert simulation.start_by(1, 12, 0.8) == (5, 10)


def test_start_by_leaves_room_for_what_it_may_take() -> None:
    simulation = normals("AB BC", A=(10, 2), B=(5, 1), C=(4, 1))
    after_a, after_b, none = simulation.start_by(1, 30, 0.8)
    assert after_a == pytest.approx(30 - Normal(15, sqrt(5)).quantile(0.8), abs=0.1)
    assert after_b == pytest.approx(30 - Normal(5, 1).quantile(0.8), abs=0.05)
    assert none == inf


def test_what_a_risk_costs_at_the_80th_percentile() -> None:
    """In the same worlds: base N(20, 2); with the risk, (1 - p) Φ(x) + p Φ(x - 10)."""
    simulation = normals("AB", A=(12, 2), B=(8, 0.001))
    risk = Sampler(7).risk("late", 0.3, Lognormal(log(10), 0))
    changed = Sampler(7, correlation=0.0).work("A", Normal(12, 2)) + risk
    (finish,) = simulation.finishes_if({0: changed}, [1])
    normal = NormalDist(20, 2)
    for days in (20, 23, 28, 32):
        assert finish.chance(days) == pytest.approx(0.7 * normal.cdf(days) + 0.3 * normal.cdf(days - 10), abs=0.015)
    assert simulation.finish(1).quantile(0.8) == pytest.approx(normal.inv_cdf(0.8), rel=0.01)


@pytest.mark.parametrize("correlation", [0.0, 0.15, 0.5, 1.0])
def test_the_mean_of_a_sum_does_not_depend_on_what_is_common(correlation: float) -> None:
    work = {name: median_and_p90(5, 9) for name in "ABCDE"}
    finish = simulate(work, "AB BC CD DE", correlation).finish()
    assert finish.mean == pytest.approx(5 * work["A"].mean, rel=0.02)


def test_of_nothing_everything_is_done() -> None:
    assert Simulation(Network(()), []).finish().quantile(0.8) == 0


def test_each_activity_needs_a_duration() -> None:
    with pytest.raises(ValueError, match="1 durations for 2 activities"):
        Simulation(Network((Activity(1), Activity(1))), [Sampler(1, count=2).fixed(1)])


def test_a_circle_is_named() -> None:
    sampler = Sampler(1, count=2)
    with pytest.raises(CycleError):
        Simulation(Network((Activity(1), Activity(1)), (Link(0, 1), Link(1, 0))), [sampler.fixed(1)] * 2)


def test_a_chain_of_ten_thousand() -> None:
    sampler = Sampler(1, count=10)
    network = Network(tuple(Activity(0) for _ in range(10_000)), tuple(Link(n, n + 1) for n in range(9_999)))
    simulation = Simulation(network, [sampler.fixed(1)] * 10_000)
    assert simulation.finish().quantile(0.8) == 10_000
    assert min(simulation.influence().criticality) == 1
    assert simulation.start_by(9_999, 20_000, 0.8)[0] == 10_000
