"""What a history has told up to a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from milepost.loader.layout import Layout
from milepost.loader.series import AllSeries
from milepost.loader.version import Version
from milepost.model.history import History, Revision, Unreadable
from milepost.model.item import Item, Ref

#: The items as each was last known, and what every file says.
Standing = tuple[dict[Ref, Item], Version]


@dataclass
class Told:
    """All of it, and what is needed to read on from there."""

    make_standing: Callable[[], Standing]  # many questions need none of that
    series: AllSeries = field(default_factory=AllSeries)
    unreadable: list[Unreadable] = field(default_factory=list)
    duplicates: list[Unreadable] = field(default_factory=list)
    since: str = ""  # the commit up to which it is kept already
    parts: list[str] = field(default_factory=list)  # under which keys
    kept: tuple[int, int, int] = (0, 0, 0)  # how many changes, unreadable and duplicates are there

    @cached_property
    def items(self) -> dict[Ref, Item]:
        """The items as each was last known."""
        return self._standing[0]

    @cached_property
    def version(self) -> Version:
        """What every file says at the commit."""
        return self._standing[1]

    @cached_property
    def _standing(self) -> Standing:
        return self.make_standing()

    def history(self, branch: str, tip: Revision) -> History:
        """The history of a branch that leads there."""
        return History(
            branch=branch,
            tip=tip,
            changes=self.series.changes(),
            items=Later(lambda: dict(sorted(self.items.items()))),
            unreadable=tuple(self.unreadable),
            duplicates=tuple(self.duplicates),
        )


class Later(Mapping[Ref, Item]):
    """Items that are put together when somebody looks at one."""

    def __init__(self, make: Callable[[], dict[Ref, Item]]) -> None:
        self._make = make

    @cached_property
    def _items(self) -> dict[Ref, Item]:
        return self._make()

    def __getitem__(self, ref: Ref) -> Item:
        return self._items[ref]

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


def nothing_told(layout: Layout) -> Told:
    """Where every history begins."""
    return Told(lambda: ({}, Version(layout)))
