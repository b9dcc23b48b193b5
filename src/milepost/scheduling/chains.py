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
    which it gets its part (a resource flow: Artigues and Roubellat 2000). Links against `order` are left out, as they
    would close a circle: a lead may let an activity run before the one that it waits for.
    """
    rank = {number: place for place, number in enumerate(order)}
    users: list[list[tuple[int, float]]] = [[] for _ in network.capacities]
    for number in sorted(order, key=lambda number: (starts[number], rank[number])):
        if finishes[number] > starts[number]:
            for resource, amount in network.activities[number].needs:
                users[resource].append((number, amount))
    return {
        Link(before, after)
        for resource, capacity in enumerate(network.capacities)
        if capacity <= 1
        for before, after in _flow(users[resource], capacity, starts, finishes)
        if rank[before] < rank[after]
    }


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
