"""People: who is named in a plan, and how they take part in a milestone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from milepost.model.calendar import Calendar, Span
from milepost.model.effort import FULL_TIME, working_share
from milepost.model.item import Place, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in the plan. A stakeholder has no capacity: consulted, informed, asked to agree."""

    ref: Ref
    id: str
    name: str
    kind: str = "person"  # person | stakeholder
    team: str | None = None
    works: str | None = None  # share of full time, such as 4d/w
    away: tuple[Span, ...] = ()
    github: str | None = None
    email: str | None = None
    place: Place

    @property
    def is_stakeholder(self) -> bool:
        """Whether they have no working time in this plan."""
        return self.kind == "stakeholder"

    def share(self, calendar: Calendar) -> Fraction:
        """Their share of full time, by the calendar; full time where nothing that can be understood is written."""
        return working_share(self.works, calendar) or FULL_TIME


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A person who does work for a milestone, and what that is in a sentence (None where only the name is given)."""

    person: str
    does: str | None = None


@dataclass(frozen=True, slots=True)
class Raci:
    """Who does the work, is asked before a decision and is told after it. The one accountable is the `owner`."""

    responsible: tuple[Responsibility, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody with a role, in the order of the file."""
        return (*(one.person for one in self.responsible), *self.consulted, *self.informed)


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether a person believes a milestone: fist of five, 1 (no) to 5 (certainly), its pace, and a comment."""

    person: str
    feasible: int
    pace: str | None = None  # slow | right | fast
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a finished milestone brought, for everybody to read, and who is thanked for it."""

    note: str
    thanks: tuple[str, ...] = ()
