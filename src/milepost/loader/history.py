"""Accepted history: as it is kept from an earlier run, and what came since."""

from __future__ import annotations

from milepost.loader.cache import Cache
from milepost.loader.layout import Layout
from milepost.loader.shelf import Shelf
from milepost.loader.told import Standing, Told, nothing_told
from milepost.model.history import History
from milepost.repository.repository import Repository
from milepost.repository.steps import Progress

_FAR = 1000  # commits, after which it is worth the while to keep that there was nothing in them


def load_history(
    repository: Repository, layout: Layout, branch: str, tip: str, cache: Cache, progress: Progress | None = None
) -> History:
    """The history of every item on a branch's first-parent chain. Raises where the clone is shallow."""
    repository.require_whole_history()
    shelf = Shelf(cache, layout, repository.mailmap)
    layout, told, away = _read_before(repository, shelf, tip) or (layout, nothing_told(layout), _FAR)
    if told.since == tip:
        stand, moved = told.make_standing, layout
        told.make_standing = lambda: cache.trust(stand, lambda: _stand_anew(repository, moved, tip))
    else:
        from milepost.loader.replay import read_on  # mostly there is nothing to read

        layout, told, steps = read_on(repository, layout, cache, told, tip, progress)
        if cache.is_kept and (steps or away >= _FAR):
            shelf.put(tip, layout, told)
            cache.save()
    return told.history(branch, repository.revision(tip))


def _stand_anew(repository: Repository, layout: Layout, tip: str) -> Standing:
    """What is said at a tip, by all that led there."""
    from milepost.loader.replay import read_on

    _, told, _ = read_on(repository, layout, Cache(None), nothing_told(layout), tip, None)
    return told.items, told.version


def _read_before(repository: Repository, shelf: Shelf, tip: str) -> tuple[Layout, Told, int] | None:
    """What was told up to the newest commit on the way to the tip to which a history is kept, and how far that is."""
    tips = shelf.tips()
    newest = repository.newest_accepted(tip, tips) if tips else None
    found = shelf.take(newest[0]) if newest else None
    return (*found, newest[1]) if found and newest else None
