"""When does a milestone begin? With the first of its tasks, so what waits for its start waits for that one alone.

Which one that is follows from the earliest dates, before anybody's time is limited and before anything waits for the
start of a milestone. It is the same in every run of a forecast: a network knows no "whichever comes first".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from milepost.analyses.schedules.circles import Event, bound_by, order_ready
from milepost.scheduling.critical import find_early
from milepost.scheduling.network import Activity, CycleError, Link, Network

#: A link, and the activities of which the first is what it waits for.
Wait = tuple[tuple[int, ...], Link]


def link_firsts(activities: Sequence[Activity], links: Sequence[Link], waits: Sequence[Wait]) -> list[Link]:
    """Links from the first of some activities each.

    One that waits in turn for what waits for it can't be the first, unless they all do: then it is a circle.
    """
    known = [link for candidates, link in waits if len(candidates) == 1]
    if len(known) == len(waits):
        return known
    network = Network(tuple(activities), (*links, *known))
    starts = _early_starts(network)
    found = [
        link
        if len(candidates) == 1
        else link._replace(before=_first(candidates, network.waiting_for([link.after]), starts))
        for candidates, link in waits
    ]
    if _is_ordered(Network(network.activities, (*links, *found))):
        return found
    return _by_readiness(len(activities), links, waits, starts)


def _by_readiness(count: int, links: Sequence[Link], waits: Sequence[Wait], starts: Sequence[float]) -> list[Link]:
    """Firsts that make no circle of each other, where there are such: those that come to pass before what waits.

    Where activities can't be put in order, their starts and ends may still be, so that no more is a circle than is one.
    """
    every = [*(((link.before,), link) for link in links), *waits]
    needs: dict[int, list[Sequence[int]]] = {number: [] for number in range(count)}
    events: dict[Event, list[Sequence[Event]]] = {}
    for number in range(count):
        events[Event(number, is_end=False)] = []
        events[Event(number, is_end=True)] = [(Event(number, is_end=False),)]
    for candidates, link in every:
        needs[link.after].append(candidates)
        waiting, awaited = bound_by(link)
        events[waiting].append([awaited._replace(number=one) for one in candidates])
    places = order_ready(needs)
    if len(places) == count:
        return [
            link._replace(before=_soonest(candidates, places, places[link.after], starts)) for candidates, link in waits
        ]
    known = order_ready(events)
    return [
        link._replace(before=min(candidates, key=lambda one: _rank(one, link, known, starts)))
        for candidates, link in waits
    ]


def _soonest(candidates: Sequence[int], places: Mapping[int, int], place: int, starts: Sequence[float]) -> int:
    """Of those that come to pass before a place the one that starts first."""
    return min((one for one in candidates if places[one] < place), key=lambda one: (starts[one], one))


def _rank(one: int, link: Link, places: Mapping[Event, int], starts: Sequence[float]) -> tuple[float, float, int]:
    """What comes to pass first, then what starts first."""
    _, awaited = bound_by(link)
    return places.get(awaited._replace(number=one), inf), starts[one], one


def _is_ordered(network: Network) -> bool:
    try:
        return len(network.order) == len(network.activities)
    except CycleError:
        return False


def _first(candidates: Sequence[int], behind: frozenset[int], starts: Sequence[float]) -> int:
    return min(candidates, key=lambda number: (number in behind, starts[number], number))


def _early_starts(network: Network) -> Sequence[float]:
    """The earliest starts; the releases where some work waits for itself, which is told later."""
    try:
        return find_early(network)[0]
    except CycleError:
        return [activity.release for activity in network.activities]
