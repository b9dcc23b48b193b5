"""Sprints: a span of one to four weeks, and the work a team means to finish in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.model.estimate import Amount
from milepost.model.item import Place, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """One sprint. Both days are included. Without `capacity` it follows from people and calendar."""

    ref: Ref
    id: str
    start: date | None = None
    end: date | None = None
    goal: str | None = None  # what will be true at its end, in a sentence
    items: tuple[Ref, ...] = ()  # tasks, or milestones that have none
    capacity: Amount | None = None  # effort
    audience: str | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place
