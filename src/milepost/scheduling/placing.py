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
from milepost.scheduling.network import Link, LinkType, Network, Pause
from milepost.scheduling.profile import Diary, Profile

_MIRRORED = {
    LinkType.FS: LinkType.FS,
    LinkType.SS: LinkType.FF,
    LinkType.FF: LinkType.SS,
    LinkType.SF: LinkType.SF,
}


#: Of an activity: links from finish to start, which are nearly all that there are, as numbers and lags; other links;
#: what it needs; when it begins, by the time from which it may run, if that is not the same; and when it is finished.
_Plain = tuple[
    list[tuple[int, float]],
    list[Link],
    tuple[tuple[int, float], ...],
    Callable[[float], float] | None,
    Callable[[float], float],
]


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
        self._plain = [self._plain_of(number) for number in range(len(network.activities))]
        self._pairs = [(link.before, number) for number in network.order for link in network.incoming[number]]
        self._whole = [True] * len(network.capacities)
        for activity in network.activities:
            for resource, amount in activity.needs:
                self._whole[resource] &= amount == network.capacities[resource]

    def _plain_of(self, number: int) -> _Plain:
        activity, links = self.network.activities[number], self.network.incoming[number]
        return (
            [(link.before, link.lag) for link in links if link.type is LinkType.FS],
            [link for link in links if link.type is not LinkType.FS],
            activity.needs if activity.duration > 0 else (),
            activity.begin_from if activity.pauses else None,
            activity.finish_from if activity.pauses else float(activity.duration).__add__,
        )

    def place(self, order: list[int], releases: Sequence[float] | None = None) -> Placed:
        """All activities, in an order that puts none before one that it waits for; with other releases if given."""
        releases = self.releases if releases is None else releases
        placed = Placed(order, [0.0] * len(order), [0.0] * len(order))
        _, starts, finishes = placed
        resources = [
            Diary() if is_whole else Profile(capacity)
            for is_whole, capacity in zip(self._whole, self.network.capacities, strict=True)
        ]
        for number in order:  # this takes nearly all the time of levelling
            time, (waits, others, needs, beginning, finishing) = releases[number], self._plain[number]
            for before, lag in waits:
                if finishes[before] + lag > time:  # noqa: PLR1730 - max() takes three times as long
                    time = finishes[before] + lag
            if others:
                time, finishing = self._bind(number, time, placed)
            if len(needs) == 1:
                time = resources[needs[0][0]].earliest(time, needs[0][1], finishing)
            elif needs:
                time = _free_from(resources, needs, time, finishing)
            starts[number] = start = beginning(time) if beginning else time
            finishes[number] = finish = finishing(time)
            if finish > start:
                for resource, amount in needs:
                    resources[resource].take(start, finish, amount)
        return placed

    def _bind(self, number: int, time: float, placed: Placed) -> tuple[float, Callable[[float], float]]:
        """By links to start or finish: from when on it may run, and when it is finished by the time it runs from."""
        activity, finishing, least = self.network.activities[number], self._plain[number][-1], -inf
        for link in self._plain[number][1]:
            start, finish = placed.starts[link.before], placed.finishes[link.before]
            time = max(time, earliest_start(link, activity, start, finish))
            least = max(least, earliest_finish(link, start, finish))
        return time, lambda begin: max(least, finishing(begin))

    def sort(self, keys: Sequence[float]) -> list[int]:
        """The activities by their keys, each after those that it waits for."""
        pushed = list(keys)
        for before, after in self._pairs:
            if pushed[before] > pushed[after]:  # noqa: PLR1730 - the same
                pushed[after] = pushed[before]
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


def _free_from(
    resources: Sequence[Profile | Diary],
    needs: Sequence[tuple[int, float]],
    time: float,
    finish_from: Callable[[float], float],
) -> float:
    """The first time from a given one on, at which all that is needed is free at once."""
    resource, amount = needs[0]
    time = resources[resource].earliest(time, amount, finish_from)
    agreed = 1
    while agreed < len(needs):
        resource, amount = needs[agreed]
        later = resources[resource].earliest(time, amount, finish_from)
        if later > time:
            time = later
            needs = (*needs[agreed:], *needs[:agreed])
            agreed = 0
        agreed += 1
    return time
