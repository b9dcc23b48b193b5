"""The entries of a tree object, and which of them differ from another one's.

Two versions of a folder with hundreds of names differ in one entry and share every byte before and after it. So the
first and last differing bytes are found by bisection, and only what lies between them is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

_SHA1_SIZE = 20
_PATTERNS = {size: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in (_SHA1_SIZE, 32)}


class Entry(NamedTuple):
    """Mode, name and object id, as bytes."""

    mode: bytes
    name: bytes
    id: bytes


class Listing(NamedTuple):
    """A tree object's bytes, and where its entries begin; the last number is where they end."""

    raw: bytes
    starts: list[int]
    id_size: int = _SHA1_SIZE

    def entries(self, first: int, last: int) -> set[Entry]:
        """The entries from one number up to, without, another."""
        text = self.raw[self.starts[first] : self.starts[last]]
        return {Entry(*parts) for parts in _PATTERNS[self.id_size].findall(text)}


def read_entries(raw: bytes, id_size: int) -> Iterator[Entry]:
    """The entries of a tree object, in its order."""
    return map(Entry._make, _PATTERNS[id_size].findall(raw))


def parse_listing(raw: bytes, id_size: int = _SHA1_SIZE) -> Listing:
    """The listing of a tree object. Ids are of 20 or 32 bytes."""
    return Listing(raw, [*(match.start() for match in _PATTERNS[id_size].finditer(raw)), len(raw)], id_size)


def compare_listings(old: Listing, raw: bytes) -> tuple[set[Entry], set[Entry], Listing]:
    """The entries that only the old one has, those that only the new bytes have, and the new listing."""
    before, after = old.raw, raw
    same = _longest(min(len(before), len(after)), lambda known, size: before[known:size] == after[known:size])
    room, end, ending = min(len(before), len(after)) - same, len(before), len(after)
    tail = _longest(room, lambda known, size: before[end - size : end - known] == after[ending - size : ending - known])
    first = min(bisect_right(old.starts, same), len(old.starts)) - 1
    last = bisect_left(old.starts, len(before) - tail)
    shift = len(after) - len(before)
    middle = _starts_between(old.id_size, after, old.starts[first], old.starts[last] + shift)
    if middle is None:  # the shared tail begins inside an entry of the new bytes
        new = parse_listing(raw, old.id_size)
        ours, theirs = old.entries(0, len(old.starts) - 1), new.entries(0, len(new.starts) - 1)
    else:
        rest = [start + shift for start in old.starts[last:]] if shift else old.starts[last:]
        new = Listing(raw, [*old.starts[:first], *middle, *rest], old.id_size)
        ours, theirs = old.entries(first, last), new.entries(first, first + len(middle))
    return ours - theirs, theirs - ours, new


def _longest(limit: int, holds: Callable[[int, int], bool]) -> int:
    """The largest size up to a limit for which something holds that holds for all smaller ones.

    It is asked whether it holds for a size, given one for which it is known to.
    """
    low, high = 0, limit
    while low < high:
        size = (low + high + 1) // 2
        if holds(low, size):
            low = size
        else:
            high = size - 1
    return low


def _starts_between(id_size: int, raw: bytes, start: int, end: int) -> list[int] | None:
    """Where entries begin from one position up to another; None where none ends just there."""
    pattern = _PATTERNS[id_size]
    starts = []
    while start < end:
        match = pattern.match(raw, start)
        if match is None:
            return None
        starts.append(start)
        start = match.end()
    return starts if start == end else None
