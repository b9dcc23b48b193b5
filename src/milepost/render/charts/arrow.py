"""Arrows of a timeline: from what must come first to what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row has its bar and its mark: the bar runs from `start` (None: no bar) to the mark at `end`."""

    start: float | None
    end: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """Two SVG paths. `backwards` where what waits begins before what it waits for ends."""

    path: str
    head: str
    backwards: bool


def draw_arrow(first: Place, then: Place, mark: float) -> Arrow:
    """Down (or up) from the first one's mark, then along the row to where the other one's work begins.

    Where that work has begun already, the arrow falls onto its bar. `mark` is half the size of a mark.
    """
    down = 1 if then.y > first.y else -1
    leave = f"M{first.end} {first.y + down * (mark + 1)}"
    begin = then.end if then.start is None else then.start
    if begin <= first.end <= then.end:
        return _fall(leave, first.end, then.y - down * 6.0, down)
    return _run(leave, then, begin - (mark + 2 if then.start is None else 2), then.end + mark + 2, first.end)


def _fall(leave: str, x: float, tip: float, down: int) -> Arrow:
    feathers = tip - down * 5
    return Arrow(f"{leave}V{tip}", f"M{x - 3.5:.1f} {feathers}L{x} {tip}L{x + 3.5:.1f} {feathers}", False)


def _run(leave: str, then: Place, before: float, behind: float, x: float) -> Arrow:
    """Along the row: forwards to just before the bar, or backwards to just behind the mark."""
    backwards = x > then.end
    tip, feathers = (behind, behind + 5) if backwards else (before, before - 5)
    head = f"M{feathers:.1f} {then.y - 3.5}L{tip:.1f} {then.y}L{feathers:.1f} {then.y + 3.5}"
    return Arrow(f"{leave}V{then.y}H{tip:.1f}", head, backwards)
