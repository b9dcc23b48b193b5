"""How likely is it that something is done by each day? All of the distribution that a forecast tells a few days of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from milepost.analyses.forecasts.lateness import measure_lateness
from milepost.analyses.forecasts.outlook import Basis, Outlook
from milepost.analyses.forecasts.worlds import Worlds

_MOST_DAYS = 5 * 366  # that are followed
_REST = 0.999  # what comes later is of no interest


class Reached(NamedTuple):
    """The chance, 0 to 1, that something is done by the end of a day."""

    day: date
    chance: float


def trace_curve(worlds: Worlds, outlook: Outlook) -> tuple[Reached, ...]:
    """The days on which the chance grows, from the one before today on, which has none; at most five years.

    Nothing without a forecast.
    """
    if outlook.basis is Basis.WORK:
        sample, axis = worlds.finish(worlds.ends_of(outlook.item)), worlds.project.axis
        days = list(_days(worlds.today, axis.day_of_finish(sample.quantile(_REST))))
        chances = sample.chances([float(axis.end_of(day)) for day in days])
        return tuple(_rising(worlds.today, zip(days, chances, strict=True)))
    if outlook.basis is Basis.SLIPS and (chance := _from_slips(worlds, outlook)):
        return tuple(_rising(worlds.today, ((day, chance(day)) for day in _days(worlds.today, None))))
    return ()


def _days(today: date, last: date | None) -> Iterator[date]:
    """The days from today on, up to one of them, or as far as anything is followed."""
    most = min(_MOST_DAYS, (date.max - today).days)
    return (today + timedelta(days=number) for number in range(min(most, (last - today).days + 1) if last else most))


def _from_slips(worlds: Worlds, outlook: Outlook) -> Callable[[date], float] | None:
    """The chance by the end of a day, as dates of milestones at the same point turned out."""
    due, begin = outlook.due.day if outlook.due else None, worlds.experience.begins.get(outlook.item)
    lateness = measure_lateness(worlds.experience.lifetimes, begin, due, worlds.today) if due and begin else None
    if lateness is None or due is None:
        return None
    left = (due - worlds.today).days
    return lambda day: lateness.chance((day - worlds.today).days / left)


def _rising(today: date, found: Iterable[tuple[date, float]]) -> Iterator[Reached]:
    """Only the days on which something comes to it."""
    last = Reached(today - timedelta(days=1) if today > date.min else today, 0.0)
    yield last
    for day, chance in found:
        if chance > last.chance:
            yield (last := Reached(day, chance))
