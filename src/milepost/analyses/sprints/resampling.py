"""How many sprints does some work take? Past sprints are drawn again and again, as many as it needs each time.

What comes is taken to be like what was: every future sprint finishes what one of the past ones did (bootstrap; see
Magennis, "Forecasting and Simulating Software Development Projects", 2011). The same seed draws the same sprints.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from random import Random

from milepost.analyses.sprints.velocity import Velocity

FEWEST = 3  # past sprints; with fewer the next ones say more than they do
_RUNS = 1000
_MOST = 200  # sprints that are looked ahead


def count_sprints(velocity: Velocity, amounts: Sequence[float], sure: float, seed: int = 0) -> list[int | None]:
    """For each amount of work, in increasing order, after how many sprints it is done with a probability of `sure`.

    None beyond two hundred sprints, and for all where fewer than three are over or none finished anything.
    """
    if velocity.n < FEWEST or not any(pace.finished for pace in velocity.paces):
        return [None] * len(amounts)
    totals = _totals([pace.finished for pace in velocity.paces], Random(seed))
    counts: list[int | None] = []
    number, ordered = 0, [0.0]
    for amount in amounts:
        while 1 - bisect_left(ordered, amount) / len(ordered) < sure:
            further = next(totals, None)
            if further is None:
                return counts + [None] * (len(amounts) - len(counts))
            number, ordered = number + 1, further
        counts.append(number)
    return counts


def _totals(finished: Sequence[float], random: Random) -> Iterator[list[float]]:
    """What all runs have finished after one sprint more each time, sorted."""
    runs = [0.0] * _RUNS
    for _ in range(_MOST):
        runs = [run + finished[int(random.random() * len(finished))] for run in runs]
        yield sorted(runs)
