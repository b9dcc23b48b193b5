"""Reviews: when the plan was looked at together, who agreed to what, and what was decided."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from milepost.model.item import Place, Ref


@dataclass(frozen=True, slots=True)
class Agreement:
    """A person's agreement with milestones as they stood on the day of the review, and who wrote it down."""

    who: str
    about: tuple[Ref, ...] = ()
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a review asked somebody to do."""

    text: str
    owner: str | None = None
    due: datetime.date | None = None
    done: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One meeting on the plan."""

    ref: Ref
    id: str
    date: datetime.date | None = None
    attended: tuple[str, ...] = ()  # people
    agreed: tuple[Agreement, ...] = ()
    risks_looked_at: tuple[Ref, ...] = ()  # milestones whose risks were looked at, and risks
    decisions: tuple[str, ...] = ()
    went_well: tuple[str, ...] = ()
    improve: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    audience: str | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place
