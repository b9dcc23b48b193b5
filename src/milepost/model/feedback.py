"""Feedback: what somebody who used the result said about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from milepost.model.item import Place, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One answer on a milestone or a task, and what it leads to."""

    ref: Ref
    id: str
    about: Ref | None = None
    date: datetime.date | None = None
    from_: str | None = None  # `from` in the file: who said it, in words; not necessarily somebody the plan names
    said: str | None = None
    score: int | None = None  # 1 to 5
    leads_to: tuple[Ref, ...] = ()  # milestones and tasks
    audience: str | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place
