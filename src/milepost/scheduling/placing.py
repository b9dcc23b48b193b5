"""Activities placed one after the other, each as early as links and resources allow.

The serial schedule generation scheme (Kelley, "The critical-path method: resources planning and scheduling", 1963;
Kolisch and Hartmann, "Heuristic algorithms for the resource-constrained project scheduling problem", 1999), here for
links between any two ends and for work that is paused. It runs forwards, and on the mirrored network backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from milepost.scheduling.critical import earliest_finish, earliest_start
from milepost.scheduling.network import Activity, Link, LinkType, Network, Pause
from milepost.scheduling.profile import Profile

_MIRRORED = {
    LinkType.FS: LinkType.FS,
    LinkType.SS: LinkType.FF,
    LinkType.FF: LinkType.SS,
    LinkType.SF: LinkType.SF,
}


class Placed(NamedTuple):
    """Start and finish of all activities by their numbers, and the order in which they were placed."""

    order: list[int]
    starts: list[float]
    finishes: list[float]


class Placing:
    """A network made ready to be placed many times."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.releases = [activity.release for activity in network.activities]
        self._finishing = [_finishing(activity) for activity in network.activities]
        self._needs = [activity.needs if activity.duration > 0 else () for activity in network.activities]
        self._waits = [  # links from finish to start are nearly all that there are
            [(link.before, link.lag) for link in links if link.type is LinkType.FS] for links in network.incoming
        ]
        self._others = [[link for link in links if link.type is not LinkType.FS] for links in network.incoming]

    def place(self, order: list[int], releases: Sequence[float] | None = None) -> Placed:
        """All activities, in an order that puts none before one that it waits for; with other releases if given."""
        activities, needs = self.network.activities, self._needs
        releases = self.releases if releases is None else releases
        placed = Placed(order, [0.0] * len(order), [0.0] * len(order))
        _, starts, finishes = placed
        profiles = [Profile(capacity) for capacity in self.network.capacities]
        for number in order:
            time, finishing = releases[number], self._finishing[number]
            for before, lag in self._waits[number]:
                time = max(time, finishes[before] + lag)
            if self._others[number]:
                time, finishing = self._bind(number, time, placed)
            if needs[number]:
                time = _free_from(profiles, needs[number], time, finishing)
            starts[number] = start = activities[number].begin_from(time)
            finishes[number] = finish = finishing(time)
            if finish > start:
                for resource, amount in needs[number]:
                    profiles[resource].take(start, finish, amount)
        return placed

    def _bind(self, number: int, time: float, placed: Placed) -> tuple[float, Callable[[float], float]]:
        """By links to start or finish: from when on it may run, and when it is finished by the time it runs from."""
        activity, finishing, least = self.network.activities[number], self._finishing[number], -inf
        for link in self._others[number]:
            start, finish = placed.starts[link.before], placed.finishes[link.before]
            time = max(time, earliest_start(link, activity, start, finish))
            least = max(least, earliest_finish(link, start, finish))
        return time, lambda begin: max(least, finishing(begin))

    def sort(self, keys: Sequence[float]) -> list[int]:
        """The activities by their keys, each after those that it waits for."""
        pushed = list(keys)
        for number in self.network.order:
            for link in self.network.incoming[number]:
                pushed[number] = max(pushed[number], pushed[link.before])
        return sorted(self.network.order, key=pushed.__getitem__)  # stable: of equals, who is waited for comes first


def mirror(network: Network) -> Network:
    """The network as seen from its end: at time t stands what is at -t. Without releases and deadlines."""
    return Network(
        tuple(replace(one, release=0.0, pauses=_mirror_pauses(one.pauses)) for one in network.activities),
        tuple(Link(link.after, link.before, _MIRRORED[link.type], link.lag) for link in network.links),
        network.capacities,
    )


def _mirror_pauses(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    return tuple(Pause(-pause.end, -pause.begin) for pause in reversed(pauses))


def _finishing(activity: Activity) -> Callable[[float], float]:
    return activity.finish_from if activity.pauses else float(activity.duration).__add__


def _free_from(
    profiles: Sequence[Profile],
    needs: Sequence[tuple[int, float]],
    time: float,
    finish_from: Callable[[float], float],
) -> float:
    """The first time from a given one on, at which all that is needed is free at once."""
    resource, amount = needs[0]
    time = profiles[resource].earliest(time, amount, finish_from)
    agreed = 1
    while agreed < len(needs):
        resource, amount = needs[agreed]
        later = profiles[resource].earliest(time, amount, finish_from)
        if later > time:
            time = later
            needs = (*needs[agreed:], *needs[:agreed])
            agreed = 0
        agreed += 1
    return time
