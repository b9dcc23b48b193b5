"""Were milestones reached when it was said they would be? Finished ones against the dates given for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from milepost.analyses.scoring import Interval, quantile_of, wilson_interval
from milepost.analyses.slip import Slip
from milepost.analyses.trend import Said, said_dates
from milepost.model.due import Due
from milepost.model.item import Ref
from milepost.model.plan import Plan

GROUPINGS = ("goal", "horizon", "quarter")
_HORIZONS = (
    (42, "up to 6 weeks ahead"),
    (91, "6 to 13 weeks ahead"),
    (182, "13 to 26 weeks ahead"),
    (365, "26 to 52 weeks ahead"),
)
_FARTHEST = "over a year ahead"

#: What milestones are held against, in the order in which it is told.
RATES = ("first_said", "last_said", "first_promise", "last_promise")


class Rate(NamedTuple):
    """How many of some milestones were reached on time, and where the rate plausibly is (Wilson, 95 %)."""

    on_time: int
    n: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late some milestones were against the date first said, in calendar days; below 0 is early."""

    n: int
    on_time: int
    median: float
    p10: float
    p90: float


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone that was reached: days late against each date given for it, and how good those were over time."""

    item: Ref
    first_said: int | None
    last_said: int | None  # against what was last said before it was reached
    first_promise: int | None
    last_promise: int | None
    ratio: float | None  # days it took, by the days first said, both from its start
    quality: float | None  # estimating quality factor; None without a start, infinite if it was right all along
    groups: Mapping[str, str]  # goal, horizon, quarter


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The record of dates. `ratios` and `qualities` are P10, median and P90, or quartiles and median."""

    reached: tuple[Reached, ...]
    rates: Mapping[str, Rate]
    groups: Mapping[str, Mapping[str, Lateness]]  # against the date first said: by goal, by horizon, by quarter
    ratios: tuple[float, float, float] | None  # P10, median, P90
    qualities: tuple[float, float, float] | None  # lower quartile, median, upper quartile
    done: int  # milestones that were reached, with a date or without
    open: int
    dropped: int


def measure_punctuality(plan: Plan, slips: Iterable[Slip]) -> Punctuality:
    """The record of every milestone that was reached and ever had a date."""
    by_item = {slip.item: slip for slip in slips}
    reached = tuple(_reached(plan, by_item))
    ratios = sorted(one.ratio for one in reached if one.ratio is not None)
    qualities = sorted(one.quality for one in reached if one.quality is not None)
    return Punctuality(
        reached=reached,
        rates=dict(_rates(reached)),
        groups={name: _grouped(reached, name) for name in GROUPINGS},
        ratios=(quantile_of(ratios, 0.1), median(ratios), quantile_of(ratios, 0.9)) if ratios else None,
        qualities=(quantile_of(qualities, 0.25), median(qualities), quantile_of(qualities, 0.75))
        if qualities
        else None,
        done=sum(milestone.finish is not None and milestone.dropped is None for milestone in plan.milestones),
        open=sum(milestone.status.is_open for milestone in plan.milestones),
        dropped=sum(milestone.dropped is not None for milestone in plan.milestones),
    )


def quality_factor(said: Sequence[Said], start: date, actual: date) -> float | None:
    """The estimating quality factor of a date (DeMarco 1982): the time it took over the mean error of what was said.

    Each statement counts for the days it stood until the actual date; None where nothing was said before it.
    """
    ends = [*(one.on for one in said[1:]), actual]
    stood = [(max((min(end, actual) - one.on).days, 0), one.day) for one, end in zip(said, ends, strict=True)]
    total = sum(days for days, _ in stood)
    error = sum(days * abs((day - actual).days) for days, day in stood)
    if not total:
        return None
    return total * (actual - start).days / error if error else float("inf")


def _reached(plan: Plan, slips: Mapping[Ref, Slip]) -> Iterator[Reached]:
    for milestone in plan.milestones:
        slip = slips.get(milestone.ref)
        finish = milestone.finish
        if finish is None or slip is None or slip.original.day is None:
            continue
        start, said = milestone.started, said_dates(slip)
        planned = (slip.original.day - start).days if start else 0
        yield Reached(
            item=milestone.ref,
            first_said=_late(slip.original, finish),
            last_said=_late_by(_last_before(said, finish), finish),
            first_promise=_late(slip.first_promise, finish),
            last_promise=_late(slip.last_promise, finish),
            ratio=(finish - start).days / planned if start and planned > 0 else None,
            quality=quality_factor(said, start, finish) if start and said else None,
            groups={
                "goal": milestone.goal or "none",
                "horizon": _horizon(slip),
                "quarter": f"{finish.year}-Q{(finish.month + 2) // 3}",
            },
        )


def _last_before(said: Sequence[Said], finish: date) -> date | None:
    """What was last said on the day it was reached or before. A date that is said afterwards is no promise."""
    return next((one.day for one in reversed(said) if one.on <= finish), None)


def _late(due: Due | None, finish: date) -> int | None:
    return _late_by(due.day, finish) if due else None


def _late_by(day: date | None, finish: date) -> int | None:
    return (finish - day).days if day else None


def _horizon(slip: Slip) -> str:
    """How far ahead a date was when it was first said."""
    if slip.said.day is None or slip.original.day is None:
        return "unknown"
    ahead = (slip.original.day - slip.said.day).days
    return next((name for most, name in _HORIZONS if ahead <= most), _FARTHEST)


def _grouped(reached: Sequence[Reached], name: str) -> dict[str, Lateness]:
    """Horizons in their own order, everything else by name."""
    groups: dict[str, list[int]] = {}
    for one in reached:
        if one.first_said is not None:
            groups.setdefault(one.groups[name], []).append(one.first_said)
    order = [*(known for _, known in _HORIZONS), _FARTHEST]
    ordered = sorted(groups.items(), key=lambda pair: (order.index(pair[0]) if pair[0] in order else -1, pair[0]))
    return {group: _lateness(sorted(days)) for group, days in ordered}


def _lateness(days: Sequence[int]) -> Lateness:
    on_time = sum(late <= 0 for late in days)
    return Lateness(len(days), on_time, median(days), quantile_of(days, 0.1), quantile_of(days, 0.9))


def _rates(reached: Sequence[Reached]) -> Iterator[tuple[str, Rate]]:
    for name in RATES:
        days = [late for one in reached if (late := getattr(one, name)) is not None]
        if days:
            on_time = sum(late <= 0 for late in days)
            yield name, Rate(on_time, len(days), wilson_interval(on_time, len(days)))
