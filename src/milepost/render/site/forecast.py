"""The page of the forecast: for each date how likely which day is, what drives it, and what all of it rests on.

Nobody's name is on it: who is how much in demand is for the team, and not for the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from milepost.analyses.forecasts.drivers import Detail, Driver, Kind, StartBy
from milepost.analyses.forecasts.outlook import EVEN, QUANTILES, SURE, Outlook
from milepost.analyses.roadmap import Entry
from milepost.model.item import Ref
from milepost.model.plan import Goal
from milepost.render.chances import signed_working_days
from milepost.render.charts.effects import Effect, draw_effects
from milepost.render.charts.likelihood import Axis, Likelihood, draw_likelihood, lay_axis
from milepost.render.charts.scale import add_days
from milepost.render.foundations import foundation_lines
from milepost.render.site.dates import due_words
from milepost.render.site.likely import (
    Gaps,
    Status,
    basis_words,
    days_sentence,
    judged_status,
    likely_words,
    list_gaps,
    sure_words,
)
from milepost.render.site.material import Material
from milepost.render.site.sentences import due_sentence

_MOST = 40  # rows: the others are in the table alone
_DRIVERS, _STARTS = 6, 6
_OPEN = 3  # rows of which everything is shown at once
_SHARE, _FAR, _MOST_DAYS = 0.9, 4, 5 * 366  # of dates that an axis reaches; times the middle one; days
_NEARLY_ALL = 0.95
_LEAST = 0.05  # working days: what is less is nothing
_WORDS = {
    Kind.RISK: "Risk",
    Kind.MITIGATION: "Mitigation not done",
    Kind.ESTIMATE: "Estimate",
    Kind.GROWTH: "Work that nobody has written down yet",
}


@dataclass(frozen=True, slots=True)
class DriverRow:
    """Something that drives a date: what it is, where it is on the site, and the days that it adds."""

    kind: str
    item: Ref | None
    text: str
    days: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class OutlookRow:
    """One date: sentences, its picture, what drives it, and when work has to start."""

    entry: Entry
    outlook: Outlook
    said: str
    days: str
    sure: str
    likely: str
    basis: str
    picture: Likelihood | None
    drivers: tuple[DriverRow, ...]
    starts: tuple[StartBy, ...]
    more_starts: int
    is_detailed: bool
    is_unfolded: bool = False

    @property
    def by(self) -> tuple[date | None, ...]:
        """The days of the table: 10, 50, 80 and 95 % sure."""
        return _by(self.outlook)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, which is reached with the last of its milestones: what a row says of a milestone."""

    goal: Goal
    outlook: Outlook
    status: Status | None
    said: str
    days: str
    sure: str
    likely: str
    basis: str
    gaps: tuple[Gaps, ...]
    picture: Likelihood | None

    @property
    def by(self) -> tuple[date | None, ...]:
        """The days of the table."""
        return _by(self.outlook)


def _by(outlook: Outlook) -> tuple[date | None, ...]:
    return tuple(outlook.day(p) for p in QUANTILES if p != 0.9)


def forecast_page(material: Material) -> Mapping[str, object]:
    """What the template of the page asks for."""
    known = list(_known(material))
    axis = common_axis([outlook for _, outlook in known[:_MOST]], material.today)
    rows = [tell(entry, outlook, material, axis, number < _OPEN) for number, (entry, outlook) in enumerate(known)]
    forecast = material.ahead.forecast
    return {
        "rows": rows,
        "drawn": rows[:_MOST],
        "goals": list(_goals(material)),
        "unknown": list(_unknown(material)),
        "why_not": material.ahead.no_forecast,
        "foundation": list(foundation_lines(forecast)) if forecast and known else [],
        "confidence": forecast.settings.confidence if forecast else 0.8,
    }


def common_axis(outlooks: Sequence[Outlook], today: date) -> Axis:
    """One axis for all: up to the last date that is due, and the days of which we are sure; nearly sure, for one alone.

    A few that lie far out do not make it too long for the others, nor do long tails.
    """
    p = _NEARLY_ALL if len(outlooks) == 1 else SURE
    ends = sorted(max(_ends(one, p), default=today) for one in outlooks)
    if not ends:
        return lay_axis([], today)
    middle = max((ends[len(ends) // 2] - today).days, 1)
    last = min(ends[ceil(len(ends) * _SHARE) - 1], add_days(today, min(middle * _FAR, _MOST_DAYS)))
    return lay_axis([add_days(last, (last - today).days // 10)], today)


def _ends(outlook: Outlook, p: float) -> Iterator[date]:
    days = (outlook.day(p), outlook.due.day if outlook.due else None)
    return (day for day in days if day)


def tell(
    entry: Entry, outlook: Outlook, material: Material, axis: Axis | None = None, is_unfolded: bool = True
) -> OutlookRow:
    """One date in full, on an axis of its own where none is given."""
    item, today = outlook.item, material.today
    detail = material.ahead.details.get(item)
    return OutlookRow(
        entry=entry,
        outlook=outlook,
        said=_said(due_sentence(entry.due, entry.milestone.commitment, today), outlook),
        days=days_sentence(outlook, today),
        sure=sure_words(outlook, today),
        likely=_percent(outlook),
        basis=basis_words(outlook),
        picture=_picture(outlook, material, axis),
        drivers=tuple(_drivers(detail, material)) if detail else (),
        starts=detail.starts[:_STARTS] if detail else (),
        more_starts=max(0, len(detail.starts) - _STARTS) if detail else 0,
        is_detailed=detail is not None,
        is_unfolded=is_unfolded,
    )


def tell_goal(goal: Goal, material: Material) -> GoalRow | None:
    """A goal in full; None where nothing that serves it is open, or no date of the plan can be forecast."""
    outlook, today = material.outlook(goal.ref), material.today
    if outlook is None:
        return None
    return GoalRow(
        goal=goal,
        outlook=outlook,
        status=judged_status(outlook),
        said=_said(f"By {due_words(goal.due, today)}" if goal.due else "No date yet", outlook),
        days=days_sentence(outlook, today) if outlook.days else "",
        sure=sure_words(outlook, today) if outlook.days else "",
        likely=_percent(outlook),
        basis=basis_words(outlook),
        gaps=() if outlook.days else tuple(list_gaps(outlook)),
        picture=_picture(outlook, material),
    )


def _said(due: str, outlook: Outlook) -> str:
    """`Promised 14 Dec: 71 % likely.`"""
    likely = likely_words(outlook)
    past = ", which has passed" if outlook.is_past else ""
    return f"{due}{f': {likely}' if likely else past}."


def _percent(outlook: Outlook) -> str:
    return likely_words(outlook).removesuffix(" likely")


def _picture(outlook: Outlook, material: Material, axis: Axis | None = None) -> Likelihood | None:
    return draw_likelihood(
        material.ahead.curves.get(outlook.item, ()),
        axis or common_axis([outlook], material.today),
        outlook.due.day if outlook.due else None,
        outlook.day(EVEN),
        outlook.day(SURE),
    )


def _known(material: Material) -> Iterator[tuple[Entry, Outlook]]:
    """Open milestones with a forecast, promises first."""
    entries = {entry.milestone.ref: entry for entry in material.roadmap.open}
    for outlook in material.ahead.forecast.outlooks if material.ahead.forecast else ():
        if outlook.days and outlook.item in entries:
            yield entries[outlook.item], outlook


def _goals(material: Material) -> Iterator[GoalRow]:
    """Goals with open milestones, in the order of all forecasts."""
    goals = {goal.ref: goal for goal in material.plan.goals}
    for outlook in material.ahead.forecast.outlooks if material.ahead.forecast else ():
        if outlook.item in goals and (row := tell_goal(goals[outlook.item], material)):
            yield row


def _unknown(material: Material) -> Iterator[tuple[Entry, list[Gaps]]]:
    """Open milestones without one, and why."""
    for entry in material.roadmap.open:
        outlook = material.ahead.outlook(entry.milestone.ref)
        if outlook and not outlook.days:
            yield entry, list_gaps(outlook)


def _drivers(detail: Detail, material: Material) -> Iterator[DriverRow]:
    shown = [one for one in detail.drivers if one.days >= _LEAST][:_DRIVERS]
    effects = draw_effects([(round(one.days, 1), None) for one in shown])
    for driver, effect in zip(shown, effects, strict=True):
        yield DriverRow(*_words(driver, material), signed_working_days(driver.days), effect)


def _words(driver: Driver, material: Material) -> tuple[str, Ref | None, str]:
    if driver.kind is Kind.GROWTH:
        return "Growth", None, _WORDS[driver.kind]
    text = driver.text if driver.kind is Kind.MITIGATION else material.title(driver.item)
    return _WORDS[driver.kind], driver.item, text
