"""How good would forecasts have been? What was said at past versions, beside what happened.

Forecasts of one milestone are alike, so every figure comes with how many milestones it is about. The Brier score is the
mean squared error of chances (Brier 1950); it says little without that of always naming the base rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import NamedTuple

from milepost.analyses.forecasts.replay import PastForecast
from milepost.analyses.scoring import Interval, RangeScore, score_ranges, wilson_interval
from milepost.model.item import Ref
from milepost.model.plan import Plan

ENOUGH = 30  # chances below which a reliability diagram shows noise
_STEPS = 5  # parts of the reliability diagram
_SURE = 0.8


class Held(NamedTuple):
    """How many of `n` days that were called 80 % sure held, and where that rate plausibly is (Wilson, 95 %)."""

    hits: int
    n: int
    interval: Interval


class Bin(NamedTuple):
    """Chances of about one size: what was said on average, how often it came true, and of how many."""

    said: float
    came: float
    n: int


@dataclass(frozen=True, slots=True)
class Chances:
    """How chances of due dates did. `brier` is 0 for somebody who knows; `base` is that of always naming the rate."""

    n: int
    brier: float
    base: float
    rate: float  # share of due dates that were kept
    reliability: tuple[Bin, ...]  # empty below `ENOUGH`


@dataclass(frozen=True, slots=True)
class Verification:
    """The score of what would have been said. Parts are None where nothing can be scored yet."""

    forecasts: int
    milestones: int  # that any score is about
    open: int  # forecasts of which it is not known yet
    ranges: RangeScore | None  # of P10 to P90
    sure: Held | None
    chances: Chances | None


class _Judged(NamedTuple):
    said: PastForecast
    finish: date | None  # None while it is not reached


def verify_forecasts(said: Sequence[PastForecast], plan: Plan, today: date) -> Verification:
    """Scores what was said by the days on which milestones were reached, as a plan says today."""
    finishes = _finishes(plan)
    judged = [_Judged(one, finishes[one.item]) for one in said if one.item in finishes]
    ranges = [(range_, end) for one in judged if (range_ := _range(one, today)) for end in [_ordinal(one, today)]]
    sure = [kept for one in judged if (kept := _kept(one, one.said.days.get(_SURE), today)) is not None]
    chances = [
        (one.said.chance, kept)
        for one in judged
        if one.said.chance is not None and (kept := _kept(one, one.said.due, today)) is not None
    ]
    known = [one for one in judged if _is_known(one, today)]
    return Verification(
        forecasts=len(said),
        milestones=len({one.said.item for one in known}),
        open=len(said) - len(known),
        ranges=score_ranges(ranges),
        sure=Held(sum(sure), len(sure), wilson_interval(sum(sure), len(sure))) if sure else None,
        chances=_score_chances(chances),
    )


def _finishes(plan: Plan) -> Mapping[Ref, date | None]:
    """When milestones were reached, None for open ones; what was dropped or taken out can't be judged."""
    return {milestone.ref: milestone.finish for milestone in plan.milestones if not milestone.dropped}


def _is_known(one: _Judged, today: date) -> bool:
    bounds = (one.said.due, one.said.days.get(_SURE), one.said.days.get(0.9))
    return bool(one.finish) or any(day is not None and day < today for day in bounds)


def _range(one: _Judged, today: date) -> Interval | None:
    """The days between which it should be reached 8 times of 10; None where it is not known yet whether it was."""
    low, high = one.said.days.get(0.1), one.said.days.get(0.9)
    if low is None or high is None or (one.finish is None and high >= today):
        return None
    return Interval(low.toordinal(), high.toordinal())


def _ordinal(one: _Judged, today: date) -> float:
    """The day it was reached; today where it is still open, which is later than the range that it missed."""
    return (one.finish or today).toordinal()


def _kept(one: _Judged, day: date | None, today: date) -> bool | None:
    """Whether it was reached by a day; None where that is not known yet, or nothing was said."""
    if day is None or (one.finish is None and day >= today):
        return None
    return one.finish is not None and one.finish <= day


def _score_chances(pairs: Sequence[tuple[float, bool]]) -> Chances | None:
    if not pairs:
        return None
    rate = fmean(kept for _, kept in pairs)
    return Chances(
        n=len(pairs),
        brier=fmean((chance - kept) ** 2 for chance, kept in pairs),
        base=rate * (1 - rate),
        rate=rate,
        reliability=tuple(_bins(pairs)) if len(pairs) >= ENOUGH else (),
    )


def _bins(pairs: Iterable[tuple[float, bool]]) -> Iterable[Bin]:
    parts: dict[int, list[tuple[float, bool]]] = {}
    for chance, kept in pairs:
        parts.setdefault(min(int(chance * _STEPS), _STEPS - 1), []).append((chance, kept))
    for _, part in sorted(parts.items()):
        yield Bin(fmean(chance for chance, _ in part), fmean(kept for _, kept in part), len(part))
