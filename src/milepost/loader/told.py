"""What a history has told up to a commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from milepost.loader.layout import Layout
from milepost.loader.series import AllSeries
from milepost.loader.version import Version
from milepost.model.history import History, Revision, Unreadable
from milepost.model.item import Item, Ref


@dataclass
class Told:
    """All of it, and what is needed to read on from there."""

    make_version: Callable[[], Version]  # which only somebody who reads on needs
    items: dict[Ref, Item] = field(default_factory=dict)  # as each was last known
    series: AllSeries = field(default_factory=AllSeries)
    unreadable: list[Unreadable] = field(default_factory=list)
    duplicates: list[Unreadable] = field(default_factory=list)
    since: str = ""  # the commit up to which it is kept already
    parts: list[str] = field(default_factory=list)  # under which keys
    kept: tuple[int, int, int] = (0, 0, 0)  # how many changes, unreadable and duplicates are there

    @cached_property
    def version(self) -> Version:
        """What every file says at the commit."""
        return self.make_version()

    def history(self, branch: str, tip: Revision) -> History:
        """The history of a branch that leads there."""
        return History(
            branch=branch,
            tip=tip,
            changes=tuple(self.series.changes()),
            items=dict(sorted(self.items.items())),
            unreadable=tuple(self.unreadable),
            duplicates=tuple(self.duplicates),
        )


def nothing_told(layout: Layout) -> Told:
    """Where every history begins."""
    return Told(lambda: Version(layout))
