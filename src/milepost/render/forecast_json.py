"""`milepost forecast --format json`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milepost.analyses.forecasts.drivers import Detail
from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.outlook import Outlook
from milepost.render.chances import outlook_record
from milepost.render.points import point_record
from milepost.render.words import to_json
from milepost.scheduling.sampling import CORRELATION


def render_forecast_json(forecast: Forecast, outlooks: Sequence[Outlook], detail: Detail | None = None) -> str:
    """What is expected as data: days by the chance of each, chances from 0 to 1, effects in working days."""
    settings = forecast.settings
    return to_json(
        {
            "format": "milepost-forecast",
            "version": 1,
            "today": forecast.today.isoformat(),
            "seed": settings.seed,
            "samples": settings.samples,
            "inputs": forecast.inputs,
            "experience": experience_record(forecast),
            "items": [outlook_record(one) for one in outlooks],
            **(detail_record(detail, settings.confidence) if detail else {}),
            "not_estimated": {str(item): gap for item, gap in forecast.unsized.items()},
            "risks_without_odds": [risk.id for risk in forecast.unrated],
        }
    )


def detail_record(detail: Detail, confidence: float) -> dict[str, object]:
    """What drives a date, what it hangs on, and when work has to start."""
    return {
        "drivers": [
            {"kind": one.kind, "id": one.item.id, "text": one.text or None, "working_days": round(one.days, 2)}
            for one in detail.drivers
        ],
        "paths": [
            {"id": one.item.id, "criticality": round(one.criticality, 3), "sensitivity": round(one.sensitivity, 3)}
            for one in detail.paths
        ],
        "confidence": confidence,
        "start_by": [{"id": one.item.id, "day": _day(one.day), "working_days_late": one.late} for one in detail.starts],
    }


def experience_record(forecast: Forecast) -> dict[str, object]:
    """What is known of the team, always with how much it rests on."""
    known = forecast.experience
    return {
        "finished_tasks": known.finished,
        "calibrated": known.calibration is not None,
        "focus": focus_record(known),
        "correlation": CORRELATION,
        "growth": {"n": known.growth.n, "used": known.growth.ratios is not None},
        "hours_a_point": point_record(known.point),
        "reached_milestones": len(known.lifetimes),
    }


def focus_record(known: Experience) -> dict[str, object]:
    """The share of their working time that people gave to listed work, the one that is reckoned with, and how far tasks
    lie around it: the standard deviation of the logarithm."""
    focus = known.focus
    return {
        "n": focus.n,
        "share": None if focus.share is None else round(focus.share, 3),
        "used": round(focus.pace, 3),
        "spread": round(focus.spread, 3),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
