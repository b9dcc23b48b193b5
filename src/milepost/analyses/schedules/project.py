"""A plan as a network of activities: what is left to do, who does it, and what has to come before it.

Effort becomes time by the owner's share of full time, and is laid on the team's working days less those on which the
owner is away. What has begun keeps its start, what is finished its dates. Of a milestone's own dates only `not_before`
bears on its tasks; its `due` is a deadline, never a date on which something takes place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf

from milepost.analyses.known import Known
from milepost.analyses.remainder import Remainder, measure_remainder
from milepost.analyses.schedules.beginning import Wait, link_firsts
from milepost.analyses.schedules.enclosing import part_ends
from milepost.model.calendar import Calendar
from milepost.model.derived import Scaled
from milepost.model.distribution import Distribution, distribution_of, in_points
from milepost.model.effort import to_days
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Dependency, Milestone, Task, Work
from milepost.model.workdays import Workdays
from milepost.scheduling.network import Activity, Link, LinkType, Network

#: Hours of effort that some work may take; None where nobody knows.
Sizing = Callable[[Work, Milestone], Distribution | None]


@dataclass(frozen=True, slots=True)
class Part:
    """An item in the network, by numbers of activities.

    It starts with the first of `starts`. `end` is its own end: its work, or the point after the tasks of a milestone.
    `last` is what others wait for: the same, or a delay after it.
    """

    item: Ref
    starts: tuple[int, ...]
    end: int
    last: int


@dataclass(frozen=True, slots=True)
class Load:
    """What is left to do in one activity: hours of effort, and the working days that an hour takes its owner."""

    item: Ref
    person: str | None  # None: one unnamed person of its own, who does nothing else
    left: Distribution
    days_an_hour: float

    @property
    def days(self) -> float:
        """Working days that are as likely too few as too many."""
        return self.left.quantile(0.5) * self.days_an_hour


@dataclass(frozen=True, slots=True)
class Project:
    """The work of a plan. In `network` durations are medians; time 0 is the beginning of the first day from today on.

    `items` says to which item an activity belongs, `loads` what is left to do in it, `unsized` which open work nobody
    has estimated. `delays` are activities of no duration that end the items for which that was asked.
    """

    network: Network
    axis: Workdays
    items: tuple[Ref, ...]
    parts: Mapping[Ref, Part]
    loads: Mapping[int, Load]
    people: tuple[str, ...]  # by the number of their resource
    unsized: tuple[Ref, ...]
    delays: Mapping[Ref, int]

    def waiting_for(self, items: Collection[Ref]) -> frozenset[Ref]:
        """Some items, and all whose dates nobody can know before these have ended."""
        return frozenset(self.waits(items))

    def waits(self, items: Iterable[Ref]) -> dict[Ref, Ref]:
        """The same, each with the first that it waits for. One of the items themselves whose start is known: itself."""
        starts: dict[int, Ref] = {}
        ends: dict[int, Ref] = {}
        found = [(self.parts[item].end, item, False) for item in items]
        for number, item, whole in found:  # grows while it is gone through
            ends.setdefault(number, item)
            if number in starts:
                continue
            if whole:
                starts[number] = item
            links = [link for link in self.network.outgoing[number] if whole or not link.type.counts_from_start]
            found += [(link.after, item, True) for link in links]
        known = ends | starts
        return {item: known[part.end] for item, part in self.parts.items() if part.end in known}


def build_project(
    plan: Plan, today: date, sizing: Sizing | None = None, delayed: Collection[Ref] = frozenset(), focus: float = 1.0
) -> Project:
    """The network of a plan's work as it stands on a day. Dropped work and `wont` is left out.

    `delayed` items get an activity at their end, whose duration the caller decides. `focus` is the share of their
    working time that people give to this work, above 0.
    """
    remainder = measure_remainder(plan, today, focus)
    builder = _Builder(plan, remainder, sizing or estimated_hours(plan.calendar), delayed)
    milestones = [one for one in plan.milestones if not one.dropped and (one.finish or one.priority != "wont")]
    for milestone in milestones:
        builder.add_milestone(milestone)
    for milestone in milestones:
        builder.link_milestone(milestone)
    return builder.finish()


def estimated_hours(calendar: Calendar, point: Known | None = None) -> Sizing:
    """Sizes as they are estimated. Points are time only where it is known how many hours one takes this team."""
    hours = point.value if point else None

    def size(work: Work, _: Milestone) -> Distribution | None:
        said = distribution_of(work.estimate, calendar) if work.estimate else None
        if said is None or work.estimate is None or not in_points(work.estimate):
            return said
        return Scaled(said, hours) if hours else None

    return size


@dataclass(slots=True)
class _Builder:
    plan: Plan
    remainder: Remainder
    sizing: Sizing
    delayed: Collection[Ref]
    activities: list[Activity] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    parts: dict[Ref, Part] = field(default_factory=dict)
    loads: dict[int, Load] = field(default_factory=dict)
    unsized: list[Ref] = field(default_factory=list)
    delays: dict[Ref, int] = field(default_factory=dict)
    items: list[Ref] = field(default_factory=list)
    axis: Workdays = field(init=False)
    people: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.axis = self.remainder.axis
        self.people = {person: number for number, person in enumerate(self.remainder.pauses)}

    def finish(self) -> Project:
        links = (*self.links, *link_firsts(self.activities, self.links, self.waits))
        network = Network(tuple(self.activities), links, (1.0,) * len(self.people))
        network, ends = part_ends(network, self.items)
        return Project(
            network=network,
            axis=self.axis,
            items=(*self.items, *(self.items[number] for number in ends)),
            parts={item: _ended(part, ends) for item, part in self.parts.items()} if ends else self.parts,
            loads=self.loads,
            people=tuple(self.people),
            unsized=tuple(self.unsized),
            delays=self.delays,
        )

    def add_milestone(self, milestone: Milestone) -> None:
        """A milestone: a point after its tasks, or work of its own where it has none."""
        reached = milestone.finish
        tasks = [task for task in milestone.tasks if _takes_part(task, reached is not None)]
        if not tasks:
            self._add_work(milestone, milestone, self._deadline(milestone))
            return
        for task in tasks:
            self._add_work(task, milestone)
        parts = [self.parts[task.ref] for task in tasks]
        release = float(self.axis.end_of(reached)) if reached else 0.0
        point = self._add(milestone.ref, Activity(0.0, release, self._deadline(milestone)))
        if not reached:
            self.links += [Link(part.last, point) for part in parts]
        starts = tuple(start for part in parts for start in part.starts)
        self.parts[milestone.ref] = Part(milestone.ref, starts, point, self._delay(milestone, point))

    def link_milestone(self, milestone: Milestone) -> None:
        """Ties a milestone and its tasks to what they wait for.

        What a milestone waits for holds the tasks that wait for no other of its tasks, or else its end.
        """
        tasks = [task for task in milestone.tasks if task.ref in self.parts]
        for task in tasks:
            self._link(task, [task], task.depends_on)
        inside = {task.ref for task in tasks}
        entries = [task for task in tasks if not any(link.item in inside for link in task.depends_on)]
        self._link(milestone, entries or [milestone], milestone.depends_on)

    def _link(self, work: Work, entries: Iterable[Work], links: Iterable[Dependency]) -> None:
        """Ties the start of entries, or the end of the whole. What has begun or ended is not held back any more."""
        held = [self.parts[entry.ref].end for entry in entries if not entry.started and not entry.finish]
        end = [] if work.finish else [self.parts[work.ref].end]
        for link in links:
            other = self.parts.get(link.item)
            if other is None:
                continue
            kind = LinkType(link.type) if link.type in [*LinkType] else LinkType.FS
            before = other.starts if kind.counts_from_start else (other.last,)
            after = held if kind.binds_start else end
            self.waits += [(before, Link(before[0], one, kind, self._lag(link))) for one in after]

    def _add_work(self, work: Work, milestone: Milestone, deadline: float = inf) -> None:
        """A piece of work: what was done of it, and what is left to do."""
        begun, ended = work.started, work.finish
        if ended:
            release = float(self.axis.begin_of(begun or ended))
            number = self._add(work.ref, Activity(self.axis.end_of(ended) - release, release, deadline))
            self.parts[work.ref] = Part(work.ref, (number,), number, number)
            return
        start = self._add(work.ref, Activity(0.0, float(self.axis.begin_of(begun)))) if begun else None
        number = self._add_rest(work, milestone, deadline)
        if start is not None:
            self.links.append(Link(start, number))
        starts = (number if start is None else start,)
        self.parts[work.ref] = Part(work.ref, starts, number, self._delay(work, number))

    def _add_rest(self, work: Work, milestone: Milestone, deadline: float) -> int:
        person = self.remainder.person(work, milestone)
        pauses = self.remainder.pauses[person] if person else ()
        load = self._load(work, milestone, person)
        bounds = [day for day in (work.not_before, milestone.not_before) if day]
        release = 0.0 if work.started else float(max(map(self.axis.begin_of, bounds), default=0))
        needs = ((self.people[person], 1.0),) if person and load else ()
        number = self._add(work.ref, Activity(load.days if load else 0.0, max(release, 0.0), deadline, pauses, needs))
        if load:
            self.loads[number] = load
        else:
            self.unsized.append(work.ref)
        return number

    def _load(self, work: Work, milestone: Milestone, person: str | None) -> Load | None:
        size = self.sizing(work, milestone)
        if size is None:
            return None
        return Load(work.ref, person, self.remainder.of(work, milestone, size), self.remainder.days_an_hour(person))

    def _delay(self, work: Work, last: int) -> int:
        """The end of an item: an activity of its own, where something may delay it."""
        if work.ref not in self.delayed or work.finish:
            return last
        number = self.delays[work.ref] = self._add(work.ref, Activity(0.0, 0.0, self.activities[last].deadline))
        self.links.append(Link(last, number))
        return number

    def _deadline(self, milestone: Milestone) -> float:
        day = milestone.due.day if milestone.due else None
        return float(self.axis.end_of(day)) if day and not milestone.finish else inf

    def _lag(self, link: Dependency) -> float:
        return (to_days(link.lag, self.plan.calendar) or 0.0) if link.lag else 0.0

    def _add(self, item: Ref, activity: Activity) -> int:
        self.activities.append(activity)
        self.items.append(item)
        return len(self.activities) - 1


def _ended(part: Part, ends: Mapping[int, int]) -> Part:
    """The same where its end has become an activity of its own."""
    return replace(part, end=ends.get(part.end, part.end), last=ends.get(part.last, part.last))


def _takes_part(task: Task, is_reached: bool) -> bool:
    """Whether a task is done, or is left to do in a milestone that is not reached yet."""
    if task.dropped:
        return False
    return bool(task.finished) or (task.priority != "wont" and not is_reached)
