"""What is to be expected of one date: when it is likely to be done, and how likely that is by the day it is due.

The words follow from the numbers, so that they never contradict each other: what is 80 % sure by a day is at least 80 %
likely by any later one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from milepost.analyses.sizes import Gap
from milepost.model.due import Commitment, Due
from milepost.model.item import Ref
from milepost.model.percent import whole_percent

SURE, EVEN = 0.8, 0.5  # chances from which a date is on track, or at risk
QUANTILES = (0.1, 0.5, 0.8, 0.9, 0.95)


class Verdict(StrEnum):
    """How a date stands."""

    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OFF_TRACK = "Off track"
    NO_FORECAST = "No forecast"
    NO_DATE = "No date"


class Basis(StrEnum):
    """What a forecast rests on."""

    WORK = "work"  # the work that is left, by its estimates
    SLIPS = "slips"  # how late this team's dates turned out to be
    NOTHING = "nothing"


class Bound(NamedTuple):
    """The day by which something is done with some probability; None where it is beyond all calendars.

    `earliest` and `latest` is where that day is with 95 %, were there any number of samples; `position` is its end in
    working days from today on.
    """

    day: date | None
    earliest: date | None = None
    latest: date | None = None
    position: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A milestone that is not reached yet, or a goal. Without a forecast `days` is empty, and `missing` may say why.

    `chance` is that of the due date, 0 to 1, and `error` the half width of its 95 % interval, because samples are
    finite. `missing` is the work of which nobody knows how much it is; how much `drawn` work is, other work of its kind
    says. `n` is how many milestones a forecast from slips rests on.
    """

    item: Ref
    title: str
    due: Due | None
    commitment: Commitment
    basis: Basis = Basis.NOTHING
    is_past: bool = False
    days: Mapping[float, Bound] = field(default_factory=dict)
    chance: float | None = None
    error: float = 0.0
    unlimited: Bound | None = None  # 80 % sure by, if nobody's time were limited
    missing: Mapping[Ref, Gap] = field(default_factory=dict)
    drawn: tuple[Ref, ...] = ()
    n: int = 0

    @property
    def verdict(self) -> Verdict:
        """The word for it."""
        if self.is_past:
            return Verdict.OFF_TRACK
        if not self.days:
            return Verdict.NO_FORECAST
        if self.chance is None:
            return Verdict.NO_DATE
        return (
            Verdict.ON_TRACK if self.chance >= SURE else Verdict.AT_RISK if self.chance >= EVEN else Verdict.OFF_TRACK
        )

    def day(self, p: float) -> date | None:
        """The day by which it is done with probability `p`."""
        return self.days[p].day if p in self.days else None

    @property
    def percent(self) -> int | None:
        """The chance as people read it: rounded, but never up to a word that it does not deserve."""
        return None if self.chance is None else chance_percent(self.chance)


def chance_percent(chance: float) -> int:
    """A chance in percent: 79 and not 80 where it is not enough for the better word."""
    return whole_percent(chance, least=(EVEN, SURE))


def order_outlooks(outlooks: tuple[Outlook, ...]) -> Iterator[Outlook]:
    """Promises first, then by date; what has none comes last."""
    return iter(sorted(outlooks, key=_order))


def _order(one: Outlook) -> tuple[bool, bool, date, str]:
    day = one.due.day if one.due else None
    return one.item.kind == "goal", one.commitment is not Commitment.PROMISE, day or date.max, one.item.id
