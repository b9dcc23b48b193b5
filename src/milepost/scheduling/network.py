"""A project as a network of activities: what has to come before what, and what each of them needs.

Times are numbers on one axis: working days from an origin that the caller chooses. Nothing is special about work that
has begun or ended; whoever makes the network says when it could start and how long it takes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from math import inf
from operator import itemgetter
from typing import NamedTuple

from milepost.model.cycles import find_cycles

_BEGIN = itemgetter(0)  # of a pause

#: Working days: what is left of sums of fractions. A pause that begins with the end stops nothing, and work that may
#: start where one begins starts after it; also where either is off by so little.
NOTHING = 1e-9


class LinkType(StrEnum):
    """Which ends of two activities a link binds: start or finish of the one to start or finish of the other."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"

    @property
    def counts_from_start(self) -> bool:
        """Whether it is the start of the one that binds the other."""
        return self in (LinkType.SS, LinkType.SF)

    @property
    def binds_start(self) -> bool:
        """Whether it is the start of the other that is bound."""
        return self in (LinkType.FS, LinkType.SS)


class Link(NamedTuple):
    """`after` waits for `before`, both numbers of activities. `lag` is in working days, negative for a lead."""

    before: int
    after: int
    type: LinkType = LinkType.FS
    lag: float = 0.0


class Pause(NamedTuple):
    """A part of the axis in which whoever does the work is away: from a time up to another one."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that takes time. Work goes on after each of its `pauses`, which are apart and in order.

    It can't start before `release`, and should be finished by `deadline`. `needs` are numbers of resources, each with
    how many of its units are taken while the activity runs.
    """

    duration: float  # working days without the pauses
    release: float = 0.0
    deadline: float = inf
    pauses: tuple[Pause, ...] = ()
    needs: tuple[tuple[int, float], ...] = ()

    def begin_from(self, start: float) -> float:
        """When it begins, if it may start at a time: later, if that is in a pause."""
        return after_pauses(start, self.pauses)

    def finish_from(self, start: float) -> float:
        """When it is finished, if it may start at a time."""
        return work_forward(start, self.duration, self.pauses)

    def start_for(self, finish: float) -> float:
        """When it has to start at the latest, to be finished at a time."""
        return work_backward(finish, self.duration, self.pauses)


@dataclass(frozen=True)  # without slots: what is cached needs room
class Network:
    """Activities by their numbers, the links between them, and how many units there are of each resource."""

    activities: tuple[Activity, ...]
    links: tuple[Link, ...] = ()
    capacities: tuple[float, ...] = field(default=())  # a person is a resource of one unit

    @cached_property
    def incoming(self) -> tuple[tuple[Link, ...], ...]:
        """The links that each activity waits for."""
        return _group(self.links, [link.after for link in self.links], len(self.activities))

    @cached_property
    def outgoing(self) -> tuple[tuple[Link, ...], ...]:
        """The links that wait for each activity."""
        return _group(self.links, [link.before for link in self.links], len(self.activities))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The activities, each after those that it waits for; else in the order of their numbers.

        Raises CycleError where there is no such order.
        """
        waiting = [len(links) for links in self.incoming]
        ready = [number for number, count in enumerate(waiting) if not count]
        for number in ready:  # grows while it is gone through
            for link in self.outgoing[number]:
                waiting[link.after] -= 1
                if not waiting[link.after]:
                    ready.append(link.after)
        if len(ready) < len(self.activities):
            raise CycleError(self)
        return tuple(ready)

    def leading_to(self, numbers: Iterable[int]) -> frozenset[int]:
        """Some activities, and all that they wait for."""
        return _reach(numbers, lambda number: {link.before for link in self.incoming[number]})

    def waiting_for(self, numbers: Iterable[int]) -> frozenset[int]:
        """Some activities, and all that wait for them."""
        return _reach(numbers, lambda number: {link.after for link in self.outgoing[number]})

    def with_deadlines(self, deadlines: Sequence[float]) -> Network:
        """The same with other deadlines."""
        pairs = zip(self.activities, deadlines, strict=True)
        activities = tuple(replace(activity, deadline=deadline) for activity, deadline in pairs)
        return Network(activities, self.links, self.capacities)

    def with_links(self, links: Iterable[Link]) -> Network:
        """The same with further links."""
        return Network(self.activities, (*self.links, *links), self.capacities)

    def with_durations(self, durations: Sequence[float]) -> Network:
        """The same with other durations."""
        pairs = zip(self.activities, durations, strict=True)
        activities = tuple(replace(activity, duration=duration) for activity, duration in pairs)
        return Network(activities, self.links, self.capacities)


class CycleError(ValueError):
    """Activities that wait for each other. `cycle` has their numbers, each waiting for the one before it."""

    def __init__(self, network: Network) -> None:
        graph = {number: [link.after for link in links] for number, links in enumerate(network.outgoing)}
        self.cycle: tuple[int, ...] = tuple(find_cycles(graph)[0])
        super().__init__(" → ".join(map(str, self.cycle)))


def after_pauses(time: float, pauses: Sequence[Pause]) -> float:
    """The time itself, or the end of the pause in which it is."""
    begun = bisect_right(pauses, time + NOTHING, key=_BEGIN)
    return max(time, pauses[begun - 1].end) if begun else time


def paused(begin: float, end: float, pauses: Iterable[Pause]) -> float:
    """How much of a span lies in pauses."""
    return sum(max(0.0, min(pause.end, end) - max(pause.begin, begin)) for pause in pauses)


def work_forward(start: float, duration: float, pauses: Sequence[Pause]) -> float:
    """Where work that may start at a time ends."""
    step = bisect_right(pauses, start + NOTHING, key=_BEGIN)
    if step:
        start = max(start, pauses[step - 1].end)
    finish = start + duration
    while step < len(pauses) and pauses[step].begin < finish - NOTHING:
        finish += pauses[step].end - pauses[step].begin
        step += 1
    return finish


def work_backward(finish: float, duration: float, pauses: Sequence[Pause]) -> float:
    """Where work that ends at a time has to start at the latest."""
    step = bisect_left(pauses, finish, key=_BEGIN)
    if step and finish <= pauses[step - 1].end + NOTHING:
        step -= 1
        finish = pauses[step].begin
    start = finish - duration
    while step and start < pauses[step - 1].end - NOTHING:
        step -= 1
        start -= pauses[step].end - pauses[step].begin
    return start


def _reach(numbers: Iterable[int], further_from: Callable[[int], set[int]]) -> frozenset[int]:
    found = list(numbers)
    reached = set(found)
    for number in found:  # grows while it is gone through
        further = further_from(number) - reached
        reached |= further
        found += further
    return frozenset(reached)


def _group(links: Sequence[Link], numbers: Sequence[int], count: int) -> tuple[tuple[Link, ...], ...]:
    groups: list[list[Link]] = [[] for _ in range(count)]
    for link, number in zip(links, numbers, strict=True):
        groups[number].append(link)
    return tuple(map(tuple, groups))
