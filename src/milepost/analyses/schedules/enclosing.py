"""Work that starts before other work and ends after it: its end waits apart, as nothing else can put the two in order.

`a` starts no earlier than `b`, and `b` ends no earlier than `a`: as activities each waits for the other, as starts and
ends they wait in no circle. So `b` is its work, and a point after that and after `a`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from milepost.analyses.schedules.circles import find_circles
from milepost.model.cycles import strong_parts
from milepost.model.item import Ref
from milepost.scheduling.network import Activity, CycleError, Link, LinkType, Network


def part_ends(network: Network, items: Sequence[Ref]) -> tuple[Network, Mapping[int, int]]:
    """The network with ends of their own where only those can be put in order, and which activity has got which.

    The same where activities can be put in order, or where not even starts and ends can.
    """
    try:
        network.order  # noqa: B018  most can be put in order
    except CycleError:
        return _part(network, _tied(network)) if not find_circles(network, items) else (network, {})
    return network, {}


def _tied(network: Network) -> list[int]:
    """Activities in knots that others of their knot wait for from the start, and that wait for others with the end."""
    graph: dict[int, list[int]] = {number: [] for number in range(len(network.activities))}
    for link in network.links:
        graph[link.before].append(link.after)
    knots = {number: place for place, part in enumerate(strong_parts(graph)) for number in part}
    inside = [link for link in network.links if knots[link.before] == knots[link.after]]
    begins = {link.before for link in inside if link.type.counts_from_start}
    return sorted(begins & {link.after for link in inside if not link.type.binds_start})


def _part(network: Network, tied: Sequence[int]) -> tuple[Network, Mapping[int, int]]:
    ends = {number: len(network.activities) + place for place, number in enumerate(tied)}
    points = tuple(Activity(0.0, deadline=network.activities[number].deadline) for number in tied)
    links = (*(_moved(link, ends) for link in network.links), *(Link(*pair) for pair in ends.items()))
    return replace(network, activities=(*network.activities, *points), links=links), ends


def _moved(link: Link, ends: Mapping[int, int]) -> Link:
    """A link of an end to where that is now. A point starts when it ends."""
    before = link.before if link.type.counts_from_start else ends.get(link.before, link.before)
    if link.type.binds_start or link.after not in ends:
        return link._replace(before=before)
    return Link(before, ends[link.after], LinkType.SS if link.type.counts_from_start else LinkType.FS, link.lag)
