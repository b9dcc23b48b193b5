"""`milepost schedule --format json`."""

from __future__ import annotations

from datetime import date

from milepost.analyses.schedules.bottleneck import Bottleneck
from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import Schedule
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.render.points import point_record
from milepost.render.words import to_json


def render_schedule_json(schedule: Schedule, plan: Plan, rows: list[Row]) -> str:
    """Every number of every row; float in working days, work and time of people in days of effort.

    `hours_a_point` is null where nothing that is left to do is in points.

    A day that is null where `dated` lies beyond the calendar.
    """
    return to_json(
        {
            "format": "milepost-schedule",
            "version": 1,
            "today": schedule.today.isoformat(),
            "levelled": schedule.is_levelled,
            "hours_a_point": point_record(schedule.point),
            "end": _iso(schedule.end),
            "path_to": schedule.target.id if schedule.target else None,
            "path": [item.id for item in schedule.path],
            "bottlenecks": [_bottleneck(one) for one in schedule.bottlenecks],
            "items": [_item(row, plan) for row in rows],
        }
    )


def _item(row: Row, plan: Plan) -> dict[str, object]:
    return {
        "kind": row.item.kind,
        "id": row.item.id,
        "title": plan.title_of(row.item),
        "status": row.status,
        "owner": row.person,
        "due": _iso(row.due.day) if row.due else None,
        "dated": row.is_dated,
        "start": _iso(row.start),
        "rest_start": _iso(row.rest),
        "finish": _iso(row.finish),
        "latest_start": _iso(row.late_start),
        "latest_finish": _iso(row.late_finish),
        "total_float": _number(row.total_float),
        "free_float": _number(row.free_float),
        "float_is_at_most": row.at_most,
        "on_path": row.is_driving,
        "days_to_due": row.margin,
        "without_estimate": row.gap,
        "waits_for": _id(row.waits_for),
    }


def _bottleneck(one: Bottleneck) -> dict[str, object]:
    return {
        "person": one.person,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "working_days": one.days,
        "work": round(one.work, 3),
        "time": round(one.time, 3),
    }


def _number(days: float | None) -> float | None:
    return None if days is None else round(days, 3) + 0.0


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _id(item: Ref | None) -> str | None:
    return item.id if item else None
