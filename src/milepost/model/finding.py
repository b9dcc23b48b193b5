"""A finding: one thing that `check` has to say about one place in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from milepost.model.item import Place


class Level(StrEnum):
    """How much a finding matters. Only errors fail `check`, unless `--fail-on` says otherwise."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"
    IGNORE = "ignore"

    @property
    def weight(self) -> int:
        """0 for an error, more for what matters less."""
        return list(Level).index(self)


class Location(NamedTuple):
    """A position in a file. Lines and columns count from 1; columns count characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Related(NamedTuple):
    """A further place that belongs to a finding, such as a link of a cycle, and what is there."""

    place: Place
    message: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader or a rule found: a sentence, and a hint that says what to type.

    `place` is symbolic (a file and keys) until the documents are at hand; `location` is set where the reader knows it.
    """

    rule: str
    level: Level
    place: Place
    message: str
    hint: str
    location: Location | None = None
    related: tuple[Related, ...] = ()
