"""Which accepted changes somebody asks for: of an item, of some fields or kinds, by somebody, in a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from milepost.model.history import Identity, Revision
from milepost.model.item import Ref


class Told(Protocol):
    """Something of a history: a change, or a move."""

    @property
    def revision(self) -> Revision:
        """When it was accepted."""
        ...

    @property
    def by(self) -> Identity:
        """Who did it."""
        ...


_T = TypeVar("_T", bound=Told)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for. What is left open does not restrict."""

    item: Ref | None = None
    fields: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    since: date | None = None  # the first day of acceptance that counts
    until: date | None = None  # the last one
    author: str = ""  # a part of the name or address of who set the value or accepted it, in any case

    def select(self, told: Iterable[tuple[Ref, str, _T]]) -> Iterator[_T]:
        """Of things told of an item's field, those that are asked for."""
        if self == _EVERYTHING:
            yield from (one for _, _, one in told)
            return
        for ref, field, one in told:
            if self._is_about(ref, field) and self._is_within(one.revision) and self._is_by(one):
                yield one

    def _is_about(self, ref: Ref, field: str) -> bool:
        if self.item is not None and ref != self.item:
            return False
        return (not self.fields or field in self.fields) and (not self.kinds or ref.kind in self.kinds)

    def _is_within(self, revision: Revision) -> bool:
        if self.since is None and self.until is None:
            return True
        day = revision.day
        return (
            day is not None and (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )

    def _is_by(self, one: Told) -> bool:
        if not self.author:
            return True
        part, people = self.author.casefold(), (one.by, one.revision.author)
        return any(part in text.casefold() for person in people for text in person)


_EVERYTHING = Selection()
