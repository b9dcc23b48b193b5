"""Estimates as days of effort, in the plan's own calendar."""

from __future__ import annotations

from milepost.model.calendar import Calendar
from milepost.model.distribution import in_points, middle_of
from milepost.model.effort import to_hours
from milepost.model.estimate import Amount, Estimate


def days_of(amount: Amount, calendar: Calendar) -> float | None:
    """Days of effort; None for points, which are time only by a team's own velocity, and without hours."""
    hours = to_hours(amount, calendar)
    return float(hours) / calendar.hours if hours is not None and calendar.hours else None


def comparable(estimate: Estimate, calendar: Calendar) -> list[float]:
    """Its amounts as numbers of one unit: days, or points where all are points; empty where that can't be done."""
    if in_points(estimate):
        return [amount.number for amount in estimate.amounts]
    days = [days_of(amount, calendar) for amount in estimate.amounts]
    return [one for one in days if one is not None] if None not in days else []


def median_days(estimate: Estimate, calendar: Calendar) -> float | None:
    """Days of effort that are as likely too few as too many; None for points."""
    hours = None if in_points(estimate) else middle_of(estimate, calendar)
    return hours / calendar.hours if hours is not None and calendar.hours else None


def median_points(estimate: Estimate, calendar: Calendar) -> float | None:
    """Points that are as likely too few as too many; None for time."""
    return middle_of(estimate, calendar) if in_points(estimate) else None
