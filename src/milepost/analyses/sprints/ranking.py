"""In which order is open work to be done? By priority, rank, the milestone's date, then id: no two branches collide.

A task is needed as much as its milestone is, or less. It has its milestone's rank unless it has its own. What has no
priority comes after what could be done.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Work

PRIORITIES = ("must", "should", "could")


@dataclass(frozen=True, slots=True)
class Piece:
    """Open work with its milestone: a task, or a milestone that has none."""

    work: Work
    milestone: Milestone

    @property
    def ref(self) -> Ref:
        """Which item it is."""
        return self.work.ref

    @property
    def owner(self) -> str | None:
        """Who does it: the milestone's owner where a task names nobody."""
        return self.work.owner or self.milestone.owner

    @property
    def priority(self) -> str | None:
        """The lesser of the task's priority and its milestone's."""
        named = {self.work.priority, self.milestone.priority}
        return next((one for one in reversed(PRIORITIES) if one in named), None)

    @property
    def order(self) -> tuple[int, float, date, str, str]:
        """Sorts what is to be done first to the front."""
        priority = PRIORITIES.index(self.priority) if self.priority else len(PRIORITIES)
        rank = self.work.rank if self.work.rank is not None else self.milestone.rank
        due = self.milestone.due.day if self.milestone.due and self.milestone.due.day else date.max
        return priority, math.inf if rank is None else rank, due, self.milestone.id, self.work.id


def rank_open_work(plan: Plan) -> tuple[Piece, ...]:
    """All open work that is meant to be done, first things first."""
    milestones = [one for one in plan.milestones if one.status.is_open and one.priority != "wont"]
    pieces = [Piece(work, one) for one in milestones for work in (one.tasks or (one,)) if _is_ahead(work)]
    return tuple(sorted(pieces, key=lambda piece: piece.order))


def _is_ahead(work: Work) -> bool:
    return work.status.is_open and work.priority != "wont"
