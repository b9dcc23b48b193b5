"""The entries of a tree object, and which of them differ from another one's.

Two versions of a folder with hundreds of names differ in one entry and share every byte before and after it. So the
first and last differing bytes are found by bisection, and only what lies between them is parsed. In a small folder
parsing everything is quicker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

_SHA1_SIZE = 20
_SIZES = (_SHA1_SIZE, 32)
_PATTERNS = {size: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in _SIZES}
_MANY = {size: re.compile(rb"(?:[^\0]+\0.{%d})*+" % size, re.DOTALL) for size in _SIZES}
_SMALL = 1024  # bytes

#: Mode, name and object id, as bytes.
Entry = tuple[bytes, bytes, bytes]


class Listing:
    """A tree object's bytes, and what is in them. Ids are of 20 or 32 bytes."""

    def __init__(self, raw: bytes, id_size: int = _SHA1_SIZE) -> None:
        self.raw = raw
        self.id_size = id_size

    @cached_property
    def entries(self) -> set[Entry]:
        """All of them."""
        return set(read_entries(self.raw, self.id_size))


def read_entries(raw: bytes, id_size: int) -> list[Entry]:
    """The entries of a tree object, in its order."""
    return _PATTERNS[id_size].findall(raw)


def compare_listings(old: Listing, new: Listing) -> tuple[set[Entry], set[Entry]]:
    """The entries that only the old one has, and those that only the new one has."""
    before, after = old.raw, new.raw
    if len(before) >= _SMALL and len(after) >= _SMALL and (parts := _differing_parts(before, after, old.id_size)):
        ours, theirs = (set(read_entries(part, old.id_size)) for part in parts)
        return ours - theirs, theirs - ours
    return old.entries - new.entries, new.entries - old.entries


def _differing_parts(before: bytes, after: bytes, id_size: int) -> tuple[bytes, bytes] | None:
    """What lies between the first and the last entry that differ; None where the rest is not the same entries."""
    end, ending = len(before), len(after)
    same = _longest(min(end, ending), lambda known, size: before[known:size] == after[known:size])
    room = min(end, ending) - same
    tail = _longest(room, lambda known, size: before[end - size : end - known] == after[ending - size : ending - known])
    whole = _MANY[id_size].match(before, 0, same)
    start = whole.end() if whole else 0
    stop, stopping = _next_end(before, start, end - tail, id_size), _next_end(after, start, ending - tail, id_size)
    return (before[start:stop], after[start:stopping]) if end - stop == ending - stopping else None


def _next_end(raw: bytes, start: int, least: int, id_size: int) -> int:
    """Where an entry ends, from the start of one on, at or after some position."""
    pattern = _PATTERNS[id_size]
    while start < least:
        found = pattern.match(raw, start)
        if found is None:
            return len(raw)
        start = found.end()
    return start


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
