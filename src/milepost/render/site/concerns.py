"""Dates that deserve a look: past with nothing said, always said anew, or moving away as time goes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from milepost.analyses.breakdown import Breakdown
from milepost.analyses.trend import Trend, measure_trend, said_dates
from milepost.model.item import Ref
from milepost.render.site.amounts import count
from milepost.render.site.dates import long_day

_MONTH = 30  # days, over which a slope is told


@dataclass(frozen=True, slots=True)
class Concern:
    """Why a date deserves a look: a word with a shape of its own, and a sentence. `rank` 0 is told first."""

    item: Ref
    tone: str  # overdue | rolling | drifting
    word: str
    sentence: str
    rank: int


def find_concerns(breakdown: Breakdown, is_open: bool, today: date) -> Iterator[Concern]:
    """What deserves a look about one date; nothing where it was reached or dropped."""
    item = breakdown.slip.item
    if not is_open:
        return
    if breakdown.silent:
        sentence = f"The date passed {count(breakdown.silent, 'day')} ago, and no new one was said."
        yield Concern(item, "overdue", "Passed", sentence, 3)
    if breakdown.rolling:
        sentence = f"Each time a date was said, it was about {count(breakdown.rolling, 'day')} ahead."
        yield Concern(item, "rolling", "Always ahead", sentence, 2)
    trend = measure_trend(said_dates(breakdown.slip))
    if trend and trend.colour != "green":
        is_red = trend.colour == "red"
        tone, word = ("overdue", "Moving away fast") if is_red else ("drifting", "Moving away")
        yield Concern(item, tone, word, trend_sentence(trend, today), 0 if is_red else 1)


def heading_of(breakdown: Breakdown | None, is_open: bool, today: date) -> date | None:
    """The day an open date is heading for, where that deserves a look and is not past."""
    trend = measure_trend(said_dates(breakdown.slip)) if breakdown and is_open else None
    if trend is None or trend.colour == "green" or trend.meets is None or trend.meets <= today:
        return None
    return trend.meets


def pace_of(breakdown: Breakdown) -> int | None:
    """Days that a date moves later for every 30 that go by; None where too little was said of it."""
    trend = measure_trend(said_dates(breakdown.slip))
    return int(trend.days_later(_MONTH)) if trend else None


def trend_sentence(trend: Trend, today: date) -> str:
    """Where a date is heading, in plain words, with how many statements say so."""
    days = count(trend.days_later(_MONTH), "day")
    moves = f"For every {_MONTH} days that go by, the date moves {days} later ({count(trend.n, 'date')} said so far)."
    if trend.slope >= 1:
        return f"{moves} At that pace it is never reached."
    if trend.meets and trend.meets > today:
        return f"{moves} At that pace it is reached on {long_day(trend.meets)}."
    return moves
