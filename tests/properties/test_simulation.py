"""Laws of forecasts: what holds in every sample, for any plan."""

from __future__ import annotations

from math import inf, log, nextafter

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from milepost.model.distribution import Distribution, Lognormal, Pert, TwoPiece
from milepost.scheduling.critical import find_early, find_times
from milepost.scheduling.network import Activity, Link, LinkType, Network, Pause, work_backward, work_forward
from milepost.scheduling.passes import ahead, back
from milepost.scheduling.sample import Sample
from milepost.scheduling.sampling import Sampler
from milepost.scheduling.simulation import Simulation

_COUNT = 50

ids = st.text(st.characters(codec="utf-8"), max_size=8)
amounts = st.floats(0.01, 1000)
whole = st.integers(0, 12).map(float)


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    low, middle, high = sorted((draw(amounts), draw(amounts), draw(amounts)))
    kind = draw(st.sampled_from(("lognormal", "two pieces", "pert")))
    if kind == "pert":
        return Pert(low, middle, high)
    if kind == "two pieces":
        return TwoPiece(middle, min(3, log(middle / low)), min(3, log(high / middle)))
    return Lognormal(log(middle), min(3, log(high / middle)), low if draw(st.booleans()) else 0.0)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    times = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    return tuple(Pause(begin, end) for begin, end in zip(times[::2], times[1::2], strict=False))


@st.composite
def networks(draw: st.DrawFn, plain: bool = False) -> Network:
    """Up to seven activities, with whole numbers of days: links of all types, with lags, releases and pauses."""
    size = draw(st.integers(2, 7))
    activities = tuple(
        Activity(draw(whole), 0.0 if plain else draw(whole), pauses=() if plain else draw(pauses()))
        for _ in range(size)
    )
    ends = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] < pair[1])
    lags = st.integers(-3, 5).map(float)
    links = st.builds(lambda pair, type, lag: Link(pair[0], pair[1], type, lag), ends, st.sampled_from(LinkType), lags)
    return Network(activities, tuple(draw(st.lists(links, max_size=12))))


def drawn(network: Network, seed: int = 1) -> list[Sample]:
    """Durations in two steps around those of the network, so that they are whole numbers too."""
    sampler = Sampler(seed, count=_COUNT)
    return [
        sampler.fixed(activity.duration) + sampler.risk(str(number), 0.5, Lognormal(log(3), 0)) * 1.0
        for number, activity in enumerate(network.activities)
    ]


def in_world(network: Network, durations: list[Sample], world: int) -> Network:
    return network.with_durations([float(sample.row[world]) for sample in durations])


@settings(deadline=None)
@given(networks())
@example(Network((Activity(0.0), Activity(0.0, pauses=(Pause(3, 4),)))))  # in some worlds 3.0000000000000004 days
def test_each_sample_is_the_critical_path_method(network: Network) -> None:
    durations = drawn(network)
    simulation = Simulation(network, durations)
    for world in range(3):
        starts, finishes = find_early(in_world(network, durations, world))
        assert [simulation.start(number).row[world] for number in range(len(starts))] == pytest.approx(starts)
        assert [simulation.finish(number).row[world] for number in range(len(starts))] == pytest.approx(finishes)
        assert simulation.finish().row[world] == pytest.approx(max(finishes))


@settings(deadline=None)
@given(pauses(), st.integers(0, 45), whole.map(lambda days: days / 2), st.sampled_from((-1e-10, 0.0, 1e-10)))
def test_nothing_hangs_on_the_last_bit_at_the_edge_of_a_pause(
    pauses: tuple[Pause, ...], time: int, days: float, bit: float
) -> None:
    """Sums of fractions are off by less than this, and not the same way in a schedule and in a forecast."""
    near, more = time + bit, days + max(bit, 0.0)
    rows = np.array([float(time), near]), np.array([days, more])
    for found in (work_forward(near, more, pauses), *ahead(*rows, pauses)):
        assert found == pytest.approx(work_forward(time, days, pauses), abs=1e-8)
    for found in (work_backward(near, more, pauses), *back(*rows, pauses)):
        assert found == pytest.approx(work_backward(time, days, pauses), abs=1e-8)


@settings(deadline=None)
@given(networks(plain=True))
def test_what_is_critical_in_one_sample_has_no_float(network: Network) -> None:
    durations = [Sample(sample.row[:1]) for sample in drawn(network)]
    times = find_times(in_world(network, durations, 0))
    expected = tuple(float(times.is_critical(number)) for number in range(len(durations)))
    assert Simulation(network, durations).influence().criticality == expected


@settings(deadline=None)
@given(networks(), st.integers(10, 60), st.floats(0.05, 0.95))
def test_start_by_is_the_latest_start(network: Network, time: int, confidence: float) -> None:
    last = len(network.activities)
    links = [*network.links, *(Link(number, last) for number in range(last))]
    network = Network((*network.activities, Activity(0.0)), tuple(links))
    durations = [Sample(sample.row[:1]) for sample in drawn(network)]
    expected = find_times(in_world(network, durations, 0), end=time).late_start
    assert Simulation(network, durations).start_by(last, time, confidence) == pytest.approx(expected)


@settings(deadline=None)
@given(networks(), st.data())
def test_a_change_is_the_same_as_a_new_forecast(network: Network, data: st.DataObject) -> None:
    durations = drawn(network)
    numbers = st.integers(0, len(durations) - 1)
    changes = data.draw(st.dictionaries(numbers, st.floats(0, 9).map(lambda days: durations[0] * 0.5 + days)))
    targets = [*data.draw(st.lists(numbers, max_size=3)), None]
    simulation = Simulation(network, durations)
    before = [simulation.finish(target).row.copy() for target in targets]
    changed = Simulation(network, [changes.get(number, sample) for number, sample in enumerate(durations)])
    for target, found in zip(targets, simulation.finishes_if(changes, targets), strict=True):
        assert (found.row == changed.finish(target).row).all()
    assert all((simulation.finish(target).row == row).all() for target, row in zip(targets, before, strict=True))


@settings(deadline=None)
@given(networks(), st.data())
def test_a_link_more_makes_nothing_earlier_in_any_sample(network: Network, data: st.DataObject) -> None:
    size = len(network.activities)
    before = data.draw(st.integers(0, size - 2))
    link = Link(before, data.draw(st.integers(before + 1, size - 1)), data.draw(st.sampled_from(LinkType)), 1.0)
    durations = drawn(network)
    one, more = Simulation(network, durations), Simulation(network.with_links([link]), durations)
    for number in (*range(size), None):
        assert (more.finish(number).row >= one.finish(number).row).all()


@settings(deadline=None)
@given(ids, st.lists(ids, max_size=3), distributions(), st.integers(0, 2**40))
def test_other_items_move_nobody(id: str, others: list[str], distribution: Distribution, seed: int) -> None:
    alone, among = Sampler(seed, count=_COUNT), Sampler(seed, count=_COUNT)
    for other in others:
        among.work(other, distribution)
        among.risk(other, 0.5, distribution)
    assert (alone.work(id, distribution).row == among.work(id, distribution).row).all()


@settings(deadline=None)
@given(distributions(), st.floats(0, 3000), st.floats(0, 50) | st.just(inf))
def test_what_is_not_finished_takes_longer_than_it_has(distribution: Distribution, past: float, cap: float) -> None:
    row = Sampler(1, count=_COUNT).work("a", distribution, past=past, cap=cap).row
    assert (row > past).all() or past == 0
    assert (row <= max(cap, nextafter(past, inf))).all()


@settings(deadline=None)
@given(networks(), st.data(), st.floats(0, 1), distributions())
def test_removing_a_risk_never_raises_a_quantile(
    network: Network, data: st.DataObject, probability: float, impact: Distribution
) -> None:
    """Links to starts only: an activity that is bound by its finish starts earlier the longer it is, by definition."""
    starts = {LinkType.FF: LinkType.FS, LinkType.SF: LinkType.SS}
    links = tuple(link._replace(type=starts.get(link.type, link.type)) for link in network.links)
    network = Network(network.activities, links)
    durations = drawn(network)
    simulation = Simulation(network, durations)
    number = data.draw(st.integers(0, len(durations) - 1))
    risk = Sampler(5, count=_COUNT).risk("risk", probability, impact)
    (with_risk,) = simulation.finishes_if({number: durations[number] + risk}, [None])
    assert (with_risk.row >= simulation.finish().row).all()
    assert all(with_risk.quantile(p) >= simulation.finish().quantile(p) for p in (0.1, 0.5, 0.8, 0.95))


@settings(max_examples=30, deadline=None)
@given(networks(plain=True), st.lists(distributions(), min_size=7, max_size=7), st.floats(0.1, 10))
def test_other_units_are_other_numbers_only(network: Network, work: list[Distribution], factor: float) -> None:
    """All estimates by a factor, lags included: all quantiles by it."""
    sampler = Sampler(3, count=_COUNT)
    numbers = range(len(network.activities))
    links = tuple(link._replace(lag=link.lag * factor) for link in network.links)
    plain = Simulation(network, [sampler.work(str(number), work[number]) for number in numbers])
    scaled = Simulation(
        Network(network.activities, links),
        [sampler.work(str(number), work[number], scale=factor) for number in numbers],
    )
    for p in (0.1, 0.5, 0.8, 0.95):
        assert scaled.finish().quantile(p) == pytest.approx(factor * plain.finish().quantile(p))
