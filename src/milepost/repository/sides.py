"""The order of the commits that a merge brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def sort_side(tips: Iterable[str], side: set[str], parents_of: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """The commits of a side, each before its own parents, by the parents' order alone: dates may say anything."""
    finished: list[str] = []
    seen: set[str] = set()
    for tip in reversed(list(tips)):
        finished += _finish(tip, side, seen, parents_of)
    return reversed(finished)


def _finish(tip: str, side: set[str], seen: set[str], parents_of: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Every commit after all its parents, without recursion: a side can be longer than any stack."""
    waiting: list[tuple[str, bool]] = [(tip, False)]
    while waiting:
        id, parents_done = waiting.pop()
        if parents_done:
            yield id
        elif id in side and id not in seen:
            seen.add(id)
            waiting.append((id, True))
            waiting += [(parent, False) for parent in parents_of(id)]
