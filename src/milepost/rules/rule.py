"""What a planning rule is, and what it gets to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from milepost.model.finding import Finding, Level, Related
from milepost.model.history import History
from milepost.model.item import Place
from milepost.model.plan import Plan


class Measure(StrEnum):
    """What a limit counts, which decides how it is written in `milepost.yaml`."""

    COUNT = "count"  # 12
    SHARE = "share"  # 60%, kept as 0.6
    DAYS = "days"  # 14d, calendar days
    WORKING_DAYS = "working days"  # 3d
    WEEKS = "weeks"  # 6w


class Limit(NamedTuple):
    """A number that a team may set otherwise, by its key in the rule's settings."""

    key: str
    default: float
    measure: Measure
    what: str  # what it limits, in a few words


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a rule looks at. `limits` are its own, by key; `history` is there for rules that ask for it, and whole."""

    plan: Plan
    today: date
    limits: Mapping[str, float] = field(default_factory=dict)
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that holds in every sound plan.

    `name` is also its module, its test folder and its anchor in the docs. `why` is one sentence. `check` yields a
    finding for each breach; it reads nothing but its inspection. The verdict of a rule that is `timed` depends on
    today: it can change though nobody touched the plan. One that `needs_history` is skipped where that is not whole,
    one that `uses_history` judges by the plan alone there.
    """

    name: str
    level: Level
    why: str
    check: Callable[[Inspection], Iterator[Finding]]
    limits: tuple[Limit, ...] = ()
    timed: bool = False
    needs_history: bool = False
    uses_history: bool = False

    def found(self, place: Place, message: str, hint: str, related: tuple[tuple[Place, str], ...] = ()) -> Finding:
        """A breach of this rule at a place."""
        places = tuple(Related(*pair) for pair in related)
        return Finding(self.name, self.level, place, message, hint, related=places)

    def defaults(self) -> dict[str, float]:
        """Its limits where a team sets none."""
        return {limit.key: limit.default for limit in self.limits}
