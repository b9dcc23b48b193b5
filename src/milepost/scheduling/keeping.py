"""An order of activities that is kept from an earlier version, with a place in it for what is new.

Each place is a key: kept activities have their place in the order, new ones that of a kept one before which they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from milepost.scheduling.network import Network


def insertions(network: Network, kept: Sequence[int], late_finishes: Sequence[float]) -> Iterator[list[float]]:
    """Keys with what is new as late as its successors allow; then after, and before, all that is less urgent."""
    places = {number: float(place) for place, number in enumerate(kept)}
    new = [number for number in reversed(network.order) if number not in places]
    latest = _before_successors(network, places, new)
    yield latest
    if new:
        yield _move_up(latest, new, [_after_last(late_finishes, kept, number) for number in new])
        yield _move_up(latest, new, [_before_first(late_finishes, kept, number) for number in new])


def _before_successors(network: Network, places: dict[int, float], new: Sequence[int]) -> list[float]:
    keys = [places.get(number, inf) for number in range(len(network.activities))]
    for number in new:
        keys[number] = min((keys[link.after] for link in network.outgoing[number]), default=inf)
    return keys


def _move_up(latest: Sequence[float], new: Sequence[int], places: Sequence[float]) -> list[float]:
    keys = list(latest)
    for number, place in zip(new, places, strict=True):
        keys[number] = min(keys[number], place)
    return keys


def _after_last(late_finishes: Sequence[float], kept: Sequence[int], number: int) -> float:
    urgent = (place for place, other in enumerate(kept) if late_finishes[other] <= late_finishes[number])
    return max(urgent, default=-1) + 0.5


def _before_first(late_finishes: Sequence[float], kept: Sequence[int], number: int) -> float:
    return next((place - 0.5 for place, other in enumerate(kept) if late_finishes[other] > late_finishes[number]), inf)
