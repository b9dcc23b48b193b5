"""The entries of a tree object, and which of them differ from another one's.

Two versions of a folder with hundreds of names differ in one entry and share every byte before and after it. So the
first and last differing bytes are found by bisection, and only what lies between them is parsed. In a small folder
parsing everything is quicker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

_SHA1_SIZE = 20
_PATTERNS = {size: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in (_SHA1_SIZE, 32)}
_SMALL = 1024  # bytes


#: Mode, name and object id, as bytes.
Entry = tuple[bytes, bytes, bytes]


class Listing:
    """A tree object's bytes, and what follows from them. Ids are of 20 or 32 bytes."""

    def __init__(self, raw: bytes, id_size: int = _SHA1_SIZE) -> None:
        self.raw = raw
        self.id_size = id_size

    @cached_property
    def starts(self) -> list[int]:
        """Where entries begin; the last number is where they end."""
        return [*(match.start() for match in _PATTERNS[self.id_size].finditer(self.raw)), len(self.raw)]

    @cached_property
    def entries(self) -> set[Entry]:
        """All of them."""
        return set(read_entries(self.raw, self.id_size))

    def part(self, first: int, last: int) -> set[Entry]:
        """The entries from one number up to, without, another."""
        return set(read_entries(self.raw[self.starts[first] : self.starts[last]], self.id_size))


def read_entries(raw: bytes, id_size: int) -> list[Entry]:
    """The entries of a tree object, in its order."""
    return _PATTERNS[id_size].findall(raw)


def compare_listings(old: Listing, new: Listing) -> tuple[set[Entry], set[Entry]]:
    """The entries that only the old one has, and those that only the new one has."""
    if len(old.raw) < _SMALL and len(new.raw) < _SMALL:
        return old.entries - new.entries, new.entries - old.entries
    before, after = old.raw, new.raw
    same = _longest(min(len(before), len(after)), lambda known, size: before[known:size] == after[known:size])
    room, end, ending = min(len(before), len(after)) - same, len(before), len(after)
    tail = _longest(room, lambda known, size: before[end - size : end - known] == after[ending - size : ending - known])
    first = min(bisect_right(old.starts, same), len(old.starts)) - 1
    last = bisect_left(old.starts, len(before) - tail)
    shift = len(after) - len(before)
    middle = _starts_between(old.id_size, after, old.starts[first], old.starts[last] + shift)
    if middle is None:  # the shared tail begins inside an entry of the new bytes
        return old.entries - new.entries, new.entries - old.entries
    rest = [start + shift for start in old.starts[last:]] if shift else old.starts[last:]
    new.starts = [*old.starts[:first], *middle, *rest]
    ours, theirs = old.part(first, last), new.part(first, first + len(middle))
    return ours - theirs, theirs - ours


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
