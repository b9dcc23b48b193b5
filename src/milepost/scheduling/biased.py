"""Orders of activities drawn at random, with a bias to what must be finished first."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from random import Random

from milepost.scheduling.network import Network

CHOICE = 10  # so many at most are drawn from: the time for a thousand that could all come next stays bearable

Urgency = tuple[float, int]  # late finish and number of an activity that could come next


def sample_order(network: Network, late_finishes: Sequence[float], random: Random) -> list[int]:
    """An order in which each activity comes after those that it waits for."""
    waiting = [len(links) for links in network.incoming]
    ready = sorted((late_finishes[number], number) for number, count in enumerate(waiting) if not count)
    order = []
    while ready:
        _, number = ready.pop(draw(ready[:CHOICE], random))
        order.append(number)
        for link in network.outgoing[number]:
            waiting[link.after] -= 1
            if not waiting[link.after]:
                insort(ready, (late_finishes[link.after], link.after))
    return order


def draw(urgencies: Sequence[Urgency], random: Random) -> int:
    """A place in a list, urgent first. Each is weighted by its regret: by how much the latest may be finished later.

    Regret-based biased random sampling: Drexl, "Scheduling of project networks by job assignment", 1991.
    """
    latest = urgencies[-1][0] + 1
    left = random.random() * (latest * len(urgencies) - sum(late for late, _ in urgencies))
    for place, (late, _) in enumerate(urgencies):
        left -= latest - late
        if left < 0:
            return place
    return len(urgencies) - 1
