"""Laws of levelled schedules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.scheduling.critical import find_early
from milepost.scheduling.driving import Hold
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import Activity, Link, LinkType, Network
from milepost.scheduling.placing import Placing
from tests.properties.networks import CAPACITIES, HOURS, hours, networks
from tests.schedule_judge import CLOSE, find_broken

WAITS = (LinkType.FS, LinkType.SS)


@settings(deadline=None)
@given(networks())
def test_nobody_is_in_two_places_and_every_link_is_kept(network: Network) -> None:
    levelled = level_network(network)
    assert find_broken(network, levelled.start, levelled.finish) == []


@settings(deadline=None)
@given(networks())
def test_nothing_starts_before_its_early_start(network: Network) -> None:
    starts, _ = find_early(network)
    assert all(start >= early - CLOSE for start, early in zip(level_network(network).start, starts, strict=True))


@settings(deadline=None)
@given(networks())
def test_with_chains_as_links_the_early_dates_are_the_levelled_ones_or_earlier(network: Network) -> None:
    levelled = level_network(network)
    starts, _ = find_early(network.with_links(levelled.chains))
    assert all(early <= start + CLOSE for early, start in zip(starts, levelled.start, strict=True))


@settings(deadline=None)
@given(networks(kinds=WAITS, leads=False), st.data())
def test_with_chains_as_links_nobody_is_in_two_places_however_long_work_takes(
    network: Network, data: st.DataObject
) -> None:
    """Where leads let somebody begin before what is waited for, there is no such promise."""
    network = replace(network, capacities=(*CAPACITIES[:2], 99.0))  # chains are made for people only
    chained = network.with_links(level_network(network).chains)
    other = [data.draw(hours(1, 40)) if one.duration else 0.0 for one in network.activities]
    changed = chained.with_durations(other)
    assert find_broken(changed, *find_early(changed)) == []


@settings(deadline=None)
@given(networks())
def test_the_same_order_gives_the_same_schedule(network: Network) -> None:
    levelled = level_network(network)
    again = level_network(network, keep=levelled.order)
    assert (again.start, again.order) == (levelled.start, levelled.order)


@settings(deadline=None)
@given(networks())
def test_every_start_is_held_by_something(network: Network) -> None:
    levelled = level_network(network)
    for number, driver in enumerate(levelled.driving):
        path = levelled.find_driving_path(number)
        assert path[-1] == number
        assert levelled.driving[path[0]].before is None
        assert all(levelled.driving[after].before == before for before, after in pairwise(path))
        activity = network.activities[number]
        if driver.hold is Hold.NOTHING:
            assert levelled.start[number] == activity.begin_from(0.0)


@settings(deadline=None)
@given(networks(kinds=WAITS), st.data())
def test_an_hour_more_in_a_gap_moves_nothing_else(network: Network, data: st.DataObject) -> None:
    base = level_network(network)
    number = data.draw(st.integers(0, len(network.activities) - 1))
    activity = network.activities[number]
    longer = replace(activity, duration=activity.duration + 1 / HOURS)
    changed = replace(network, activities=(*network.activities[:number], longer, *network.activities[number + 1 :]))
    finish = list(base.finish)
    finish[number] = longer.finish_from(base.start[number])
    if find_broken(changed, base.start, finish):
        return  # no gap
    assert level_network(changed, keep=base.order).start == base.start


@settings(deadline=None)
@given(networks(kinds=WAITS), st.data())
def test_an_hour_of_new_work_in_a_gap_moves_nothing_else(network: Network, data: st.DataObject) -> None:
    base = level_network(network)
    count = len(network.activities)
    person = data.draw(st.integers(0, 1))
    links = data.draw(st.lists(st.tuples(st.integers(0, count - 1), st.booleans()), max_size=2))
    added = Activity(1 / HOURS, needs=((person, 1.0),))
    changed = Network(
        (*network.activities, added),
        (*network.links, *(Link(other, count) if waits else Link(count, other) for other, waits in links)),
        network.capacities,
    )
    gap = _find_gap(changed, base.start, base.finish)
    if gap is None:
        return
    assert level_network(changed, keep=base.order).start[:-1] == base.start


def _find_gap(network: Network, start: tuple[float, ...], finish: tuple[float, ...]) -> float | None:
    """When the last activity could be done, if no other one moved."""
    for hour in range(round(max(finish) * HOURS) + 1):
        time = hour / HOURS
        if not find_broken(network, (*start, time), (*finish, time + 1 / HOURS)):
            return time
    return None


@settings(deadline=None)
@given(networks(), st.data())
def test_a_further_link_never_gives_an_earlier_date(network: Network, data: st.DataObject) -> None:
    count = len(network.activities)
    before, after = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    if network.order.index(before) >= network.order.index(after):
        return
    link = Link(before, after, data.draw(st.sampled_from(LinkType)), data.draw(hours(-16, 16)))
    starts, finishes = find_early(network)
    later_starts, later_finishes = find_early(network.with_links([link]))
    assert all(later >= early for early, later in zip(starts, later_starts, strict=True))
    assert all(later >= early for early, later in zip(finishes, later_finishes, strict=True))


@settings(deadline=None)
@given(networks(largest=5, kinds=WAITS))
def test_small_networks_are_levelled_as_well_as_can_be(network: Network) -> None:
    """Beside all orders there are, in which something may start as soon as it can."""
    placing = Placing(network)
    orders = [list(order) for order in permutations(network.order) if _is_possible(network, order)]
    found = [placing.place(order).finishes for order in orders]
    levelled = level_network(network, passes=300)
    least = min(_lateness(network, finishes) for finishes in found)
    assert levelled.lateness <= least + CLOSE
    end = min(max(finishes) for finishes in found if _lateness(network, finishes) <= least + CLOSE)
    assert levelled.end <= end + CLOSE


def _is_possible(network: Network, order: Sequence[int]) -> bool:
    return all(order.index(link.before) < order.index(link.after) for link in network.links)


def _lateness(network: Network, finishes: Sequence[float]) -> float:
    return sum(max(0.0, finish - one.deadline) for finish, one in zip(finishes, network.activities, strict=True))
