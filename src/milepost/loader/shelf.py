"""Histories that were read before, by the commits that they lead to, so that only what came since has to be read.

What a history tells follows from its commits, from the layout that it is read by and from the mailmap: those are the
key. So what is found is never stale. Where history was rewritten, none of the commits may be on the way to the tip.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from milepost.loader.cache import Cache
from milepost.loader.layout import Layout
from milepost.loader.packing import Packed, Unpacked, pack_item, unpack_item
from milepost.loader.series import AllSeries
from milepost.loader.told import Standing, Told
from milepost.loader.version import Version
from milepost.model.item import Ref

_TIPS = 8  # histories that are kept, whatever they are read by
_PARTS = 64  # of a history, before they are written as one again


class Shelf:
    """The histories of one repository that are read by one layout and mailmap."""

    def __init__(self, cache: Cache, layout: Layout, mailmap: bytes) -> None:
        self._cache = cache
        self._layout = layout
        said = repr(layout).encode("utf-8", "surrogateescape") + b"\0" + mailmap
        self._id = hashlib.sha1(said, usedforsecurity=False).hexdigest()

    def tips(self) -> set[str]:
        """The commits to which there is a history."""
        return {key.rpartition(":")[2] for key in self._cache.keys(f"parts:{self._id}:")}

    def take(self, tip: str) -> tuple[Layout, Told] | None:
        """What the history to a commit has told, and the layout that it was read by; None where it is damaged."""
        parts, state = self._cache.get(f"parts:{self._id}:{tip}"), self._cache.get(f"state:{self._id}:{tip}")
        standing = self._cache.get_later(f"files:{self._id}:{tip}")
        found = [self._cache.get(part) for part in parts or ()]
        if not parts or state is None or standing is None or None in found:
            return None
        layout = replace(self._layout, earlier=state["earlier"])
        told = _unpack(state, found, lambda: _restore(layout, standing()))
        told.since, told.parts = tip, parts
        return layout, told

    def put(self, tip: str, layout: Layout, told: Told) -> None:
        """Keeps what the history to a commit has told: what is kept already is only named again."""
        if told.since:
            self._cache.put(f"parts:{self._id}:{told.since}", told.parts)  # so that it is among the last ones
        if len(told.parts) >= _PARTS:
            told.since, told.parts, told.kept = "", [], (0, 0, 0)
        changes, unreadable, duplicates = told.kept
        fresh = told.series.numbered[changes:], told.unreadable[unreadable:], told.duplicates[duplicates:]
        part = f"part:{self._id}:{told.since}..{tip}"
        self._cache.put(part, Packed().pack(*fresh))
        self._cache.put(f"parts:{self._id}:{tip}", [*told.parts, part])
        series = [[*ref, numbers] for ref, numbers in told.series.numbers.items()]
        self._cache.put(f"state:{self._id}:{tip}", {"earlier": layout.earlier, "series": series})
        self._cache.put(f"files:{self._id}:{tip}", _standing(told))
        self._clear()

    def _clear(self) -> None:
        """Forgets all histories but the last ones, and the parts that only those had."""
        tips = self._cache.keys("parts:")
        if gone := tips[:-_TIPS]:
            needed = {part for tip in tips[-_TIPS:] for part in self._cache.get(tip) or ()}
            self._cache.drop(gone)
            self._cache.drop(f"{name}{tip.removeprefix('parts')}" for tip in gone for name in ("state", "files"))
            self._cache.drop(part for part in self._cache.keys("part:") if part not in needed)


def _standing(told: Told) -> dict[str, Any]:
    """What is said at the end. A file names an item by its number where that is what it said last."""
    numbers = {ref: number for number, ref in enumerate(told.items)}
    return {
        "items": [pack_item(item) for item in told.items.values()],
        "files": {
            path: [numbers[item.ref] if told.items.get(item.ref) == item else pack_item(item) for item in items]
            for path, items in told.version.files.items()
        },
    }


def _restore(layout: Layout, standing: Mapping[str, Any]) -> Standing:
    items = [unpack_item(item) for item in standing["items"]]
    version = Version(layout)
    for path, said in standing["files"].items():
        version.restore(path, [items[one] if isinstance(one, int) else unpack_item(one) for one in said])
    version.settle()
    return {item.ref: item for item in items}, version


def _unpack(state: Mapping[str, Any], parts: list[Mapping[str, Any]], standing: Callable[[], Standing]) -> Told:
    numbers = {Ref(kind, id): series for kind, id, series in state["series"]}
    names = {number: ref for ref, series in numbers.items() for number in series}
    unpacked = [Unpacked(part, names) for part in parts]
    told = Told(standing)
    told.series = AllSeries([one for part in unpacked for one in part.changes()], numbers)
    told.unreadable = [flaw for part in unpacked for flaw in part.flaws("unreadable")]
    told.duplicates = [flaw for part in unpacked for flaw in part.flaws("duplicates")]
    told.kept = len(told.series.numbered), len(told.unreadable), len(told.duplicates)
    return told
