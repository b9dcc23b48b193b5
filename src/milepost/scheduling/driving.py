"""What holds each activity of a levelled schedule, and the path of what held what."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from milepost.scheduling.critical import earliest_start
from milepost.scheduling.network import Link, Network
from milepost.scheduling.placing import Placed

_NOTHING = 1e-6  # working days: what is left of sums of fractions


class Hold(StrEnum):
    """What may keep an activity from an earlier start."""

    LINK = "link"
    RESOURCE = "resource"
    RELEASE = "release"
    NOTHING = "nothing"


class Driver(NamedTuple):
    """What kept an activity from an earlier start; `before` is the activity that it came after, if any."""

    hold: Hold
    before: int | None = None
    link: Link | None = None  # with LINK
    resource: int | None = None  # with RESOURCE: what `before` had until then


def find_drivers(network: Network, placed: Placed) -> tuple[Driver, ...]:
    """What determined the start of each activity. Of several that did, a link is told first, then its release."""
    users: list[list[tuple[float, int]]] = [[] for _ in network.capacities]  # who had each resource until when
    drivers = [Driver(Hold.NOTHING)] * len(network.activities)
    for number in placed.order:  # held by what was placed before, so that no path is a circle
        drivers[number] = _find_driver(network, placed, number, users)
        if placed.finishes[number] > placed.starts[number]:
            for resource, _ in network.activities[number].needs:
                insort(users[resource], (placed.finishes[number], number))
    return tuple(drivers)


def find_driving_path(drivers: Sequence[Driver], number: int) -> tuple[int, ...]:
    """The activities that lead to one, each held by the one before it; the first was held by none."""
    path = [number]
    while (before := drivers[path[-1]].before) is not None:
        path.append(before)
    return tuple(reversed(path))


def _find_driver(network: Network, placed: Placed, number: int, users: Sequence[Sequence[tuple[float, int]]]) -> Driver:
    activity, start = network.activities[number], placed.starts[number]

    def holds(time: float) -> bool:
        return abs(activity.begin_from(time) - start) < _NOTHING

    for link in network.incoming[number]:
        before = link.before
        if holds(earliest_start(link, activity, placed.starts[before], placed.finishes[before])):
            return Driver(Hold.LINK, before, link=link)
    if holds(activity.release):
        return Driver(Hold.RELEASE if activity.release > 0 else Hold.NOTHING)
    for resource, _ in activity.needs:
        last = bisect_right(users[resource], (start + _NOTHING, number)) - 1
        if last >= 0 and holds(users[resource][last][0]):
            return Driver(Hold.RESOURCE, users[resource][last][1], resource=resource)
    return Driver(Hold.NOTHING)
