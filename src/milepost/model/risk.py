"""Risks: what may delay the plan, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.model.estimate import Estimate
from milepost.model.item import Place, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation:
    """What makes a risk smaller. Its probability and impact hold once it is done."""

    action: str
    owner: str | None = None
    due: date | None = None  # the day that a date, a period or a release means
    done: date | None = None
    probability: float | None = None  # 0 to 1
    impact: Estimate | None = None  # working days of delay


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Something that may happen and would cost time."""

    ref: Ref
    id: str
    title: str
    threatens: tuple[Ref, ...] = ()
    probability: float | None = None  # 0 to 1
    impact: Estimate | None = None  # working days of delay
    owner: str | None = None
    response: str | None = None  # avoid | mitigate | transfer | accept
    mitigation: tuple[Mitigation, ...] = ()
    trigger: str | None = None
    expires: date | None = None  # afterwards it is scored: did it happen?
    reviewed: date | None = None
    occurred: date | None = None
    closed: date | None = None
    audience: str | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place

    @property
    def is_open(self) -> bool:
        """Whether it may still happen: neither did it occur, nor was it closed."""
        return self.occurred is None and self.closed is None

    @property
    def present_probability(self) -> float | None:
        """How likely it is with all that was done about it, from 0 to 1; None where nobody says."""
        done = (mitigation.probability for mitigation in self.mitigation if mitigation.done)
        return min((one for one in (self.probability, *done) if one is not None), default=None)
