"""Which identities name one item, in a history with branches."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from milepost.model.history import Change
from milepost.model.item import Ref


class Names:
    """Every item has a number for as long as it exists, and bears one identity after another.

    Where branches disagree on who is who, the first parent is right: no two items of one version have one number.
    """

    def __init__(self) -> None:
        self._united: list[int] = []  # for each number another one of the same item, or itself
        self._last: dict[int, Ref] = {}  # how an item was called last
        self._accepted: dict[int, Ref] = {}  # the same, along first parents only

    def choose(self, past: Iterable[int], used: Container[int]) -> int:
        """The number of an item from a commit on: the first of its past that is not used there, else a new one."""
        number = next((root for one in past if (root := self.root(one)) not in used), len(self._united))
        if number == len(self._united):
            self._united.append(number)
        return number

    def unite(self, number: int, other: int, used: Container[int]) -> None:
        """Gives an item the past of another number, unless that one is an item of the same version."""
        if self.root(other) not in used:
            self._united[self.root(other)] = self.root(number)

    def call(self, ref: Ref, number: int) -> None:
        """Takes in how an item is called."""
        _put_last(self._last, number, ref)

    def accept(self, numbers: Mapping[Ref, int]) -> None:
        """Takes in how items are called at a commit that is reached from the tip along first parents."""
        for ref, number in numbers.items():
            _put_last(self._accepted, number, ref)

    def root(self, number: int) -> int:
        """The one number of an item that has several."""
        while self._united[number] != number:
            number = self._united[number]
        return number

    def rename(self, changes: Iterable[tuple[int, Change]]) -> Iterator[Change]:
        """Numbered changes under the identity that the item has at the tip, or had when it was accepted last."""
        names: dict[int, Ref] = {}
        for known in (self._last, self._accepted):
            names.update((self.root(number), ref) for number, ref in known.items())
        for number, change in changes:
            ref = names[self.root(number)]
            yield change if change.item == ref else replace(change, item=ref)


def _put_last(names: dict[int, Ref], number: int, ref: Ref) -> None:
    """Numbers that turn out to be one item are called as the last of them was."""
    names.pop(number, None)
    names[number] = ref
