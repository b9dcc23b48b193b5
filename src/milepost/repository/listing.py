"""The entries of a tree object, and which of them differ from another one's.

Two versions of a folder with hundreds of names differ in one entry and share every byte before and after it. So the
first and last differing bytes are found by bisection, and only what lies between them is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

_ENTRY = re.compile(rb"([0-7]+) ([^\0]+)\0(.{20})", re.DOTALL)


class Entry(NamedTuple):
    """Mode, name and object id, as bytes."""

    mode: bytes
    name: bytes
    id: bytes


class Listing(NamedTuple):
    """A tree object's bytes, and where its entries begin; the last number is where they end."""

    raw: bytes
    starts: list[int]

    def entries(self, first: int, last: int) -> set[Entry]:
        """The entries from one number up to, without, another."""
        text = self.raw[self.starts[first] : self.starts[last]]
        return {Entry(*parts) for parts in _ENTRY.findall(text)}


def parse_listing(raw: bytes) -> Listing:
    """The listing of a tree object."""
    return Listing(raw, [*(match.start() for match in _ENTRY.finditer(raw)), len(raw)])


def compare_listings(old: Listing, raw: bytes) -> tuple[set[Entry], set[Entry], Listing]:
    """The entries that only the old one has, those that only the new bytes have, and the new listing."""
    before, after = old.raw, raw
    same = _longest(min(len(before), len(after)), lambda size: before[:size] == after[:size])
    room = min(len(before), len(after)) - same
    tail = _longest(room, lambda size: before[len(before) - size :] == after[len(after) - size :])
    first = min(bisect_right(old.starts, same), len(old.starts)) - 1
    last = bisect_left(old.starts, len(before) - tail)
    shift = len(after) - len(before)
    middle = _starts_between(after, old.starts[first], old.starts[last] + shift)
    if middle is None:  # the shared tail begins inside an entry of the new bytes
        new = parse_listing(raw)
        ours, theirs = old.entries(0, len(old.starts) - 1), new.entries(0, len(new.starts) - 1)
    else:
        rest = [start + shift for start in old.starts[last:]] if shift else old.starts[last:]
        new = Listing(raw, [*old.starts[:first], *middle, *rest])
        ours, theirs = old.entries(first, last), new.entries(first, first + len(middle))
    return ours - theirs, theirs - ours, new


def _longest(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to a limit for which something holds that holds for all smaller ones."""
    low, high = 0, limit
    while low < high:
        size = (low + high + 1) // 2
        if holds(size):
            low = size
        else:
            high = size - 1
    return low


def _starts_between(raw: bytes, start: int, end: int) -> list[int] | None:
    """Where entries begin from one position up to another; None where none ends just there."""
    starts = []
    while start < end:
        match = _ENTRY.match(raw, start)
        if match is None:
            return None
        starts.append(start)
        start = match.end()
    return starts if start == end else None
