"""The critical path method: when each activity can and must take place, if nobody's time were limited.

Kelley and Walker, "Critical-Path Planning and Scheduling", 1959; links between any two ends with lags as in precedence
diagramming (Fondahl 1961; PMBOK).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from milepost.scheduling.network import Activity, Link, LinkType, Network

_NOTHING = 1e-9  # working days: what is left of sums of fractions


@dataclass(frozen=True, slots=True)
class Times:
    """Times of all activities by their numbers, and the time at which the last of them can be finished."""

    early_start: tuple[float, ...]
    early_finish: tuple[float, ...]
    late_start: tuple[float, ...]
    late_finish: tuple[float, ...]
    total_float: tuple[float, ...]  # how much later it may start, with no effect on the end or a deadline
    free_float: tuple[float, ...]  # how much later it may start, with no effect on any other activity
    end: float

    def is_critical(self, number: int) -> bool:
        """Whether any delay of an activity delays the end, or breaks a deadline."""
        return self.total_float[number] <= _NOTHING


def find_times(network: Network, end: float | None = None, use_deadlines: bool = False) -> Times:
    """Early and late times. Late ones are counted back from `end`, else from the earliest possible end.

    With `use_deadlines` an activity's late finish is its deadline, where that is earlier: float below 0 says by how
    much it is too late. Raises CycleError.
    """
    starts, finishes = find_early(network)
    last = max(finishes, default=0.0)
    target = last if end is None else end
    late_starts, late_finishes = _find_late(network, target, use_deadlines)
    return Times(
        early_start=tuple(starts),
        early_finish=tuple(finishes),
        late_start=tuple(late_starts),
        late_finish=tuple(late_finishes),
        total_float=tuple(late - early for late, early in zip(late_finishes, finishes, strict=True)),
        free_float=tuple(_free(network, number, starts, finishes, target) for number in range(len(starts))),
        end=last,
    )


def find_early(network: Network) -> tuple[list[float], list[float]]:
    """The earliest start and finish of each activity. Raises CycleError."""
    starts = [activity.release for activity in network.activities]
    finishes = list(starts)
    for number in network.order:
        activity = network.activities[number]
        start, finish = activity.release, -inf
        for link in network.incoming[number]:
            start = max(start, earliest_start(link, activity, starts[link.before], finishes[link.before]))
            finish = max(finish, earliest_finish(link, starts[link.before], finishes[link.before]))
        starts[number] = activity.begin_from(start)
        finishes[number] = max(finish, activity.finish_from(start))
    return starts, finishes


def earliest_start(link: Link, after: Activity, start: float, finish: float) -> float:
    """When a link lets the activity that waits start, by start and finish of the one that it waits for."""
    match link.type:
        case LinkType.FS:
            return finish + link.lag
        case LinkType.SS:
            return start + link.lag
        case LinkType.FF:
            return after.start_for(finish + link.lag)
        case LinkType.SF:
            return after.start_for(start + link.lag)


def earliest_finish(link: Link, start: float, finish: float) -> float:
    """When a link lets the activity that waits be finished. It may have to wait so in a pause after all its work."""
    match link.type:
        case LinkType.FF:
            return finish + link.lag
        case LinkType.SF:
            return start + link.lag
        case _:
            return -inf


def latest_finish(link: Link, before: Activity, start: float, finish: float) -> float:
    """When a link asks the activity that others wait for to be finished, by late start and finish of the other one."""
    match link.type:
        case LinkType.FS:
            return start - link.lag
        case LinkType.SS:
            return before.finish_from(start - link.lag)
        case LinkType.FF:
            return finish - link.lag
        case LinkType.SF:
            return before.finish_from(finish - link.lag)


def latest_start(link: Link, start: float, finish: float) -> float:
    """When a link asks the activity that others wait for to start: it may be in a pause before all its work."""
    match link.type:
        case LinkType.SS:
            return start - link.lag
        case LinkType.SF:
            return finish - link.lag
        case _:
            return inf


def _find_late(network: Network, end: float, use_deadlines: bool) -> tuple[list[float], list[float]]:
    finishes = [min(end, activity.deadline if use_deadlines else inf) for activity in network.activities]
    starts = [inf] * len(finishes)
    for number in reversed(network.order):
        activity = network.activities[number]
        for link in network.outgoing[number]:
            bound = latest_finish(link, activity, starts[link.after], finishes[link.after])
            finishes[number] = min(finishes[number], bound)
            starts[number] = min(starts[number], latest_start(link, starts[link.after], finishes[link.after]))
        starts[number] = min(starts[number], activity.start_for(finishes[number]))
    return starts, finishes


def _free(network: Network, number: int, starts: Sequence[float], finishes: Sequence[float], end: float) -> float:
    """The room up to the first activity that waits, or up to the end."""
    activity = network.activities[number]
    rooms = [
        latest_finish(link, activity, starts[link.after], finishes[link.after]) - finishes[number]
        for link in network.outgoing[number]
    ]
    return min(rooms, default=end - finishes[number])
