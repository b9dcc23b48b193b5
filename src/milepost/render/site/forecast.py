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
from milepost.render.chances import signed_working_days
from milepost.render.charts.effects import Effect, draw_effects
from milepost.render.charts.likelihood import Axis, Likelihood, draw_likelihood, lay_axis
from milepost.render.charts.scale import add_days
from milepost.render.foundations import foundation_lines
from milepost.render.site.likely import Gaps, basis_words, days_sentence, likely_words, list_gaps, sure_words
from milepost.render.site.material import Material
from milepost.render.site.sentences import due_sentence

_MOST = 40  # rows: the others are in the table alone
_DRIVERS, _STARTS = 6, 6
_OPEN = 3  # rows of which everything is shown at once
_SHARE, _FAR, _MOST_DAYS = 0.9, 4, 5 * 366  # of dates that an axis reaches; times the middle one; days
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
        return tuple(self.outlook.day(p) for p in QUANTILES if p != 0.9)


def forecast_page(material: Material) -> Mapping[str, object]:
    """What the template of the page asks for."""
    known = list(_known(material))
    axis = common_axis([outlook for _, outlook in known[:_MOST]], material.today)
    rows = [tell(entry, outlook, material, axis, number < _OPEN) for number, (entry, outlook) in enumerate(known)]
    forecast = material.ahead.forecast
    return {
        "rows": rows,
        "drawn": rows[:_MOST],
        "unknown": list(_unknown(material)),
        "why_not": material.ahead.no_forecast,
        "foundation": list(foundation_lines(forecast)) if forecast and known else [],
        "confidence": forecast.settings.confidence if forecast else 0.8,
        "samples": forecast.settings.samples if forecast else 0,
    }


def common_axis(outlooks: Sequence[Outlook], today: date) -> Axis:
    """One axis for all: up to the last date that is due, and the days by which nearly all is sure.

    A few that lie far out do not make it too long for the others.
    """
    ends = sorted(max(_ends(one), default=today) for one in outlooks)
    if not ends:
        return lay_axis([], today)
    middle = max((ends[len(ends) // 2] - today).days, 1)
    last = min(ends[ceil(len(ends) * _SHARE) - 1], add_days(today, min(middle * _FAR, _MOST_DAYS)))
    return lay_axis([add_days(last, (last - today).days // 10)], today)


def _ends(outlook: Outlook) -> Iterator[date]:
    days = (outlook.day(0.95), outlook.due.day if outlook.due else None)
    return (day for day in days if day)


def tell(
    entry: Entry, outlook: Outlook, material: Material, axis: Axis | None = None, is_unfolded: bool = True
) -> OutlookRow:
    """One date in full, on an axis of its own where none is given."""
    item, today = outlook.item, material.today
    detail = material.ahead.details.get(item)
    likely = likely_words(outlook)
    past = ", which has passed" if outlook.is_past else ""
    return OutlookRow(
        entry=entry,
        outlook=outlook,
        said=f"{due_sentence(entry.due, entry.milestone.commitment, today)}{f': {likely}' if likely else past}.",
        days=days_sentence(outlook, today),
        sure=sure_words(outlook, today),
        likely=likely.removesuffix(" likely") or "–",
        basis=basis_words(outlook),
        picture=draw_likelihood(
            material.ahead.curves.get(item, ()),
            axis or common_axis([outlook], today),
            entry.due.day if entry.due else None,
            outlook.day(EVEN),
            outlook.day(SURE),
        ),
        drivers=tuple(_drivers(detail, material)) if detail else (),
        starts=detail.starts[:_STARTS] if detail else (),
        more_starts=max(0, len(detail.starts) - _STARTS) if detail else 0,
        is_detailed=detail is not None,
        is_unfolded=is_unfolded,
    )


def _known(material: Material) -> Iterator[tuple[Entry, Outlook]]:
    """Open milestones with a forecast, promises first."""
    entries = {entry.milestone.ref: entry for entry in material.roadmap.open}
    for outlook in material.ahead.forecast.outlooks if material.ahead.forecast else ():
        if outlook.days and outlook.item in entries:
            yield entries[outlook.item], outlook


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
