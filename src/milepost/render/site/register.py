"""The risk register: what is left of each risk once its finished mitigations count, the costliest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.model.calendar import Calendar
from milepost.model.estimate import Amount, Estimate, Unit
from milepost.model.plan import Plan
from milepost.model.risk import Risk


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """A risk as it stands. Probability and impact are the lowest of what was first thought and of what is done."""

    risk: Risk
    probability: float | None
    impact: Estimate | None
    state: str  # Open | Due for a look | Occurred | Closed


def arrange_risks(plan: Plan, today: date) -> tuple[RiskEntry, ...]:
    """All risks: open ones first, those that may cost most at the top; what is not known comes after."""
    entries = [_entry(risk, plan.calendar, today) for risk in plan.risks]
    return tuple(sorted(entries, key=lambda entry: _order(entry, plan.calendar)))


def _entry(risk: Risk, calendar: Calendar, today: date) -> RiskEntry:
    done = [mitigation for mitigation in risk.mitigation if mitigation.done]
    impacts = [value for value in (risk.impact, *(m.impact for m in done)) if value is not None]
    return RiskEntry(
        risk=risk,
        probability=risk.present_probability,
        impact=min(impacts, key=lambda impact: _days(impact.amounts[-1], calendar), default=None),
        state=_state(risk, today),
    )


def _state(risk: Risk, today: date) -> str:
    if risk.occurred:
        return "Occurred"
    if risk.closed:
        return "Closed"
    return "Due for a look" if risk.expires and risk.expires < today else "Open"


def _order(entry: RiskEntry, calendar: Calendar) -> tuple[bool, float, str]:
    worst = _days(entry.impact.amounts[-1], calendar) if entry.impact else 0.0
    return not entry.risk.is_open, -(entry.probability or 0.0) * worst, entry.risk.id


def _days(amount: Amount, calendar: Calendar) -> float:
    """Working days, to put risks in order; points have no length."""
    days = {Unit.HOURS: 1 / (calendar.hours or 8.0), Unit.DAYS: 1.0, Unit.WEEKS: float(len(calendar.workdays))}
    return amount.number * days.get(amount.unit, 0.0)
