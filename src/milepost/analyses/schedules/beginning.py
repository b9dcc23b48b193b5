"""When does a milestone begin? With the first of its tasks, so what waits for its start waits for that one alone.

Which one that is follows from the earliest dates, before anybody's time is limited and before anything waits for the
start of a milestone. It is the same in every run of a forecast: a network knows no "whichever comes first".
"""

from __future__ import annotations

from collections.abc import Sequence

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
    return [
        link
        if len(candidates) == 1
        else link._replace(before=_first(candidates, network.waiting_for([link.after]), starts))
        for candidates, link in waits
    ]


def _first(candidates: Sequence[int], behind: frozenset[int], starts: Sequence[float]) -> int:
    return min(candidates, key=lambda number: (number in behind, starts[number], number))


def _early_starts(network: Network) -> Sequence[float]:
    """The earliest starts; the releases where some work waits for itself, which is told later."""
    try:
        return find_early(network)[0]
    except CycleError:
        return [activity.release for activity in network.activities]
