"""A network in ten thousand worlds: when everything is done in each, what it hangs on, and what a change would do.

Memory: durations and finishes, 8 bytes for each activity and sample; all else is rows that go when nobody needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from milepost.scheduling.network import LinkType, Network
from milepost.scheduling.passes import (
    Times,
    ahead,
    back,
    begin,
    binding_releases,
    finish_bound,
    hold_finish,
    last_uses,
    limit_start,
    ready,
    start_bound,
)
from milepost.scheduling.sample import Row, Sample

Flags = NDArray[np.bool_]

_NOTHING = 1e-9  # working days: paths that differ by less are equally long


class Influence(NamedTuple):
    """How much a date hangs on each activity, by their numbers; 0 for those it does not wait for."""

    criticality: tuple[float, ...]  # share of samples in which it is on the longest path
    sensitivity: tuple[float, ...]  # sd of its duration / sd of the date × criticality


class Simulation:
    """Early times of all activities in all samples."""

    def __init__(self, network: Network, durations: Sequence[Sample]) -> None:
        """`durations` are in working days, 0 or more, one for each activity; those of the network are not used.

        Raises CycleError, and ValueError for too many or too few durations.
        """
        if len(durations) != len(network.activities):
            raise ValueError(f"{len(durations)} durations for {len(network.activities)} activities")
        self.network = network
        self._durations = [sample.row for sample in durations]
        self._count = max(map(len, durations), default=1)
        self._releases = binding_releases(network)
        self._asks = [[link.before for link in links] for links in network.incoming]
        self._ends = _possible_ends(network)
        self._awaited = {link.before for link in network.links if link.type.counts_from_start}
        self._plain = [self._plain_links(number) for number in range(len(durations))]
        self._scratch = np.empty(self._count)
        rows = np.empty((len(durations), self._count))
        self._times = Times(dict(zip(network.order, rows, strict=True)), {})
        self.run()

    def run(self) -> None:
        """The forward pass. It is done once when a simulation is made; again, it finds the same."""
        finishes = self._times.finishes
        for number in self.network.order:
            self._advance(number, self._durations[number], self._times, finishes[number])

    def start(self, number: int) -> Sample:
        """When an activity begins."""
        row = self._ready(number, self._durations[number], self._times)
        return Sample(begin(row, self.network.activities[number].pauses).copy())

    def finish(self, number: int | None = None) -> Sample:
        """When an activity is finished, or all of them are."""
        return Sample(self._last(self._times) if number is None else self._times.finishes[number])

    def finishes_if(self, changes: Mapping[int, Sample], targets: Sequence[int | None]) -> tuple[Sample, ...]:
        """When some activities (None: all) are finished, in the same worlds, if others took as long as `changes` say.

        Only what comes after a change is done again. Each change is asked for once, so that a mapping may find it then.
        """
        within = self._before(targets)
        order = [number for number in self.network.order if number in within]
        times = Times(dict(self._times.finishes), dict(self._times.starts))
        kept = {*(self._ends if None in targets else ()), *targets}
        unused = last_uses(order, self._asks)
        moved: set[int] = set()
        spare: list[Row] = []
        for number in order:
            if number in changes or any(link.before in moved for link in self.network.incoming[number]):
                duration = changes[number].row if number in changes else self._durations[number]
                self._advance(number, duration, times, spare.pop() if spare else np.empty(self._count))
                moved.add(number)
            for other in moved.intersection(unused.get(number, ())) - kept:
                spare.append(times.finishes[other])
                times.finishes[other] = self._times.finishes[other]
        return tuple(Sample(self._last(times) if one is None else times.finishes[one]) for one in targets)

    def influence(self, target: int | None = None) -> Influence:
        """What the finish of an activity (None: of all) hangs on."""
        spread = self.finish(target).spread
        criticality = self._criticality(target)
        sensitivity = [
            share * own / spread if share and spread else 0.0
            for share, own in zip(criticality, self._spreads, strict=True)
        ]
        return Influence(tuple(criticality), tuple(sensitivity))

    def start_by(self, target: int, time: float, confidence: float) -> tuple[float, ...]:
        """When each activity has to start at the latest, so that an activity is finished by a time that often.

        Everything else is taken to start as late as it can. Infinity for those it does not wait for.
        """
        within = self._before([target])
        latest = [inf] * len(self._durations)
        finishes: dict[int, Row] = {target: np.full(self._count, time)}
        starts: dict[int, Row] = {}
        order = [number for number in reversed(self.network.order) if number in within]
        unused = last_uses(order, [[link.after for link in links] for links in self.network.outgoing])
        for number in order:
            activity, duration = self.network.activities[number], self._durations[number]
            for link in self.network.outgoing[number]:
                if link.after in starts:
                    bound = finish_bound(link, activity, duration, starts[link.after], finishes[link.after])
                    finishes[number] = np.minimum(finishes[number], bound) if number in finishes else bound
            starts[number] = back(finishes[number], duration, activity.pauses)
            for link in self.network.outgoing[number] if activity.pauses else ():
                if link.after in starts:
                    limit_start(link, starts[link.after], finishes[link.after], starts[number])
            latest[number] = Sample(starts[number]).latest(confidence)
            for other in unused.get(number, ()):
                del starts[other], finishes[other]
        return tuple(latest)

    @cached_property
    def _spreads(self) -> list[float]:
        return [float(row.std()) for row in self._durations]

    def _advance(self, number: int, duration: Row, times: Times, out: Row) -> None:
        """Adds the times of an activity to those of all that it waits for."""
        if plain := self._plain[number]:
            first, others = plain
            finishes = times.finishes
            start = finishes[first]
            for before in others:  # into a row that stays in the processor's cache
                start = np.maximum(start, finishes[before], out=self._scratch)
            finishes[number] = np.add(start, duration, out)
            return
        pauses = self.network.activities[number].pauses
        start = self._ready(number, duration, times)
        if number in self._awaited:
            times.starts[number] = begin(start, pauses).copy()
        times.finishes[number] = hold_finish(self.network, number, times, ahead(start, duration, pauses, out))

    def _plain_links(self, number: int) -> tuple[int, list[int]] | None:
        """What an activity waits for, if that is all there is to it: nothing but ends of others, and no pauses."""
        links = self.network.incoming[number]
        special = number in self._awaited or self.network.activities[number].pauses or self._releases[number] > -inf
        if not links or special or any(link.lag or link.type is not LinkType.FS for link in links):
            return None
        first, *others = (link.before for link in links)
        return first, others

    def _ready(self, number: int, duration: Row, times: Times) -> Row:
        return ready(self.network, number, duration, times, self._releases[number], self._scratch)

    def _last(self, times: Times) -> Row:
        last = np.full(self._count, -inf if self._ends else 0.0)
        for number in self._ends:
            np.maximum(last, times.finishes[number], out=last)
        return last

    def _before(self, targets: Sequence[int | None]) -> set[int]:
        """Some activities and all that they wait for."""
        if None in targets:
            return set(self.network.order)
        within = {number for number in targets if number is not None}
        for number in reversed(self.network.order):
            if number in within:
                within.update(self._asks[number])
        return within

    def _criticality(self, target: int | None) -> list[float]:
        shares = [0.0] * len(self._durations)
        flags = self._decisive(target)
        for number in reversed(self.network.order):
            flag = flags.pop(number, None)
            if flag is not None and (share := np.count_nonzero(flag) / self._count):
                shares[number] = share
                for before, tight in self._tight(number, flag):
                    flags[before] = flags[before] | tight if before in flags else tight
        return shares

    def _decisive(self, target: int | None) -> dict[int, Flags]:
        """The samples in which an activity is the last one."""
        if target is not None:
            return {target: np.ones(self._count, dtype=np.bool_)}
        last = self._last(self._times) - _NOTHING
        return {number: self._times.finishes[number] >= last for number in self._ends}

    def _tight(self, number: int, flag: Flags) -> Iterator[tuple[int, Flags]]:
        """What an activity waits for, with the samples out of some in which it could start no earlier because of it."""
        links = self.network.incoming[number]
        if len(links) == 1 and self._releases[number] == -inf:
            yield links[0].before, flag
        elif links:
            activity, duration = self.network.activities[number], self._durations[number]
            start = self._ready(number, duration, self._times) - _NOTHING
            for link in links:
                yield link.before, flag & (start_bound(link, activity, duration, self._times) >= start)


def _possible_ends(network: Network) -> frozenset[int]:
    """The activities that may be the last: nothing is sure to be finished after them, whatever is drawn."""
    followed = {link.before for link in network.links if link.lag >= 0 and link.type in (LinkType.FS, LinkType.FF)}
    return frozenset(range(len(network.activities))) - followed
