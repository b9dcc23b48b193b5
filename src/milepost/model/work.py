"""Milestones and tasks: what is to be reached, and the work that leads there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from milepost.model.due import Commitment, Due
from milepost.model.estimate import Amount, Estimate
from milepost.model.item import Place, Ref
from milepost.model.people import Raci, Shipped, Vote
from milepost.model.reason import Reason

_PRIORITIES = ("must", "should", "could", None, "wont")


class Status(StrEnum):
    """Where work stands. Derived from dates and tasks, never stored."""

    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self in (Status.PLANNED, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Measure:
    """A criterion that can be ticked off, and the day it was seen to hold."""

    text: str
    met: date | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """A link to the item that must come before. `lag` is working time, negative for a lead."""

    item: Ref
    type: str = "FS"  # FS | SS | FF | SF
    lag: Amount | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """What holds work up, since when, and who removes it."""

    since: date | None
    by: str
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work in a milestone. `id` is its own word; `ref.id` is `milestone/task`."""

    ref: Ref
    id: str
    title: str
    kind: str = "feature"  # feature | research | chore | bug
    estimate: Estimate | None = None  # effort
    owner: str | None = None  # a person; the milestone's owner where the task names none
    priority: str | None = None  # must | should | could | wont
    rank: int | None = None
    depends_on: tuple[Dependency, ...] = ()
    not_before: date | None = None
    started: date | None = None
    finished: date | None = None
    dropped: date | None = None
    because: Reason | None = None
    actual: Amount | None = None  # effort it took
    timebox: Amount | None = None  # effort a research task may take at most
    blocked: Blocker | None = None
    audience: str | None = None  # internal | public
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place

    @property
    def status(self) -> Status:
        """Where the task stands, from its dates alone."""
        if self.dropped:
            return Status.DROPPED
        if self.finished:
            return Status.DONE
        return Status.IN_PROGRESS if self.started else Status.PLANNED

    @property
    def finish(self) -> date | None:
        """The day it was finished; None while it is open. Of a milestone this has to be found."""
        return self.finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A point that is reached when its last task ends."""

    ref: Ref
    id: str
    title: str
    goal: str | None = None
    outcome: str | None = None
    measures: tuple[Measure, ...] = ()
    achievable: str | None = None
    due: Due | None = None
    commitment: Commitment = Commitment.TARGET
    because: Reason | None = None
    priority: str | None = None  # must | should | could | wont
    rank: int | None = None  # order within a priority, lowest first
    value: str | None = None  # user | business | enabler
    owner: str | None = None  # accountable; exactly one person
    raci: Raci = field(default_factory=Raci)
    depends_on: tuple[Dependency, ...] = ()
    not_before: date | None = None
    estimate: Estimate | None = None  # effort; used only where there are no tasks
    votes: tuple[Vote, ...] = ()
    blocked: Blocker | None = None
    new_technology: bool = False
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    audience: str | None = None
    tasks: tuple[Task, ...] = ()
    started: date | None = None
    finished: date | None = None
    dropped: date | None = None
    shipped: Shipped | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place

    @property
    def status(self) -> Status:
        """Where the milestone stands: by its own dates first, else by its tasks."""
        if self.dropped:
            return Status.DROPPED
        if self.finished:
            return Status.DONE
        states = {task.status for task in self.tasks}
        if Status.DONE in states and states <= {Status.DONE, Status.DROPPED}:
            return Status.DONE
        return Status.IN_PROGRESS if self.started or states & {Status.IN_PROGRESS, Status.DONE} else Status.PLANNED

    @property
    def finish(self) -> date | None:
        """The day it was reached: as given, else the day its last task ended; None while it is open."""
        if self.finished or self.status is not Status.DONE:
            return self.finished
        return max((task.finished for task in self.tasks if task.finished), default=None)

    @property
    def measures_met(self) -> int:
        """How many of its criteria were seen to hold."""
        return sum(measure.met is not None for measure in self.measures)


#: What effort may go into: a milestone's own where it has no tasks.
Work = Milestone | Task


def order_of(milestone: Milestone) -> tuple[int, float, date, str]:
    """The plan's own order: by priority, then rank, then due date, then id. What has no rank or date comes after.

    What has no priority comes after what could be done, and before what won't.
    """
    day = milestone.due.day if milestone.due else None
    rank = math.inf if milestone.rank is None else milestone.rank
    priority = milestone.priority if milestone.priority in _PRIORITIES else None
    return _PRIORITIES.index(priority), rank, day or date.max, milestone.id
