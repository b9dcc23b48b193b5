"""Levelling: a schedule in which nobody is in two places, and no resource is used more than there is of it.

Activities are placed one after the other, those that have to be finished first before the others (latest finish time
rule); the schedule is pushed to the right and back to the left (double justification: Valls, Ballestín and Quintanilla,
"Justification and RCPSP: a technique that pays", 2005); and so are some that are drawn at random with the same bias,
and some in which the best one is shuffled a little. The best of all is taken. How good such methods are is in Kolisch
and Hartmann, "Experimental investigation of heuristics for resource-constrained project scheduling: an update", 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from random import Random

from milepost.scheduling.biased import draw, sample_order
from milepost.scheduling.chains import find_chains
from milepost.scheduling.critical import find_early, find_times
from milepost.scheduling.dispatching import Choose, dispatch
from milepost.scheduling.driving import Driver, find_drivers, find_driving_path
from milepost.scheduling.keeping import insertions
from milepost.scheduling.network import Link, Network
from milepost.scheduling.placing import Placed, Placing, mirror

_EFFORT = 16_000  # activities placed in all passes: large networks get fewer passes
_SHARES = (0.02, 0.05, 0.1, 0.2)  # by which starts are shuffled, in turn
_STEPS = 2.0**34  # of a working day
_ENOUGH = 1.0  # working days: what a kept order may cost before another is taken

Cost = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Levelled:
    """A schedule of all activities by their numbers, and what holds it together."""

    start: tuple[float, ...]
    finish: tuple[float, ...]
    order: tuple[int, ...]  # in which they were placed: give it to the next version as `keep`
    chains: tuple[Link, ...]  # from one activity to the next one of the same person
    driving: tuple[Driver, ...]  # what kept each activity from an earlier start
    end: float
    lateness: float  # working days past deadlines, of all activities together

    def find_driving_path(self, number: int) -> tuple[int, ...]:
        """The activities that lead to one, each held by the one before it; the first was held by none."""
        return find_driving_path(self.driving, number)


def level_network(network: Network, keep: Sequence[int] | None = None, passes: int = 30, seed: int = 0) -> Levelled:
    """A schedule with the least lateness past deadlines, then the earliest end, that was found in so many passes.

    With `keep`, the order of an earlier version's schedule, that order is kept (see `keeping`), and nothing is drawn.
    Raises CycleError, and ValueError where an activity needs more of a resource than there is.
    """
    _check_needs(network)
    network = _on_grid(network)
    search = _Search(network)
    placed = search.keep(keep) if keep else search.run(passes, Random(seed))
    ranked = search.forwards.sort(placed.starts)
    return Levelled(
        start=tuple(placed.starts),
        finish=tuple(placed.finishes),
        order=tuple(placed.order),
        chains=tuple(sorted(find_chains(network, placed.starts, placed.finishes, ranked))),
        driving=find_drivers(network, placed),
        end=max(placed.finishes, default=0.0),
        lateness=search.lateness(placed.finishes),
    )


class _Search:
    """Schedules of one network, and what they cost."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.forwards = Placing(network)
        self.backwards = Placing(mirror(network))
        self.deadlines = [(n, one.deadline) for n, one in enumerate(network.activities) if one.deadline < inf]
        lateness, end, finishes = self.cost(find_early(network)[1])
        self.bound = lateness, max(end, _busiest(network)), finishes  # nothing costs less
        self.late_finishes = self._late_finishes()

    def run(self, passes: int, random: Random) -> Placed:
        """The best schedule of the rule and of so many random passes.

        Half of these draw by the rule, with both schemes in turn; the others shuffle the best that was found so far.
        """
        passes = min(passes, _EFFORT // max(1, len(self.late_finishes)))
        best = self.justify(self.forwards.place(self.forwards.sort(self.late_finishes)))
        for turn in range(-1, passes):
            if self.cost(best.finishes) <= self.bound:
                break
            order = self._draw(turn, random) if turn < passes // 2 else self._shuffle(turn, best, random)
            found = self.justify(self.forwards.place(order))
            if self.cost(found.finishes) <= self.cost(best.finishes):  # of equals the later one: it leads on
                best = found
        return self.settle(best)

    def _draw(self, turn: int, random: Random) -> list[int]:
        if turn < 0:
            return self._dispatch(lambda _: 0)
        if turn % 2:
            return self._dispatch(lambda urgencies: draw(urgencies, random))
        return sample_order(self.network, self.late_finishes, random)

    def _shuffle(self, turn: int, best: Placed, random: Random) -> list[int]:
        """The order of the best schedule's starts, each put off by chance, up to a share of the whole."""
        most = max(best.finishes) * _SHARES[turn % len(_SHARES)]
        return self.forwards.sort([start + most * random.random() for start in best.starts])

    def _dispatch(self, choose: Choose) -> list[int]:
        return self.forwards.sort(dispatch(self.network, self.late_finishes, choose))

    def justify(self, placed: Placed) -> Placed:
        """Pushed to the right, the last first, up to the end or to deadlines; then to the left, the first first."""
        end = max(placed.finishes, default=0.0)
        bounds = [
            -max(min(end, activity.deadline), finish)
            for activity, finish in zip(self.network.activities, placed.finishes, strict=True)
        ]
        right = self.backwards.place(self.backwards.sort([-finish for finish in placed.finishes]), bounds)
        left = self.forwards.place(self.forwards.sort([-finish for finish in right.finishes]))
        return self._better(placed, left)

    def settle(self, placed: Placed) -> Placed:
        """The same schedule placed in the order of its starts, which later versions can keep."""
        again = self.forwards.place(self.forwards.sort(placed.starts))
        return self._better(again, placed)

    def keep(self, kept: Sequence[int]) -> Placed:
        """The schedule in a kept order. What is new comes late, unless that costs more than a day."""
        found = [
            self.forwards.place(self.forwards.sort(keys)) for keys in insertions(self.network, kept, self.late_finishes)
        ]
        best = min(found, key=lambda placed: self.cost(placed.finishes))
        return next(placed for placed in found if not self._is_dearer(placed, best))

    def cost(self, finishes: Sequence[float]) -> Cost:
        """What is to be least: lateness past deadlines, then the end; with deadlines also the sum of all finishes."""
        end = round(max(finishes, default=0.0), 6)
        if not self.deadlines:
            return 0.0, end, 0.0
        return round(self.lateness(finishes), 6), end, round(sum(finishes), 6)

    def lateness(self, finishes: Sequence[float]) -> float:
        """Working days past deadlines, of all activities together."""
        return sum(max(0.0, finishes[number] - deadline) for number, deadline in self.deadlines)

    def _better(self, one: Placed, other: Placed) -> Placed:
        return other if self.cost(other.finishes) < self.cost(one.finishes) else one

    def _late_finishes(self) -> tuple[float, ...]:
        """Counted back from deadlines, else from the earliest end that people leave, or from the last deadline."""
        last = max((deadline for _, deadline in self.deadlines), default=0.0)
        end = max(self.bound[1], last)
        return find_times(self.network, end, use_deadlines=True).late_finish

    def _is_dearer(self, one: Placed, other: Placed) -> bool:
        lateness, end, _ = self.cost(one.finishes)
        least, earliest, _ = self.cost(other.finishes)
        return lateness > least + _ENOUGH or (lateness <= least and end > earliest + _ENOUGH)


def _busiest(network: Network) -> float:
    """How long the resource with the most work is busy, at the least."""
    loads = [0.0] * len(network.capacities)
    for activity in network.activities:
        for resource, amount in activity.needs:
            loads[resource] += activity.duration * amount
    return max((load / capacity for load, capacity in zip(loads, network.capacities, strict=True) if load), default=0.0)


def _on_grid(network: Network) -> Network:
    """The same in steps so small that nobody sees them, and large enough for all sums to be exact.

    Otherwise three days of work don't fit into a gap of three days, where one of both has come out a trifle off.
    """
    activities = (
        replace(one, duration=round(one.duration * _STEPS) / _STEPS, release=round(one.release * _STEPS) / _STEPS)
        for one in network.activities
    )
    links = (link._replace(lag=round(link.lag * _STEPS) / _STEPS) for link in network.links)
    return Network(tuple(activities), tuple(links), network.capacities)


def _check_needs(network: Network) -> None:
    for number, activity in enumerate(network.activities):
        for resource, amount in activity.needs:
            if amount > network.capacities[resource]:
                raise ValueError(
                    f"Activity {number} needs {amount:g} of resource {resource}, and there are only "
                    f"{network.capacities[resource]:g}."
                )
