"""When is each milestone likely to be reached, and each goal?

A pure function of one version of a plan, a day, and what was known of the team by then. Work with estimates is
simulated; a date without any is taken to turn out as this team's dates did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.lateness import measure_lateness
from milepost.analyses.forecasts.outlook import QUANTILES, SURE, Basis, Bound, Outlook, order_outlooks
from milepost.analyses.forecasts.worlds import Settings, Worlds
from milepost.analyses.sizes import Gap
from milepost.model.due import Commitment, Due
from milepost.model.item import Ref
from milepost.model.plan import Goal, Plan
from milepost.model.risk import Risk
from milepost.model.work import Milestone
from milepost.scheduling.sample import Sample

_Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Forecast:
    """All that is still open, promises first; what it rests on; and what could not be reckoned with."""

    today: date
    settings: Settings
    experience: Experience
    outlooks: tuple[Outlook, ...]
    unsized: Mapping[Ref, Gap]  # open work of which nobody knows how much it is
    own: Ref | None  # the first of it that can be changed here, and is not read from `sources`
    unrated: tuple[Risk, ...]  # risks without odds
    inputs: str  # a hash of all that it follows from

    def outlook(self, item: Ref) -> Outlook | None:
        """What is to be expected of an item; None where that is no open milestone, and no goal with one."""
        return next((one for one in self.outlooks if one.item == item), None)


def forecast_plan(
    plan: Plan, today: date, experience: Experience | None = None, settings: Settings | None = None
) -> Forecast:
    """The forecast of one version of a plan. Raises CircleError where work waits for itself."""
    return forecast_worlds(Worlds(plan, today, experience or Experience(), settings or Settings()))


def forecast_worlds(worlds: Worlds) -> Forecast:
    """The forecast of all that is open in some worlds."""
    return Forecast(
        today=worlds.today,
        settings=worlds.settings,
        experience=worlds.experience,
        outlooks=tuple(order_outlooks(tuple(_outlooks(worlds)))),
        unsized=worlds.unsized,
        own=next((item for item in worlds.unsized if _is_own(worlds.plan, item)), None),
        unrated=worlds.unrated,
        inputs=hash_inputs(worlds),
    )


def expect(worlds: Worlds, one: Milestone | Goal) -> Outlook | None:
    """What is to be expected of one date alone; None where it is not open."""
    items = worlds.ends_of(one.ref)
    return _outlook(worlds, one, items) if items else None


def hash_inputs(worlds: Worlds) -> str:
    """Twelve hexadecimal digits that are the same where everything is that a forecast follows from."""
    plan = worlds.plan
    items = sorted((ref, repr(item.fields)) for ref, item in plan.items.items())
    known = (items, worlds.today, worlds.settings.seed, worlds.settings.samples, worlds.experience.rounded())
    return sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_own(plan: Plan, item: Ref) -> bool:
    return item in plan.items and plan.items[item].place.path not in plan.foreign


def _outlooks(worlds: Worlds) -> Iterator[Outlook]:
    known: tuple[Milestone | Goal, ...] = (*worlds.plan.milestones, *worlds.plan.goals)
    unlimited = _unlimited(worlds, [one.ref for one in known]) if worlds.project.loads else {}
    for one in known:
        if items := worlds.ends_of(one.ref):
            outlook = _outlook(worlds, one, items)
            yield replace(outlook, unlimited=unlimited[one.ref]) if outlook.basis is Basis.WORK else outlook


def _unlimited(worlds: Worlds, refs: Sequence[Ref]) -> dict[Ref, Bound]:
    """When each date were 80 % sure if nobody's time were limited. Those runs are let go before the others begin."""
    runs = worlds.simulate_unlimited()
    return {ref: _bound(worlds, worlds.finish(items, runs), SURE) for ref in refs if (items := worlds.ends_of(ref))}


def _outlook(worlds: Worlds, one: Milestone | Goal, items: Sequence[Ref]) -> Outlook:
    works = worlds.guesses_in(items)
    outlook = Outlook(
        item=one.ref,
        title=one.title,
        due=one.due,
        commitment=one.commitment if isinstance(one, Milestone) else Commitment.TARGET,
        is_past=bool(one.due and one.due.day and one.due.day < worlds.today),
        missing={item: gap for item, gap in worlds.unsized.items() if item in works},
        drawn=tuple(item for item in worlds.drawn if item in works),
    )
    if outlook.missing or not worlds.project.loads:
        return _from_slips(worlds, outlook)
    sample = worlds.finish(items)
    chance, error = _chance(worlds, sample, one.due)
    return replace(
        outlook,
        basis=Basis.WORK,
        days={p: _bound(worlds, sample, p) for p in QUANTILES},
        chance=chance,
        error=error,
    )


def _chance(worlds: Worlds, sample: Sample, due: Due | None) -> tuple[float | None, float]:
    if due is None or due.day is None:
        return None, 0.0
    end = worlds.project.axis.end_of(due.day)
    return sample.chance(end), _Z95 * sample.chance_error(end)


def _bound(worlds: Worlds, sample: Sample, p: float) -> Bound:
    position = sample.quantile(p)
    day, earliest, latest = map(worlds.project.axis.day_of_finish, (position, *sample.quantile_range(p)))
    return Bound(day, earliest, latest, position)


def _from_slips(worlds: Worlds, outlook: Outlook) -> Outlook:
    """What the dates of this team say, where it has a date of its own and there are enough of them."""
    due = outlook.due.day if outlook.due else None
    begin = worlds.experience.begins.get(outlook.item)
    lateness = measure_lateness(worlds.experience.lifetimes, begin, due, worlds.today) if due and begin else None
    if lateness is None or due is None:
        return outlook
    days = {p: lateness.day(p, worlds.today, due) for p in QUANTILES}
    return replace(
        outlook,
        basis=Basis.SLIPS,
        days={p: Bound(day) for p, day in days.items()},
        chance=lateness.chance(1.0),
        n=len(lateness.ratios),
    )
