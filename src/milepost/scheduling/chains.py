"""Who hands a resource to whom in a levelled schedule."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from milepost.scheduling.network import Link, Network

_NOTHING = 1e-6  # working days, or units: what is left of sums of fractions


def find_chains(
    network: Network, starts: Sequence[float], finishes: Sequence[float], order: Sequence[int]
) -> set[Link]:
    """Links from each activity to the next one of the same person, so that a simulation does one thing at a time.

    They are made for resources of one unit, or less: where activities take parts of it, each is linked to those of
    which it gets its part (a resource flow: Artigues and Roubellat 2000). `order` puts none before one that it waits
    for. Links that would close a circle are left out: by a lead, or a link to its finish, an activity may run before
    the one that it waits for.
    """
    rank = {number: place for place, number in enumerate(order)}
    users: list[list[tuple[int, float]]] = [[] for _ in network.capacities]
    for number in sorted(order, key=lambda number: (starts[number], rank[number])):
        if finishes[number] > starts[number]:
            for resource, amount in network.activities[number].needs:
                users[resource].append((number, amount))
    pairs = {
        pair
        for resource, capacity in enumerate(network.capacities)
        if capacity <= 1
        for pair in _flow(users[resource], capacity, starts, finishes)
    }
    against = sorted(pair for pair in pairs if rank[pair[0]] > rank[pair[1]])  # all others go along with the links
    return {Link(*pair) for pair in _without_circles(network, pairs.difference(against), against)}


def _without_circles(
    network: Network, pairs: set[tuple[int, int]], further: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The pairs, with those further ones that close no circle with them and the links."""
    if not further:
        return pairs
    after: list[set[int]] = [{link.after for link in links} for links in network.outgoing]
    for one, other in pairs:
        after[one].add(other)
    for one, other in further:
        reached = [other]
        seen = {other}
        for number in reached:  # grows while it is gone through
            reached += after[number] - seen
            seen |= after[number]
        if one not in seen:
            after[one].add(other)
            pairs.add((one, other))
    return pairs


def _flow(
    users: Sequence[tuple[int, float]], capacity: float, starts: Sequence[float], finishes: Sequence[float]
) -> list[tuple[int, int]]:
    """Pairs of activities: the first hands at least a part of the resource to the second."""
    pairs = []
    free: list[tuple[float, int, float]] = [(-inf, -1, capacity)]  # since when, from whom, how much
    for number, amount in users:
        free.sort()
        waiting = [one for one in free if one[0] > starts[number] + _NOTHING]
        free = free[: len(free) - len(waiting)]
        missing = amount
        while missing > _NOTHING and free:
            since, before, units = free.pop()
            if before >= 0:
                pairs.append((before, number))
            if units - missing > _NOTHING:
                free.append((since, before, units - missing))
            missing -= units
        free += [*waiting, (finishes[number], number, amount)]
    return pairs
