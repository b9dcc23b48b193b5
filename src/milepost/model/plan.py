"""A plan at one version: everything a team has said about what it will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from milepost.model.calendar import Calendar
from milepost.model.due import Due
from milepost.model.feedback import Feedback
from milepost.model.item import Item, Place, Ref, Value
from milepost.model.people import Person
from milepost.model.reason import Reason
from milepost.model.review import Review
from milepost.model.risk import Risk
from milepost.model.source import Source
from milepost.model.sprint import Sprint
from milepost.model.work import Milestone, Task, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A named date that several milestones may be due with."""

    ref: Ref
    id: str
    due: date | None = None
    because: Reason | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What milestones serve. A short-term goal names the long-term goal it serves."""

    ref: Ref
    id: str
    title: str
    measure: str | None = None
    due: Due | None = None
    serves: str | None = None
    because: Reason | None = None
    owner: str | None = None
    audience: str | None = None
    was: tuple[str, ...] = ()
    notes: str | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan.

    `items` holds every item as written, in a stable order; an id that is written twice is there once, and rules read
    the rest from `duplicates`. The typed tuples are the same items, with what could not be understood left out.
    """

    title: str | None = None
    vision: str | None = None
    repository: str | None = None
    audience: str = "internal"
    calendar: Calendar = field(default_factory=Calendar)
    people: tuple[Person, ...] = ()
    releases: tuple[Release, ...] = ()
    goals: tuple[Goal, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    risks: tuple[Risk, ...] = ()
    sprints: tuple[Sprint, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    reviews: tuple[Review, ...] = ()
    rules: Mapping[str, Value] = field(default_factory=dict)  # a rule's name: its level, or its settings, as written
    assertions: tuple[str, ...] = ()  # conditions, as written
    sources: tuple[Source, ...] = ()
    items: Mapping[Ref, Item] = field(default_factory=dict)
    duplicates: tuple[tuple[Item, Item], ...] = ()  # an item, and an earlier one that has its id
    foreign: frozenset[str] = frozenset()  # paths that were read through `sources`, whose ids may be any text

    def milestone(self, id: str) -> Milestone | None:
        """The milestone with that id."""
        return next((milestone for milestone in self.milestones if milestone.id == id), None)

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, in the order of their milestones."""
        return tuple(task for milestone in self.milestones for task in milestone.tasks)

    def works(self) -> tuple[Work, ...]:
        """All milestones, then all tasks."""
        return (*self.milestones, *self.tasks())

    def serving(self, goal: str) -> tuple[Milestone, ...]:
        """The milestones that serve the goal with that id, or one that serves it, however far down."""
        ids = self.goals_within(goal)
        return tuple(one for one in self.milestones if one.goal in ids)

    def goals_within(self, goal: str) -> tuple[str, ...]:
        """The id of a goal, then those of the goals that serve it, however far down."""
        ids = [goal]
        for id in ids:  # grows while it is gone through
            ids += [one.id for one in self.goals if one.serves == id and one.id not in ids]
        return tuple(ids)

    def person(self, id: str | None) -> Person | None:
        """The person declared under that id."""
        return next((person for person in self.people if person.id == id), None)

    def person_name(self, id: str | None) -> str | None:
        """The name of a person, or the id itself where nobody with it is declared."""
        return next((person.name for person in self.people if person.id == id), id)

    def title_of(self, ref: Ref) -> str:
        """What to call an item: its title, else its id."""
        item = self.items.get(ref)
        title = item.fields.get("title", item.fields.get("name")) if item else None
        return title if isinstance(title, str) and title else ref.id
