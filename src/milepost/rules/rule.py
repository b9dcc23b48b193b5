"""What a planning rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from milepost.model.finding import Finding, Level, Related
from milepost.model.item import Place
from milepost.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that holds in every sound plan.

    `name` is also its module, its test folder and its anchor in the docs. `why` is one sentence. `check` gets the plan
    and today, and yields a finding for each breach; it reads nothing else.
    """

    name: str
    level: Level
    why: str
    check: Callable[[Plan, date], Iterator[Finding]]

    def found(self, place: Place, message: str, hint: str, related: tuple[tuple[Place, str], ...] = ()) -> Finding:
        """A breach of this rule at a place."""
        places = tuple(Related(*pair) for pair in related)
        return Finding(self.name, self.level, place, message, hint, related=places)
