"""Effort and working time, exactly: hours, days and weeks by the calendar, and the share of full time that people have.

Numbers are fractions, because a third of a day three times is a day. Points become time only by a team's own measured
velocity, so nothing here converts them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from milepost.model.calendar import Calendar
from milepost.model.estimate import Amount, Unit

FULL_TIME = Fraction(1)

_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:([hd])/w|(%))")


def hours_in(unit: Unit, calendar: Calendar) -> Fraction | None:
    """How many hours of effort a unit is: a day is `calendar.hours`, a week its working days. None for points."""
    day = exactly(calendar.hours)
    sizes = {Unit.HOURS: Fraction(1), Unit.DAYS: day, Unit.WEEKS: day * len(calendar.workdays)}
    return sizes.get(unit)


@lru_cache(maxsize=65536)  # plans repeat themselves, and rules and forecasts ask of every amount
def to_hours(amount: Amount, calendar: Calendar) -> Fraction | None:
    """An amount as hours of effort; None for points."""
    size = hours_in(amount.unit, calendar)
    return None if size is None else exactly(amount.number) * size


@lru_cache(maxsize=65536)
def to_days(amount: Amount, calendar: Calendar) -> float | None:
    """An amount as days of effort, which are working days of somebody who works full time; None for points."""
    hours = to_hours(amount, calendar)
    return None if hours is None else float(working_time(hours, FULL_TIME, calendar))


def working_share(works: str | None, calendar: Calendar) -> Fraction | None:
    """The share of full time that `4d/w`, `20h/w` or `80%` means. Nothing written is full time; None means nothing."""
    if works is None:
        return FULL_TIME
    match = _SHARE.fullmatch(works.strip())
    number = Fraction(match[1]) if match else Fraction(0)
    if match is None or not number:
        return None
    if match[3]:
        return number / 100
    week = hours_in(Unit.WEEKS, calendar)
    size = hours_in(Unit(match[2]), calendar)
    return number * size / week if size and week else None


def working_time(hours: Fraction, share: Fraction, calendar: Calendar) -> Fraction:
    """How many working days effort takes somebody who has a share of full time for it."""
    return hours / (exactly(calendar.hours) * share)


def exactly(number: float) -> Fraction:
    """The number as it was written: `0.1` is a tenth."""
    return Fraction(repr(number))
