"""Activities started as time goes on: whenever something is free, the most urgent of those that could start now.

The parallel schedule generation scheme (Kelley 1963; Kolisch, "Serial and parallel resource-constrained project
scheduling methods revisited", 1996). It never lets anybody wait while there is work, which the serial scheme may, so
each of the two finds schedules that the other one misses. It is used for the order alone: what it says of time is
rough, as it never looks back and fills no gap.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from heapq import heappop, heappush, merge
from itertools import islice
from math import inf

from milepost.scheduling.biased import CHOICE, Urgency
from milepost.scheduling.critical import earliest_start
from milepost.scheduling.network import Network

_NOTHING = 1e-9  # what is left of sums of fractions

Needs = tuple[tuple[int, float], ...]
Choose = Callable[[Sequence[Urgency]], int]


def dispatch(network: Network, late_finishes: Sequence[float], choose: Choose) -> list[float]:
    """When each activity would start. `choose` picks one of those that could: (late finish, number), urgent first."""
    return _Dispatch(network, late_finishes).run(choose)


class _Dispatch:
    def __init__(self, network: Network, late_finishes: Sequence[float]) -> None:
        self.network = network
        self.late_finishes = late_finishes
        self.needs = [activity.needs if activity.duration > 0 else () for activity in network.activities]
        self.free = [capacity + _NOTHING for capacity in network.capacities]
        self.starts = [0.0] * len(network.activities)
        self.finishes = [0.0] * len(network.activities)
        self.waiting = [len(links) for links in network.incoming]
        self.coming: list[tuple[float, int]] = []  # could start from a time on
        self.running: list[tuple[float, int]] = []  # has what it needs until a time
        self.ready: dict[Needs, list[Urgency]] = {}  # those that need the same, urgent first

    def run(self, choose: Choose) -> list[float]:
        for number, count in enumerate(self.waiting):
            if not count:
                self._come(number, -inf)
        while self.coming or self.running:
            time = min(heap[0][0] for heap in (self.coming, self.running) if heap)
            self._go_on(time)
            while found := self._find_startable():
                self._start(found[choose(found)], time)
        return self.starts

    def _come(self, number: int, time: float) -> None:
        """All that an activity waits for is placed: it could start when the links say, but not in the past."""
        activity = self.network.activities[number]
        for link in self.network.incoming[number]:
            before = link.before
            time = max(time, earliest_start(link, activity, self.starts[before], self.finishes[before]))
        heappush(self.coming, (activity.begin_from(max(time, activity.release)), number))

    def _go_on(self, time: float) -> None:
        """Takes back what is no longer needed, and sees what could start."""
        while self.running and self.running[0][0] <= time:
            for resource, amount in self.needs[heappop(self.running)[1]]:
                self.free[resource] += amount
        while self.coming and self.coming[0][0] <= time:
            _, number = heappop(self.coming)
            insort(self.ready.setdefault(self.needs[number], []), (self.late_finishes[number], number))

    def _find_startable(self) -> list[Urgency]:
        """The most urgent of those that could start now."""
        lists = [
            urgencies[:CHOICE]
            for needs, urgencies in self.ready.items()
            if all(self.free[resource] >= amount for resource, amount in needs)
        ]
        return list(islice(merge(*lists), CHOICE))

    def _start(self, urgency: Urgency, time: float) -> None:
        number = urgency[1]
        activity, needs = self.network.activities[number], self.needs[number]
        self.ready[needs].remove(urgency)
        if not self.ready[needs]:
            del self.ready[needs]
        if (begin := activity.begin_from(time)) > time:
            heappush(self.coming, (begin, number))
            return
        self.starts[number], self.finishes[number] = time, activity.finish_from(time)
        for resource, amount in needs:
            self.free[resource] -= amount
        if needs:
            heappush(self.running, (self.finishes[number], number))
        for link in self.network.outgoing[number]:
            self.waiting[link.after] -= 1
            if not self.waiting[link.after]:
                self._come(link.after, time)
