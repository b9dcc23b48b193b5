"""What a condition consists of. Every node knows the column where it begins, counted from 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from milepost.model.estimate import Amount


class Type(StrEnum):
    """What a term stands for, as messages call it."""

    DATE = "a date"
    DAYS = "a number of days"  # between two dates
    EFFORT = "effort"
    AMOUNT = "an amount"  # as typed: days between dates, or effort, as its neighbour needs it
    NUMBER = "a number"
    SHARE = "a percentage"
    WORD = "a word"
    TRUTH = "true or false"


class ConditionError(Exception):
    """A text is no condition: what is wrong, what to type instead, and the column where it is."""

    def __init__(self, message: str, hint: str, column: int) -> None:
        super().__init__(message)
        self.message, self.hint, self.column = message, hint, column


@dataclass(frozen=True, slots=True)
class Literal:
    """A date, an amount, a number, a share from 0 to 1, or a word, as typed."""

    type: Type
    value: date | Amount | float | str
    column: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items count: those with a property (`open`), or with a value of a field (`goal=self-serve`)."""

    name: str
    value: str | None
    negated: bool
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A question about one item, or about all that pass some filters. `subject` is an id, or the plural of a kind."""

    function: str
    type: Type
    subject: str | None
    filters: tuple[Filter, ...]
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms with a plus or a minus between them."""

    operator: str  # + | -
    left: Term
    right: Term
    type: Type
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms, and how they have to stand to each other."""

    operator: str  # < | <= | > | >= | = | !=
    left: Term
    right: Term
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    """True where its part is false."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """True where both parts are."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Either:
    """True where at least one part is."""

    left: Node
    right: Node


Term = Literal | Call | Sum
Node = Comparison | Not | Both | Either | Call  # a call that is true or false is a condition by itself


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the text that names an item; `kind` is None where the id alone decides. Ends are exclusive."""

    start: int
    end: int
    id: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as typed, and what it means."""

    text: str
    root: Node
    references: tuple[Reference, ...] = ()

    def __str__(self) -> str:
        return self.text
