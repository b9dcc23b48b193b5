"""Which work waits for itself? Circles of starts and ends that wait for each other, in a project's network.

Starts and ends count apart: two items that start together one way and end together the other way are in no circle.
`schedule`, `forecast` and `check` all ask here, so that none refuses what another one lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from milepost.model.cycles import find_cycles
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.scheduling.network import CycleError, Link, Network

Node = TypeVar("Node")


class Event(NamedTuple):
    """The start or the end of an activity."""

    number: int
    is_end: bool


def may_have_circles(plan: Plan) -> bool:
    """Whether there can be a circle, whatever has begun: many times quicker than a network, which says if there is one.

    Start and end of an item count as one here, and all tasks wait for what their milestone waits for. So every circle
    is one here too, and plans seldom have what is one only here.
    """
    waits: dict[Ref, list[Ref]] = {}
    for milestone in plan.milestones:
        awaited = [link.item for link in milestone.depends_on]
        tasks = [task.ref for task in milestone.tasks]
        waits[milestone.ref] = awaited + tasks
        for ref, task in zip(tasks, milestone.tasks, strict=True):
            waits[ref] = awaited + [link.item for link in task.depends_on]
    needs = {ref: [(one,) for one in awaited if one in waits] for ref, awaited in waits.items()}
    return len(order_ready(needs)) < len(waits)


def find_circles(network: Network, items: Sequence[Ref]) -> list[tuple[Ref, ...]]:
    """One shortest circle of each knot: items of which each waits for the next one, and the last for the first."""
    try:
        network.order  # noqa: B018  where activities can be put in order, so can their ends
    except CycleError:
        return [_items_of(cycle, items) for cycle in find_cycles(_waits(network))]
    return []


def bound_by(link: Link) -> tuple[Event, Event]:
    """The event that waits by a link, and the one that it waits for."""
    return Event(link.after, not link.type.binds_start), Event(link.before, not link.type.counts_from_start)


def order_ready(needs: Mapping[Node, Iterable[Sequence[Node]]]) -> dict[Node, int]:
    """The places in which nodes come to pass, each when one of each of the groups that it needs has; without the rest.

    Every node that is in a group has to be a key.
    """
    groups = [(node, group) for node, listed in needs.items() for group in listed]
    waiting = dict.fromkeys(needs, 0)
    users: dict[Node, list[int]] = {node: [] for node in needs}
    for number, (node, group) in enumerate(groups):
        waiting[node] += 1
        for one in group:
            users[one].append(number)
    ready = [node for node, count in waiting.items() if not count]
    met: set[int] = set()
    for node in ready:  # grows while it is gone through
        for number in users[node]:
            if number not in met:
                met.add(number)
                user = groups[number][0]
                waiting[user] -= 1
                if not waiting[user]:
                    ready.append(user)
    return {node: place for place, node in enumerate(ready)}


def _waits(network: Network) -> dict[Event, list[Event]]:
    """What each start and end waits for. An end waits for the start."""
    graph: dict[Event, list[Event]] = {}
    for number in range(len(network.activities)):
        graph[Event(number, is_end=False)] = []
        graph[Event(number, is_end=True)] = [Event(number, is_end=False)]
    for link in network.links:
        waiting, awaited = bound_by(link)
        graph[waiting].append(awaited)
    return graph


def _items_of(cycle: Sequence[Event], items: Sequence[Ref]) -> tuple[Ref, ...]:
    """The items of a circle, each once where several of its events stand side by side."""
    named = [items[event.number] for event in cycle]
    once = [item for place, item in enumerate(named) if place == 0 or item != named[place - 1]]
    return tuple(once[:-1] if len(once) > 1 and once[0] == once[-1] else once)
