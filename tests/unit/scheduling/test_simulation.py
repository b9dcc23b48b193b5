"""Forecasts of small networks equal what can be computed by hand or by integration: quantiles ±3 %, chances ±0.015."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import log
from statistics import NormalDist

import pytest

from milepost.model.distribution import Distribution, Lognormal, Pert, TwoPiece
from milepost.scheduling.network import Activity, Link, LinkType, Network, Pause
from milepost.scheduling.sample import Sample
from milepost.scheduling.sampling import Sampler
from milepost.scheduling.simulation import Simulation

_Z90 = NormalDist().inv_cdf(0.9)


def median_and_p90(median: float, p90: float) -> Lognormal:
    return Lognormal(log(median), log(p90 / median) / _Z90)


class Normal(NormalDist):
    """N(mean, sd), of which the engine knows nothing in particular."""

    def quantile(self, p: float) -> float:
        return self.inv_cdf(p)


def simulate(distributions: Mapping[str, Distribution], links: str = "", correlation: float = 0.0) -> Simulation:
    """Activities by names of one letter, `AB BC` for links from finish to start."""
    sampler = Sampler(7, correlation=correlation)
    names = list(distributions)
    network = Network(
        tuple(Activity(0.0) for _ in names),
        tuple(Link(names.index(before), names.index(after)) for before, after in map(list, links.split())),
    )
    return Simulation(network, [sampler.work(name, one) for name, one in distributions.items()])


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
