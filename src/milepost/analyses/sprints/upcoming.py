"""The sprint after the last one."""

from __future__ import annotations

from datetime import date, timedelta

from milepost.model.calendar import parse_date
from milepost.model.plan import Plan

_USUAL = timedelta(days=11)  # from a Monday to the Friday of the week after


def next_sprint(plan: Plan, start: str | None, today: date, guess: bool) -> dict[str, str]:
    """First and last day of the sprint that follows the last one, as long as that was.

    `guess`: without an earlier sprint, two weeks from the next Monday on; else nothing follows.
    """
    last = max((one for one in plan.sprints if one.start and one.end), key=lambda one: (one.end, one.id), default=None)
    if last is None or last.start is None or last.end is None:
        if not guess:
            return {}
        begin, length = today + timedelta(days=-today.weekday() % 7), _USUAL
    else:
        begin, length = last.end + timedelta(days=1), last.end - last.start
        while begin.weekday() != last.start.weekday():
            begin += timedelta(days=1)
    begin = parse_date(start) or begin
    return {"start": begin.isoformat(), "end": (begin + length).isoformat()}
