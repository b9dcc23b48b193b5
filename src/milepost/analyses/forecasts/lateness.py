"""How late do this team's dates turn out to be? What is left of a milestone's time, as it was said and as it was.

A milestone that was reached is looked at on the day on which the same share of its planned span had gone by: how often
did what was left, by the date that stood then, fit into what was really left?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from milepost.analyses.slip import Slip
from milepost.analyses.trend import Said, said_dates
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone

ENOUGH = 8  # milestones that were reached, below which nothing is said
_NEAR = 0.1  # shares of a span that differ by less are alike


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A milestone that was reached: when it began, what was said of its date, and when it ended."""

    start: date
    said: tuple[Said, ...]  # oldest first
    finish: date


@dataclass(frozen=True, slots=True)
class Lateness:
    """What was really left by what was said to be left, smallest first, of milestones at the same point of theirs."""

    ratios: tuple[float, ...]

    def quantile(self, p: float) -> float:
        """The ratio that the next one does not exceed with probability `p`, if it is like these ones.

        Interpolated at rank p·(n+1) and never outside of what was seen.
        """
        rank = p * (len(self.ratios) + 1)
        if rank <= 1 or rank >= len(self.ratios):
            return self.ratios[0 if rank <= 1 else -1]
        below = floor(rank)
        low, high = self.ratios[below - 1], self.ratios[below]
        return low + (rank - below) * (high - low)

    def chance(self, most: float) -> float:
        """The probability that the next one is at most so large: the largest `p` whose quantile is."""
        if self.ratios[-1] <= most:
            return len(self.ratios) / (len(self.ratios) + 1)
        if self.ratios[0] > most:
            return 1 / (len(self.ratios) + 1)
        above = next(number for number, ratio in enumerate(self.ratios) if ratio > most)
        low, high = self.ratios[above - 1], self.ratios[above]
        return (above + (most - low) / (high - low)) / (len(self.ratios) + 1)

    def day(self, p: float, today: date, due: date) -> date:
        """The day by which it is done with probability `p`."""
        days = (due - today).days * self.quantile(p)
        return today + timedelta(days=min(-floor(-round(days, 6)), (date.max - today).days))


def find_lifetimes(plan: Plan, slips: Iterable[Slip]) -> tuple[Lifetime, ...]:
    """Every milestone of a plan that was reached and ever had a date."""
    said = {slip.item: said_dates(slip) for slip in slips}
    return tuple(
        Lifetime(_begin(milestone, before), before, finish)
        for milestone in plan.milestones
        if (finish := milestone.finish)
        if (before := tuple(one for one in said.get(milestone.ref, ()) if one.on < finish))
    )


def find_begins(plan: Plan, slips: Iterable[Slip]) -> dict[Ref, date]:
    """When the planned span of every open milestone began that ever had a date."""
    said = {slip.item: said_dates(slip) for slip in slips}
    open_ = (milestone for milestone in plan.milestones if milestone.status.is_open)
    return {one.ref: _begin(one, said[one.ref]) for one in open_ if said.get(one.ref)}


def _begin(milestone: Milestone, said: Sequence[Said]) -> date:
    """The day on which it was started, or its date was first said: the earlier one."""
    return min(milestone.started, said[0].on) if milestone.started else said[0].on


def measure_lateness(lifetimes: Iterable[Lifetime], start: date, due: date, today: date) -> Lateness | None:
    """What to expect of a milestone that began on a day and is due on another; None where too few were like it.

    None too where the day has come: then nothing is left that could be compared.
    """
    if due <= today or due <= start:
        return None
    share = max(0, (today - start).days) / (due - start).days
    ratios = sorted(ratio for one in lifetimes if (ratio := _ratio_at(one, share)) is not None)
    return Lateness(tuple(ratios)) if len(ratios) >= ENOUGH else None


def _ratio_at(one: Lifetime, share: float) -> float | None:
    """What was really left by what was said to be left, on the day on which its share was nearest to a share."""
    moments = [(abs(at - share), -number, ratio) for number, (at, ratio) in enumerate(_moments(one, share))]
    distance, _, ratio = min(moments, default=(1.0, 0, 0.0))
    return ratio if distance <= _NEAR else None


def _moments(one: Lifetime, share: float) -> Iterator[tuple[float, float]]:
    """For each date that stood: the day nearest to a share of its span, as the share it is, and what was left."""
    ends = [*(later.on for later in one.said[1:]), one.finish]
    for said, end in zip(one.said, ends, strict=True):
        span, last = (said.day - one.start).days, min(end, one.finish) - timedelta(days=1)
        if span <= 0 or last < said.on:
            continue
        day = min(max(one.start + timedelta(days=round(share * span)), said.on), last)
        if day < said.day:
            yield (day - one.start).days / span, (one.finish - day).days / (said.day - day).days
