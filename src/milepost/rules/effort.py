"""Estimates as days of effort, in the plan's own calendar."""

from __future__ import annotations

from milepost.model.calendar import Calendar
from milepost.model.distribution import in_points, middle_hours
from milepost.model.effort import to_days
from milepost.model.estimate import Estimate


def comparable(estimate: Estimate, calendar: Calendar) -> list[float]:
    """Its amounts as numbers of one unit: days, or points where all are points; empty where that can't be done."""
    if in_points(estimate):
        return [amount.number for amount in estimate.amounts]
    days = [to_days(amount, calendar) for amount in estimate.amounts]
    return [one for one in days if one is not None] if None not in days else []


def median_days(estimate: Estimate, calendar: Calendar) -> float | None:
    """Days of effort that are as likely too few as too many; None for points."""
    hours = middle_hours(estimate, calendar)
    return None if hours is None else hours / calendar.hours
