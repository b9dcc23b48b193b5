"""Bars that begin at nothing and go to the right by how many days something adds, to the left by how many it saves.

A hollow bar behind shows what it would be otherwise: together they make a tornado.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 400.0
_EDGE = 4.0


class Effect(NamedTuple):
    """A bar: where it begins and how wide it is, and the hollow one behind it, where there is one."""

    zero: float
    x: float
    width: float
    behind: tuple[float, float] | None = None


def draw_effects(days: Sequence[tuple[float, float | None]]) -> tuple[Effect, ...]:
    """Lay bars out on one scale, each with what is to be shown behind it."""
    every = [0.0, *(one for pair in days for one in pair if one is not None)]
    low, high = min(every), max(every)
    room = (WIDTH - 2 * _EDGE) / ((high - low) or 1.0)

    def at(value: float) -> float:
        return round(_EDGE + (value - low) * room, 1)

    def bar(value: float) -> tuple[float, float]:
        first, last = sorted((at(0.0), at(value)))
        return first, round(last - first, 1)

    return tuple(Effect(at(0.0), *bar(value), None if other is None else bar(other)) for value, other in days)
