"""Changes under the identity that their item has now, whatever it was called when they were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milepost.model.history import Change
from milepost.model.item import Ref


class AllSeries:
    """Every change in accepted order, each in the series of its item. A renamed item keeps its series.

    An identity can have several series: one of its own, and those of the names it had before. `numbered` are the
    changes with the number of their series, `numbers` the series of each identity.
    """

    def __init__(
        self, numbered: list[tuple[int, Change]] | None = None, numbers: dict[Ref, list[int]] | None = None
    ) -> None:
        self.numbered = numbered or []
        self.numbers = numbers or {}
        self._count = max((number for several in self.numbers.values() for number in several), default=0)

    def add(self, item: Ref, changes: Iterable[Change]) -> None:
        """Appends changes of the item that bears this identity now."""
        number = self._own(item)[-1]
        self.numbered += [(number, change) for change in changes]

    def rename(self, renamed: Mapping[Ref, Ref]) -> None:
        """What was known as the first of a pair is the second from now on, all at once: two items may swap names."""
        pasts = [(new, self.numbers.pop(old, [])) for old, new in renamed.items()]
        for new, past in pasts:
            if past:
                self.numbers[new] = past + self.numbers.get(new, [])

    def changes(self) -> tuple[Change, ...]:
        """All changes, oldest first, under the present identities."""
        names = {number: ref for ref, numbers in self.numbers.items() for number in numbers}
        named = [(names[number], change) for number, change in self.numbered]
        return tuple([change if change.item == ref else change._replace(item=ref) for ref, change in named])

    def _own(self, ref: Ref) -> list[int]:
        if ref not in self.numbers:
            self._count += 1
            self.numbers[ref] = [self._count]
        return self.numbers[ref]
