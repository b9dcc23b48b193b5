"""What drives a date? By how many working days the day of which we are 80 % sure would come earlier without each thing.

Every one is taken away alone, in the same worlds; effects overlap, so that they are never added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from heapq import nlargest
from math import floor, inf

from milepost.analyses.forecasts.outlook import SURE, Outlook
from milepost.analyses.forecasts.threats import Threat
from milepost.analyses.forecasts.worlds import Worlds
from milepost.model.item import Ref
from milepost.scheduling.sample import Sample
from milepost.scheduling.simulation import Influence

_NOTHING = 1e-6  # working days: what is left of sums of fractions
_ESTIMATES = 20  # that are tried: those of the highest sensitivity


class Kind(StrEnum):
    """What was taken away, or done."""

    RISK = "risk"  # if it were closed
    MITIGATION = "mitigation"  # an open one, if it were done
    ESTIMATE = "estimate"  # if the work took just the middle of it
    GROWTH = "growth"  # if nothing came but what is listed


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that bears on a date, and the working days that it makes it later."""

    kind: Kind
    item: Ref
    days: float
    text: str = ""  # the action of a mitigation


@dataclass(frozen=True, slots=True)
class Path:
    """Some work that a date may hang on: in which share of all worlds it is on the longest path, and how much of the
    uncertainty it brings (schedule sensitivity index)."""

    item: Ref
    criticality: float
    sensitivity: float


@dataclass(frozen=True, slots=True)
class StartBy:
    """The day on which some work has to start at the latest, to be in time with the confidence that was asked for.

    `late` is how many working days ago that was, 0 where it is still ahead.
    """

    item: Ref
    day: date | None
    late: int


@dataclass(frozen=True, slots=True)
class Detail:
    """Of one date: what drives it, what it hangs on, and when what is not started has to start."""

    drivers: tuple[Driver, ...]  # the largest first
    paths: tuple[Path, ...]  # the most critical first
    starts: tuple[StartBy, ...]  # the first first


def find_detail(worlds: Worlds, outlook: Outlook) -> Detail:
    """All of it for a milestone or a goal whose forecast rests on its work."""
    items = worlds.ends_of(outlook.item)
    due = outlook.due.day if outlook.due else None
    influences = [worlds.simulation.influence(worlds.project.parts[item].last) for item in items]
    drivers = sorted(_drivers(worlds, items, influences), key=lambda one: (-round(one.days, 2), one.item, one.text))
    paths = sorted(_paths(worlds, influences), key=lambda one: (-round(one.criticality, 3), one.item))
    return Detail(tuple(drivers), tuple(paths), tuple(_starts(worlds, items, due)) if due else ())


def measure_effects(
    worlds: Worlds, changes: Mapping[int, Sample], groups: Sequence[Sequence[Ref]]
) -> tuple[float, ...]:
    """By how many working days the end of each group of items would come earlier, at 80 %, with some changes."""
    if not changes:
        return (0.0,) * len(groups)
    after = worlds.finishes_if(changes, groups)
    return tuple(worlds.sure(group) - one.quantile(SURE) for group, one in zip(groups, after, strict=True))


def _drivers(worlds: Worlds, items: Sequence[Ref], influences: Sequence[Influence]) -> Iterator[Driver]:
    def effect(changes: Mapping[int, Sample]) -> float:
        return measure_effects(worlds, changes, [items])[0]

    for threat in worlds.threats:
        yield Driver(Kind.RISK, threat.risk.ref, effect(worlds.with_odds(threat, None)))
        yield from _mitigations(worlds, threat, items)
    for number in _most_sensitive(worlds, influences):
        yield Driver(Kind.ESTIMATE, worlds.project.items[number], effect(worlds.with_middle(number)))
    if growth := worlds.without_growth():
        yield Driver(Kind.GROWTH, items[0], effect(growth))


def _mitigations(worlds: Worlds, threat: Threat, items: Sequence[Ref]) -> Iterator[Driver]:
    for option in threat.options:
        if not option.mitigation.done:
            days = measure_effects(worlds, worlds.with_odds(threat, option.with_it), [items])[0]
            yield Driver(Kind.MITIGATION, threat.risk.ref, days, option.mitigation.action)


def _most_sensitive(worlds: Worlds, influences: Sequence[Influence]) -> list[int]:
    sensitivity = {number: max(one.sensitivity[number] for one in influences) for number in worlds.project.loads}
    known = [number for number, one in sensitivity.items() if one > 0]
    return nlargest(_ESTIMATES, known, key=lambda number: (round(sensitivity[number], 9), -number))


def _paths(worlds: Worlds, influences: Sequence[Influence]) -> Iterator[Path]:
    for number, load in worlds.project.loads.items():
        share = max(one.criticality[number] for one in influences)
        if share > 0:
            yield Path(load.item, float(share), float(max(one.sensitivity[number] for one in influences)))


def _starts(worlds: Worlds, items: Sequence[Ref], due: date) -> list[StartBy]:
    """Of all that is not started: the latest start that leaves everything after it enough time."""
    project, latest = worlds.project, dict[int, float]()
    for item in items:
        end, confidence = project.axis.end_of(due), worlds.settings.confidence
        times = worlds.simulation.start_by(project.parts[item].last, end, confidence)
        latest |= {number: min(time, latest.get(number, inf)) for number, time in enumerate(times)}
    begun = {one.ref for one in worlds.plan.works() if one.started}
    found = [
        StartBy(load.item, project.axis.day_of_start(latest[number]), max(0, -floor(latest[number] + _NOTHING)))
        for number, load in project.loads.items()
        if latest[number] < inf and load.item not in begun
    ]
    return sorted(found, key=lambda one: (one.day or date.min, one.item))
