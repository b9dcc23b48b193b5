"""`milepost slip`: how far every date has moved, split into what moved it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.analyses.breakdown import UNEXPLAINED, Breakdown, total_by_category
from milepost.analyses.trend import Trend, measure_trend, said_dates
from milepost.model.item import Ref
from milepost.render.moves import due_record
from milepost.render.paint import Paint
from milepost.render.why import due_words
from milepost.render.words import count_words, day_words, signed_days, to_json

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class SlipReport:
    """The breakdowns to show, with the title of each item."""

    breakdowns: tuple[Breakdown, ...]
    titles: Mapping[Ref, str]


def render_slip_text(report: SlipReport, paint: Paint) -> str:
    """A line for each date, and what moved them all; with one item, what moved it."""
    if not report.breakdowns:
        return "No date was ever said.\n"
    lines = [*_table(report, paint), "", *_totals(report.breakdowns, paint)]
    for breakdown in report.breakdowns:
        for remark in _remarks(breakdown, report):
            lines += [paint.text(line) for line in textwrap.wrap(remark, _WIDTH, subsequent_indent="  ")]
    return "".join(f"{line}\n" for line in lines)


def render_slip_json(report: SlipReport) -> str:
    """The same as data; days are calendar days, and the parts of each add up to its total."""
    return to_json(
        {
            "format": "milepost-slip",
            "version": 1,
            "items": [_record(one, report) for one in report.breakdowns],
            "days_by_category": total_by_category(report.breakdowns),
        }
    )


def _table(report: SlipReport, paint: Paint) -> Iterator[str]:
    """A line for each date by its id, which other commands take: open ones by date, then reached, then dropped."""
    ordered = sorted(report.breakdowns, key=_order)
    width = max(len(one.slip.item.id) for one in ordered)
    yield paint.dim(f"{'':{width}}  {'first said':>11}  {'now':>11}  {'reached':>11}  {'slip':>7}")
    for one in ordered:
        slip = one.slip
        now = _day(slip.now.day if slip.now else None)
        end = "dropped" if slip.dropped else _day(slip.actual)
        row = f"{slip.item.id:{width}}  {_day(slip.original.day):>11}  {now:>11}  {end:>11}"
        yield f"{paint.text(row)}  {paint.days(one.total, f'{signed_days(one.total):>7}')}"


def _order(one: Breakdown) -> tuple[bool, bool, date, str]:
    slip = one.slip
    day = slip.actual or (slip.now.day if slip.now and slip.now.day else date.max)
    return slip.dropped is not None, slip.actual is not None, day, slip.item.id


def _totals(breakdowns: Sequence[Breakdown], paint: Paint) -> Iterator[str]:
    """What moved the dates, in days; they add up to the whole."""
    unannounced = sum(one.unannounced for one in breakdowns)
    moves = sum(len(one.parts) for one in breakdowns)
    yield f"{count_words(moves, 'accepted move')} of {count_words(len(breakdowns), 'date')}, by the reason given:"
    for category, days in total_by_category(breakdowns).items():
        words = "no reason given" if category == UNEXPLAINED else category
        yield f"  {paint.days(days, f'{signed_days(days):>8}')}  {words}"
    if unannounced:
        yield f"  {paint.days(unannounced, f'{signed_days(unannounced):>8}')}  not announced: after the last date said"
    total = sum(one.total for one in breakdowns)
    yield f"  {paint.bold(f'{signed_days(total):>8}')}  in all"


def _remarks(one: Breakdown, report: SlipReport) -> Iterator[str]:
    title = report.titles.get(one.slip.item, one.slip.item.id)
    if one.silent:
        yield f"{title}: the date passed {count_words(one.silent, 'day')} ago, and nothing was changed."
    if one.rolling:
        yield f"{title}: always about {count_words(one.rolling, 'day')} ahead, each time it was said."
    trend = measure_trend(said_dates(one.slip))
    if trend and trend.colour != "green" and not one.slip.actual and not one.slip.dropped:
        yield f"{title}: {trend_words(trend)}."


def trend_words(trend: Trend) -> str:
    """Where a date is heading, in a sentence without its full stop."""
    moves = f"moves {trend.slope:.2f} days later for each day that goes by (n = {trend.n})"
    return f"{moves}; it would be reached on {day_words(trend.meets)}" if trend.meets else f"{moves}"


def _record(one: Breakdown, report: SlipReport) -> dict[str, object]:
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
        "parts": [
            {
                "days": part.days,
                "category": part.category,
                "reason": part.move.reason.text if part.move.reason else None,
                "old": due_words(part.move.old),
                "new": due_words(part.move.new),
                "by": part.move.by.name,
                "commit": part.move.revision.id,
                "date": part.move.revision.day.isoformat() if part.move.revision.day else None,
            }
            for part in one.parts
        ],
        "unannounced": one.unannounced,
        "silent": one.silent,
        "rolling": one.rolling,
        "trend": {
            "n": trend.n,
            "slope": round(trend.slope, 6),
            "meets": trend.meets.isoformat() if trend.meets else None,
        }
        if trend
        else None,
    }


def _trend_record(trend: Trend) -> dict[str, object]:
    meets = trend.meets.isoformat() if trend.meets else None
    return {"n": trend.n, "slope": round(trend.slope, 6), "meets": meets}


def _day(day: date | None) -> str:
    return day_words(day) if day else "–"
