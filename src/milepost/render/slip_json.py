"""`milepost slip --format json`: every date with the parts that add up to its slip."""

from __future__ import annotations

from milepost.analyses.breakdown import Breakdown, Part, total_by_category
from milepost.analyses.trend import Trend, measure_trend, said_dates
from milepost.render.moves import due_record, move_record
from milepost.render.slip import SlipReport
from milepost.render.story import find_link
from milepost.render.web import WebAddress
from milepost.render.words import to_json


def render_slip_json(report: SlipReport, address: WebAddress | None = None) -> str:
    """The report as data; days are calendar days, and the parts of each add up to its total.

    With a goal, its own date comes first and does not count in `days_by_category`.
    """
    return to_json(
        {
            "format": "milepost-slip",
            "version": 1,
            "items": [_record(one, report, address) for one in report.all],
            "days_by_category": total_by_category(report.breakdowns),
        }
    )


def _record(one: Breakdown, report: SlipReport, address: WebAddress | None) -> dict[str, object]:
    slip, trend = one.slip, measure_trend(said_dates(one.slip))
    return {
        "kind": slip.item.kind,
        "id": slip.item.id,
        "title": report.titles.get(slip.item, slip.item.id),
        "original": due_record(slip.original),
        "first_promise": due_record(slip.first_promise),
        "last_promise": due_record(slip.last_promise),
        "now": due_record(slip.now),
        "actual": slip.actual.isoformat() if slip.actual else None,
        "dropped": slip.dropped.isoformat() if slip.dropped else None,
        "total": one.total,
        "parts": [_part_record(part, address) for part in one.parts],
        "unannounced": one.unannounced,
        "silent": one.silent,
        "rolling": one.rolling,
        "trend": _trend_record(trend) if trend else None,
    }


def _part_record(part: Part, address: WebAddress | None) -> dict[str, object]:
    """A move as in every JSON, with the days that it counts: one that takes a date away counts none."""
    link = find_link(part.move.revision, address)
    return {**move_record(part.move), "days": part.days, "category": part.category, "link": link}


def _trend_record(trend: Trend) -> dict[str, object]:
    meets = trend.meets.isoformat() if trend.meets else None
    return {"n": trend.n, "slope": round(trend.slope, 6), "meets": meets}
