"""Who has more to do than time for it: work that has to be done between two times, against the time that is there.

For each resource of one unit, over all spans that begin when some work can start at the earliest and end when some has
to be finished at the latest (energetic reasoning: Erschler and Lopez 1990; Baptiste, Le Pape and Nuijten, "Constraint-
Based Scheduling", 2001). Of a levelled schedule this could never be said: it moves dates until everything fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

from milepost.scheduling.critical import Times, earliest_start, find_times
from milepost.scheduling.network import Network, Pause, paused

_NOTHING = 1e-6  # working days: what is left of sums of fractions


@dataclass(frozen=True, slots=True)
class Overload:
    """The span in which a resource lacks most: whole working days from `begin` up to `end`."""

    resource: int
    begin: int
    end: int
    work: float  # working days that have to be done within the span
    time: float  # working days that the resource has in it

    @property
    def excess(self) -> float:
        """Working days that are missing."""
        return self.work - self.time


def find_overloads(network: Network) -> tuple[Overload, ...]:
    """The worst span of each resource that has more work than time, if all deadlines are to hold; the worst first.

    Work without a deadline, its own or that of what waits for it, asks for no time in particular. Nor does work for a
    deadline that is past at time 0, or before the work can start: nobody keeps that. Raises CycleError.
    """
    deadlines = [activity.deadline if activity.deadline > 0 else inf for activity in network.activities]
    times = find_times(network.with_deadlines(deadlines), end=inf, use_deadlines=True)
    works: list[list[_Work]] = [[] for _ in network.capacities]
    pauses: dict[int, tuple[Pause, ...]] = {}
    for number, activity in enumerate(network.activities):
        begin, late = floor(_ready(network, times, number) + _NOTHING), times.late_finish[number]
        if begin < late < inf and activity.duration > _NOTHING:
            end = ceil(late - _NOTHING)
            for resource, amount in activity.needs:
                works[resource].append(_Work(begin, end, activity.duration * amount))
                pauses[resource] = activity.pauses
    found = (_worst(number, work, pauses[number]) for number, work in enumerate(works) if work)
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.excess, one.resource)))


def _ready(network: Network, times: Times, number: int) -> float:
    """When all is there that an activity waits for; whoever does it may be away then."""
    activity = network.activities[number]
    bounds = (
        earliest_start(link, activity, times.early_start[link.before], times.early_finish[link.before])
        for link in network.incoming[number]
    )
    return max(activity.release, *bounds, -inf)


@dataclass(frozen=True, slots=True)
class _Work:
    begin: int
    end: int
    days: float


def _worst(resource: int, works: Sequence[_Work], pauses: Sequence[Pause]) -> Overload | None:
    """Begins are gone through from the last to the first; for each, the worst end is found in a tree."""
    points = sorted({point for work in works for point in (work.begin, work.end)})
    waiting = sorted(works, key=lambda work: work.begin)
    tree, worst = _Prefixes(len(points)), (0.0, 0, 0)
    for place in reversed(range(len(points))):
        if place + 1 < len(points):
            tree.add(place + 1, -_time(points[place], points[place + 1], pauses))
        while waiting and waiting[-1].begin == points[place]:
            work = waiting.pop()
            tree.add(bisect_left(points, work.end), work.days)
        if tree.best > worst[0] + _NOTHING:
            worst = (tree.best, place, tree.find_best())
    if not worst[0]:
        return None
    begin, end = points[worst[1]], points[worst[2]]
    time = _time(begin, end, pauses)
    return Overload(resource, begin, end, worst[0] + time, time)


class _Prefixes:
    """Numbers in a row, of which any can be changed, and the largest sum of those up to one of them."""

    def __init__(self, count: int) -> None:
        self._size = 1 << max(0, count - 1).bit_length()
        self._sums = [0.0] * (2 * self._size)
        self._best = [0.0] * (2 * self._size)

    @property
    def best(self) -> float:
        """The largest sum."""
        return self._best[1]

    def add(self, place: int, number: float) -> None:
        """Adds to the number at a place."""
        node = place + self._size
        self._sums[node] += number
        self._best[node] = self._sums[node]
        while node := node // 2:
            left, right = 2 * node, 2 * node + 1
            self._sums[node] = self._sums[left] + self._sums[right]
            self._best[node] = max(self._best[left], self._sums[left] + self._best[right])

    def find_best(self) -> int:
        """The place up to which the sum is largest."""
        node = 1
        while node < self._size:
            left, right = 2 * node, 2 * node + 1
            node = left if self._best[left] >= self._sums[left] + self._best[right] else right
        return node - self._size


def _time(begin: int, end: int, pauses: Sequence[Pause]) -> float:
    return end - begin - paused(begin, end, pauses)
