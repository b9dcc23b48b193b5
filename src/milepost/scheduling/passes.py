"""The steps of the critical path method for all samples at once: `critical.py` with a row for each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from milepost.scheduling.network import NOTHING, Activity, Link, LinkType, Network, Pause
from milepost.scheduling.sample import Row


@dataclass(frozen=True, slots=True)
class Times:
    """Rows by the numbers of activities: when they are finished, and when those start whose start others wait for."""

    finishes: dict[int, Row]
    starts: dict[int, Row]


def ready(network: Network, number: int, duration: Row, times: Times, release: float, out: Row) -> Row:
    """When release and links let an activity start; in `out`, or a row of another one that must not be changed."""
    activity = network.activities[number]
    row: Row | None = None
    for link in network.incoming[number]:
        bound = start_bound(link, activity, duration, times)
        row = bound if row is None else np.maximum(row, bound, out=out)
    if row is None:
        out.fill(activity.release)
        return out
    return row if release == -inf else np.maximum(row, release, out=out)


def start_bound(link: Link, after: Activity, duration: Row, times: Times) -> Row:
    """When a link lets the activity that waits start."""
    row = (times.starts if link.type.counts_from_start else times.finishes)[link.before]
    row = row + link.lag if link.lag else row
    return row if link.type.binds_start else back(row, duration, after.pauses)


def hold_finish(network: Network, number: int, times: Times, finish: Row) -> Row:
    """The finish itself, or what a link asks for where that is in a pause after all the work: changed in place."""
    for link in network.incoming[number] if network.activities[number].pauses else ():
        if not link.type.binds_start:
            row = (times.starts if link.type.counts_from_start else times.finishes)[link.before]
            np.maximum(finish, row + link.lag, out=finish)
    return finish


def limit_start(link: Link, start: Row, finish: Row, before: Row) -> None:
    """Lowers a late start to what a link asks for, be that in a pause before all the work: changed in place."""
    if link.type.counts_from_start:
        np.minimum(before, (start if link.type is LinkType.SS else finish) - link.lag, out=before)


def finish_bound(link: Link, before: Activity, duration: Row, start: Row, finish: Row) -> Row:
    """When a link asks the activity that others wait for to be finished, by late start and finish of the other one."""
    row = start if link.type.binds_start else finish
    row = row - link.lag if link.lag else row
    return ahead(row, duration, before.pauses) if link.type.counts_from_start else row


def begin(start: Row, pauses: Sequence[Pause]) -> Row:
    """When something begins that may start at some time: after the pause, if that is in one."""
    for pause in _between(pauses, start, start):
        start = np.where((pause.begin - NOTHING <= start) & (start < pause.end), pause.end, start)
    return start


def ahead(start: Row, duration: Row, pauses: Sequence[Pause], out: Row | None = None) -> Row:
    """Where work that may start at some time ends."""
    if not pauses:
        return np.add(start, duration, out=out)
    start = begin(start, pauses)
    finish = np.add(start, duration, out=out)
    for pause in pauses:
        if float(finish.max()) <= pause.begin + NOTHING:
            break
        if float(start.min()) < pause.end:
            finish += ((start < pause.end) & (pause.begin + NOTHING < finish)) * (pause.end - pause.begin)
    return finish


def back(finish: Row, duration: Row, pauses: Sequence[Pause]) -> Row:
    """Where work that ends at some time has to start."""
    for pause in _between(pauses, finish, finish):
        finish = np.where((pause.begin < finish) & (finish <= pause.end + NOTHING), pause.begin, finish)
    start = finish - duration
    for pause in reversed(pauses):
        if pause.end - NOTHING <= float(start.min()):
            break
        if pause.begin < float(finish.max()):
            start -= ((pause.begin < finish) & (start < pause.end - NOTHING)) * (pause.end - pause.begin)
    return start


def binding_releases(network: Network) -> list[float]:
    """The releases that may be later than what the links say whatever is drawn; -infinity for all others.

    In most plans nothing starts before today, and a row need not be compared with that more than once.
    """
    earliest = [activity.release for activity in network.activities]
    releases = [-inf] * len(earliest)
    for number in network.order:
        bounds = [earliest[link.before] + link.lag for link in network.incoming[number] if link.type.binds_start]
        bound = max(bounds, default=-inf)
        if earliest[number] > bound:
            releases[number] = earliest[number]
        earliest[number] = max(earliest[number], bound)
    return releases


def last_uses(order: Iterable[int], asks: Sequence[Sequence[int]]) -> Mapping[int, list[int]]:
    """The activities whose rows nobody asks for any more once one of an order is done, by that one.

    `asks` has for each activity those whose rows it asks for.
    """
    user = {number: number for number in order}
    for number in user:
        user.update((other, number) for other in asks[number] if other in user)
    done: dict[int, list[int]] = {}
    for number, last in user.items():
        done.setdefault(last, []).append(number)
    return done


def _between(pauses: Sequence[Pause], first: Row, last: Row) -> list[Pause]:
    """The pauses that concern any value of a row, or do so by what is left of sums of fractions."""
    low, high = (float(first.min()), float(last.max())) if pauses else (inf, -inf)
    return [pause for pause in pauses if low - NOTHING <= pause.end and pause.begin <= high + NOTHING]
