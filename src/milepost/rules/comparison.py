"""Findings of two versions beside each other: what a change brought, and which items it touched."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from milepost.model.finding import Finding, Level
from milepost.model.item import Place, Pointer, Ref
from milepost.model.plan import Plan

_NUMBER = re.compile(r"\d+")


class Brought(NamedTuple):
    """The findings that only the newer version has, in their order, and how many only the older one has."""

    findings: tuple[Finding, ...]
    gone: int


class Owners:
    """Which item of a plan a place belongs to."""

    def __init__(self, plan: Plan) -> None:
        items = (*plan.items.values(), *(item for pair in plan.duplicates for item in pair))
        self._refs = {item.place: item.ref for item in items}

    def owner(self, place: Place) -> Ref | None:
        """The innermost item that holds a place; None where the file names none."""
        path, pointer = place
        around = (self._refs.get(Place(path, pointer[:length])) for length in range(len(pointer), -1, -1))
        return next((ref for ref in around if ref), None)


def compare_findings(older: tuple[Plan, Sequence[Finding]], newer: tuple[Plan, Sequence[Finding]]) -> Brought:
    """What is in the newer findings and not in the older ones.

    A finding is the same where its rule, its item and its message are: lines move, and files are renamed. Numbers and
    dates in a piece of advice don't matter: what was 13 weeks long and is 14 now is no news. Where an item has the same
    one several times, those whose keys agree belong together, and then as many as there are on each side. One that
    matters more than before, because the rule was given another level, is new.
    """
    before, after = _grouped(*older), _grouped(*newer)
    brought: set[int] = set()
    gone = 0
    for key in before.keys() | after.keys():
        old, new = before.get(key, []), after.get(key, [])
        if old and new and new[0].level.weight < old[0].level.weight:
            brought |= {id(finding) for finding in new}
            continue
        old, new = _unpaired(old, new)
        brought |= {id(finding) for finding in new[len(old) :]}
        gone += max(len(old) - len(new), 0)
    return Brought(tuple(finding for finding in newer[1] if id(finding) in brought), gone)


def touched_items(older: Plan, newer: Plan) -> frozenset[Ref]:
    """The items whose own fields a change wrote, added or took away."""
    return frozenset(ref for ref in {*older.items, *newer.items} if _fields(older, ref) != _fields(newer, ref))


def _grouped(plan: Plan, findings: Iterable[Finding]) -> dict[tuple[object, ...], list[Finding]]:
    owners = Owners(plan)
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        message = _NUMBER.sub("0", finding.message) if finding.level is Level.ADVICE else finding.message
        groups[finding.rule, owners.owner(finding.place) or finding.place.path, message].append(finding)
    return groups


def _unpaired(old: list[Finding], new: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is left on both sides when findings at the same keys have been paired."""
    counts = Counter(finding.place.pointer for finding in old)
    counts.subtract(finding.place.pointer for finding in new)
    return list(_surplus(old, counts)), list(_surplus(new, Counter({key: -n for key, n in counts.items()})))


def _surplus(findings: list[Finding], counts: Counter[Pointer]) -> Iterator[Finding]:
    """Of the findings at each place the last ones, as many as the other side has not."""
    for finding in reversed(findings):
        if counts[finding.place.pointer] > 0:
            counts[finding.place.pointer] -= 1
            yield finding


def _fields(plan: Plan, ref: Ref) -> object:
    item = plan.items.get(ref)
    return None if item is None else item.fields
