"""What may delay a plan: its risks as chances and days, as they are now and as they were or would be.

A risk is one coin and one delay, the same for all that it threatens. The delay comes at the end of an item, and once on
each path: what waits for another item that the same risk threatens has it from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from milepost.analyses.schedules.project import Project
from milepost.model.calendar import Calendar
from milepost.model.derived import Scaled
from milepost.model.distribution import Distribution, distribution_of, in_points
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.risk import Mitigation, Risk


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely a risk is, 0 to 1, and the working days that it then costs."""

    probability: float
    impact: Distribution

    @property
    def mean(self) -> float:
        """Working days that it costs, taking it and its absence together."""
        return self.probability * self.impact.mean


@dataclass(frozen=True, slots=True)
class Option:
    """A mitigation: the odds with it, and without it, all else being as it is."""

    mitigation: Mitigation
    with_it: Odds
    without_it: Odds


@dataclass(frozen=True, slots=True)
class Threat:
    """A risk that may still come: its odds if nothing were done, as things are, and by each mitigation."""

    risk: Risk
    inherent: Odds
    residual: Odds
    options: tuple[Option, ...]


def find_threats(plan: Plan, today: date) -> tuple[Threat, ...]:
    """The risks that may still come and whose odds are known. Of what threatens nothing there is no more to say."""
    found = (_threat(risk, plan.calendar) for risk in plan.risks if is_ahead(risk, today) and risk.threatens)
    return tuple(threat for threat in found if threat)


def find_unrated(plan: Plan, today: date) -> tuple[Risk, ...]:
    """The risks that may still come and nobody can reckon with: without a probability or an impact, or a target."""
    known = {threat.risk.ref for threat in find_threats(plan, today)}
    return tuple(risk for risk in plan.risks if is_ahead(risk, today) and risk.ref not in known)


def is_ahead(risk: Risk, today: date) -> bool:
    """Whether a risk may still come: it neither came, nor was closed, nor is its time over."""
    return risk.is_open and (risk.expires is None or risk.expires >= today)


def threatened(plan: Plan, threats: Iterable[Threat]) -> frozenset[Ref]:
    """Every item that some risk may delay."""
    return frozenset(item for threat in threats for item in threat.risk.threatens if item in plan.items)


def find_entries(project: Project, threats: Iterable[Threat]) -> Mapping[Ref, tuple[int, ...]]:
    """For each risk the activities at which its delay enters: none on a path where it entered before."""
    return {threat.risk.ref: tuple(_entries(project, threat.risk)) for threat in threats}


def _entries(project: Project, risk: Risk) -> Iterator[int]:
    open_ = [item for item in dict.fromkeys(risk.threatens) if item in project.delays]
    after = {item: project.waiting_for([item]) for item in open_} if len(open_) > 1 else {}
    for item in open_:
        if not any(item in after[other] for other in after if other != item):
            yield project.delays[item]


def _threat(risk: Risk, calendar: Calendar) -> Threat | None:
    inherent = _odds(risk, (), calendar)
    if inherent is None:
        return None
    done = tuple(one for one in risk.mitigation if one.done)
    residual = _odds(risk, done, calendar) or inherent
    options = tuple(
        Option(
            one,
            residual if one.done else _odds(risk, (*done, one), calendar) or residual,
            _odds(risk, tuple(other for other in done if other is not one), calendar) or inherent,
        )
        for one in risk.mitigation
    )
    return Threat(risk, inherent, residual, options)


def _odds(risk: Risk, done: Iterable[Mitigation], calendar: Calendar) -> Odds | None:
    """The lowest chance and the lowest impact of a risk and of what was done about it; None where one is unknown."""
    every: tuple[Risk | Mitigation, ...] = (risk, *done)
    chances = [one.probability for one in every if one.probability is not None]
    impacts = [days for one in every if (days := _days(one, calendar))]
    if not chances or not impacts:
        return None
    return Odds(min(chances), min(impacts, key=lambda days: days.mean))


def _days(one: Risk | Mitigation, calendar: Calendar) -> Distribution | None:
    """Working days that it costs; None where nobody said, or not in time."""
    if one.impact is None or in_points(one.impact):
        return None
    hours = distribution_of(one.impact, calendar)
    return Scaled(hours, 1 / calendar.hours) if hours else None
