"""A plan in many worlds: in each, all that is uncertain has come out in some way, and every item ends on some day.

The same seed gives the same worlds, in which only what depends on a change is different. Pure: what it knows of the
past is given to it as experience.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple

from milepost.analyses.forecasts.experience import Experience, gain_experience
from milepost.analyses.forecasts.outlook import SURE
from milepost.analyses.forecasts.threats import Odds, Threat, find_entries, find_threats, find_unrated, threatened
from milepost.analyses.schedules.placement import Name, find_order, level_project
from milepost.analyses.schedules.project import Load, Project, build_project
from milepost.analyses.schedules.schedule import require_days
from milepost.analyses.sizes import Gap, gap_of
from milepost.model.build import build_plan
from milepost.model.derived import Capped, Remaining, Scaled
from milepost.model.distribution import Distribution, Lognormal
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Work
from milepost.model.workdays import SOONEST
from milepost.scheduling.sample import Sample, last_of
from milepost.scheduling.sampling import CORRELATION, SAMPLES, Sampler
from milepost.scheduling.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever asks may choose. The same settings and plan give the same worlds."""

    seed: int = 1
    samples: int = SAMPLES
    confidence: float = 0.8  # with which start-by dates hold
    correlation: float = CORRELATION  # how much all work goes wrong together


class _Draw(NamedTuple):
    """A distribution of the whole, what was done of it, what it may take at most, and days for each of its units."""

    whole: Distribution
    past: float
    cap: float
    scale: float


class Worlds:
    """The open work of a plan from a day on. Times are positions on the project's axis of working days."""

    def __init__(
        self,
        plan: Plan,
        today: date,
        experience: Experience,
        settings: Settings,
        keep: Sequence[Name] | None = None,
    ) -> None:
        """`keep` is the order of another version's levelled schedule, which is kept.

        Raises CircleError where work waits for itself, and MilepostError where nobody ever works.
        """
        self.plan = plan
        self.today = today
        self.experience = experience
        self.settings = settings
        self.threats = find_threats(plan, today)
        self.unrated = find_unrated(plan, today)
        self.project: Project = build_project(
            _by_name(plan),
            today,
            experience.size(plan.calendar),
            threatened(plan, self.threats),
            experience.focus.pace,
        )
        if self.project.loads:
            require_days(plan, self.project)
        self.placement = level_project(self.project, keep)
        self._entries = find_entries(self.project, self.threats)
        self._sampler = Sampler(settings.seed, settings.samples, settings.correlation)
        self._sure: dict[tuple[Ref, ...], float] = {}
        self._growth: dict[Ref, Sample | None] = {}
        self._risks = {threat.risk.ref: self._delay(threat, threat.residual) for threat in self.threats}
        self._works = {number: self._work(load) for number, load in self.project.loads.items()}

    @cached_property
    def drawn(self) -> tuple[Ref, ...]:
        """Work without an estimate that is taken to be like other work of its kind."""
        loaded = {load.item for load in self.project.loads.values()}
        works = (task for task in self.plan.tasks() if task.ref in loaded)
        return tuple(task.ref for task in works if self.experience.draws(task, self.plan.calendar))

    @cached_property
    def unsized(self) -> dict[Ref, Gap]:
        """Open work of which nobody knows how much it is, and why."""
        unsized = frozenset(self.project.unsized)
        works: Iterator[Work] = chain.from_iterable((one, *one.tasks) for one in self.plan.milestones)
        return {work.ref: gap_of(work.estimate, self.plan.calendar) for work in works if work.ref in unsized}

    def ends_of(self, item: Ref) -> tuple[Ref, ...]:
        """The open milestones of a goal, or the milestone itself; nothing for what is not open."""
        return tuple(ref for ref in self._members.get(item, (item,)) if ref in self._open)

    @cached_property
    def _open(self) -> frozenset[Ref]:
        milestones = self.plan.milestones
        return frozenset(one.ref for one in milestones if one.status.is_open and one.priority != "wont")

    @cached_property
    def _members(self) -> dict[Ref, tuple[Ref, ...]]:
        return {goal.ref: tuple(one.ref for one in self.plan.serving(goal.id)) for goal in self.plan.goals}

    @cached_property
    def simulation(self) -> Simulation:
        """All that is done in the order of the levelled schedule, by people who can do one thing at a time."""
        return Simulation(self.project.network.with_links(self.placement.chains), self._durations())

    def simulate_unlimited(self) -> Simulation:
        """The same if nobody's time were limited."""
        return Simulation(self.project.network, self._durations())

    def finish(self, items: Sequence[Ref], simulation: Simulation | None = None) -> Sample:
        """When the last of some open items ends: not before today, however little is left of it."""
        run = simulation or self.simulation
        ends = (run.finish(self.project.parts[item].last) for item in items)
        return last_of((*ends, self._sampler.fixed(SOONEST)))

    def sure(self, items: Sequence[Ref]) -> float:
        """When the last of some items has ended in 80 % of all worlds."""
        key = tuple(items)
        if key not in self._sure:
            self._sure[key] = self.finish(items).quantile(SURE)
        return self._sure[key]

    def finishes_if(self, changes: Mapping[int, Sample], groups: Sequence[Sequence[Ref]]) -> Iterator[Sample]:
        """When the last of each group of items ends in the same worlds, with some durations changed."""
        items = list(dict.fromkeys(item for group in groups for item in group))
        ends = self.simulation.finishes_if(changes, [self.project.parts[item].last for item in items])
        by_item = dict(zip(items, ends, strict=True))
        return (last_of(by_item[item] for item in group) for group in groups)

    def with_odds(self, threat: Threat, odds: Odds | None) -> dict[int, Sample]:
        """The durations that change if a risk had other odds, or if there were no such risk."""
        risks = {ref: sample for ref, sample in self._risks.items() if ref != threat.risk.ref}
        if odds is not None:
            risks[threat.risk.ref] = self._delay(threat, odds)
        return {number: self._sum(number, risks) for number in self._entries[threat.risk.ref]}

    def enters(self, threat: Threat) -> bool:
        """Whether a risk delays anything that is open."""
        return bool(self._entries[threat.risk.ref])

    def with_middle(self, number: int) -> dict[int, Sample]:
        """The duration that changes if some work took just what is as likely too little as too much."""
        load = self.project.loads[number]
        return {number: self._grow(load, self._disturb(load, self._sampler.fixed(load.days)))}

    def without_growth(self) -> dict[int, Sample]:
        """The durations that change if nothing came but what is listed."""
        return {
            number: self._draw(load)
            for number, load in self.project.loads.items()
            if self._growth_of(load.item) is not None
        }

    def guesses_in(self, items: Sequence[Ref]) -> frozenset[Ref]:
        """The work without an estimate of its own on which it depends when some items end."""
        if not self.unsized and not self.drawn:
            return frozenset()
        works = {self.project.items[number] for item in items for number in self.needed(item)}
        return frozenset(works.intersection((*self.unsized, *self.drawn)))

    def needed(self, item: Ref) -> frozenset[int]:
        """The activities whose duration bears on when an item ends, if nobody's time were limited."""
        seen: set[tuple[int, bool]] = set()
        waiting = [(self.project.parts[item].last, True)]
        while waiting:
            event = waiting.pop()
            if event not in seen:
                seen.add(event)
                links = self.project.network.incoming[event[0]]
                waiting += [(link.before, not link.type.counts_from_start) for link in links]
        return frozenset(number for number, ends in seen if ends)

    def _durations(self) -> list[Sample]:
        delays = {number: self._sum(number, self._risks) for number in self.project.delays.values()}
        known = {**self._works, **delays}
        return [
            known[number] if number in known else self._sampler.fixed(activity.duration)
            for number, activity in enumerate(self.project.network.activities)
        ]

    def _work(self, load: Load) -> Sample:
        return self._grow(load, self._draw(load))

    def _draw(self, load: Load) -> Sample:
        """Working days that are left of some work, as it is listed."""
        draw = _unwrap(load.left, load.days_an_hour)
        whole = self._sampler.work(load.item.id, draw.whole, scale=draw.scale, past=draw.past, cap=draw.cap)
        return self._disturb(load, whole - draw.past * draw.scale if draw.past else whole)

    def _grow(self, load: Load, days: Sample) -> Sample:
        growth = self._growth_of(load.item)
        return days if growth is None else days * growth

    def _disturb(self, load: Load, days: Sample) -> Sample:
        """With what comes between, which is more for some work than for other; on average it is in the days already."""
        spread = self.experience.focus.spread
        if not spread:
            return days
        return days * self._sampler.work(f"focus:{load.item.id}", Lognormal(-(spread**2) / 2, spread))

    def _growth_of(self, item: Ref) -> Sample | None:
        milestone = Ref("milestone", item.id.rpartition("/")[0]) if item.kind == "task" else item
        if milestone not in self._growth:
            ahead = self.experience.growth_ahead(milestone)
            self._growth[milestone] = self._sampler.alone(f"growth:{milestone.id}", ahead) if ahead else None
        return self._growth[milestone]

    def _delay(self, threat: Threat, odds: Odds) -> Sample:
        return self._sampler.risk(f"risk:{threat.risk.id}", odds.probability, odds.impact)

    def _sum(self, number: int, risks: Mapping[Ref, Sample]) -> Sample:
        """Working days by which all risks together delay one item."""
        here: Iterable[Sample] = (sample for ref, sample in risks.items() if number in self._entries[ref])
        return sum(here, self._sampler.fixed(0.0))


def imagine(plan: Plan, today: date, history: History | None, settings: Settings | None = None) -> Worlds:
    """The worlds of a plan by what accepted history says of the team, and in the order of the accepted version.

    So what nobody changed stays where it is. Without a history a team is taken to be like any other. Raises as Worlds.
    """
    known = gain_experience(plan, history) if history else Experience()
    keep = _accepted_order(plan, today, history, known) if history else None
    return Worlds(plan, today, known, settings or Settings(), keep)


def _accepted_order(plan: Plan, today: date, history: History, known: Experience) -> Sequence[Name] | None:
    """The order of the accepted version's levelled schedule; None where that has none, or says the same."""
    items = {ref: history.items[ref] for ref in (*plan.items, *history.items) if ref in history.items}
    if [(ref, item.fields) for ref, item in items.items()] == [(ref, one.fields) for ref, one in plan.items.items()]:
        return None
    accepted = build_plan(items.values(), plan.sources, plan.foreign)
    return find_order(build_project(_by_name(accepted), today, known.size(accepted.calendar), focus=known.focus.pace))


def _by_name(plan: Plan) -> Plan:
    """The same in the order of names. That of files settles draws between tasks, and is not known of past versions."""
    milestones = (replace(one, tasks=tuple(sorted(one.tasks, key=_ref))) for one in plan.milestones)
    return replace(plan, milestones=tuple(sorted(milestones, key=_ref)))


def _ref(work: Work) -> Ref:
    return work.ref


def _unwrap(left: Distribution, scale: float) -> _Draw:
    """What is to be drawn for some work of which a part may be done already."""
    match left:
        case Remaining(whole, elapsed):
            inner = _unwrap(whole, scale)
            return inner._replace(past=elapsed * scale / inner.scale)
        case Capped(whole, limit):
            inner = _unwrap(whole, scale)
            return inner._replace(cap=limit * scale / inner.scale)
        case Scaled(whole, factor):
            return _unwrap(whole, scale * factor)
    return _Draw(left, 0.0, inf, scale)
