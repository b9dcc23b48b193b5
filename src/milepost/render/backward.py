"""`milepost schedule --backward`: until when everything has to start, and what could be cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil, floor, inf

from milepost.analyses.schedules.backward import Backward, Latest
from milepost.model.plan import Plan
from milepost.model.work import Status
from milepost.render.flow import cut, flow
from milepost.render.paint import Paint
from milepost.render.points import point_record, points_remarks
from milepost.render.schedule_words import days_cell, days_words
from milepost.render.words import count_words, day_words, to_json
from milepost.rules.wording import listing

_LABEL, _ROOM = 42, 10
_MOST = 20  # cuts that are listed
_NOTHING = 1e-6


def render_backward_text(backward: Backward, plan: Plan, paint: Paint) -> str:
    """The answer first, then everything that has to come before in the order of its latest start, then what to cut."""
    title = plan.title_of(backward.target)
    lines = [*flow((title, paint.bold), (f"   due {day_words(backward.day)}", paint.text))]
    lines += flow((_headline(backward), paint.text), hang=2)
    if backward.works:
        room = max(_ROOM, *(len(_room(work)) for work in backward.works))
        label = _LABEL + _ROOM - room
        lines += ["", paint.dim(f"{'':{label}} {'latest start':>12} {'latest end':>12} {'room':>{room}}")]
        lines += [_line(work, label, room, paint) for work in backward.works]
    if told := list(_remarks(backward, plan)):
        lines += ["", *(line for sentence in told for line in flow((sentence, paint.text), hang=2))]
    if backward.cuts:
        lines += ["", "Cut in this order, and it is late by:", *_cuts(backward, paint)]
    if backward.left:
        lines += ["", *flow((_left(backward), paint.text), hang=2)]
    return "".join(f"{line}\n" for line in lines)


def render_backward_json(backward: Backward) -> str:
    """The same as data, in working days."""
    return to_json(
        {
            "format": "milepost-backward",
            "version": 1,
            "kind": backward.target.kind,
            "id": backward.target.id,
            "date": backward.day.isoformat(),
            "levelled": backward.is_levelled,
            "hours_a_point": point_record(backward.point),
            "missing_days": backward.missing,
            "works": [
                {
                    "kind": work.item.kind,
                    "id": work.item.id,
                    "status": work.status,
                    "latest_start": _iso(work.start),
                    "latest_finish": _iso(work.finish),
                    "room": round(work.room, 3),
                    "start_past_by": work.overdue,
                    "estimated": work.is_estimated,
                }
                for work in backward.works
            ],
            "cuts": [
                {
                    "kind": one.item.kind,
                    "id": one.item.id,
                    "priority": one.priority,
                    "missing_days": max(0, one.missing),
                }
                for one in backward.cuts
            ],
            "missing_days_of_musts": backward.left,
        }
    )


def _headline(backward: Backward) -> str:
    if backward.missing is None:
        return "Nothing is left to do for it."
    what = "What has an estimate" if backward.unestimated else "All that has to come before"
    if backward.missing > 0:
        least = "at least " if backward.unestimated else ""
        return f"It does not fit: {least}{days_words(backward.missing)} too late."
    return f"{what} fits, with {days_words(-backward.missing)} to spare."


def _line(work: Latest, label: int, room: int, paint: Paint) -> str:
    unknown = "begun" if work.status is not Status.PLANNED else "–" if work.is_estimated else "?"
    start = day_words(work.start) if work.start else unknown
    finish = day_words(work.finish) if work.finish else "–"
    text = f"{cut(work.item.id, label):<{label}} {start:>12} {finish:>12} {_room(work):>{room}}"
    return paint.late(text) if work.room <= -_NOTHING else paint.text(text)


def _room(work: Latest) -> str:
    if not work.is_estimated:
        return "?"
    if work.room <= -_NOTHING:
        return f"{days_cell(ceil(-work.room - _NOTHING))} late"
    return days_cell(floor(work.room + _NOTHING)) if work.room < inf else "–"


def _remarks(backward: Backward, plan: Plan) -> Iterator[str]:
    past = [work for work in backward.works if work.overdue]
    if past:
        items = count_words(len(past), "item")
        worst = days_words(max(work.overdue for work in past))
        names = listing([work.item.id for work in past])
        yield f"{items} should have started before today, by up to {worst}: {names}."
    if backward.unestimated:
        names = listing([item.id for item in backward.unestimated])
        count = count_words(len(backward.unestimated), "item has", "items have")
        yield f"{count} no estimate that gives time, so there is less room than it says here: {names}."
    yield from points_remarks(plan, (work.item for work in backward.works), backward.point)
    if backward.works and not backward.is_levelled:
        yield "Nobody's time is limited here: --level lets everybody do one thing at a time."


def _cuts(backward: Backward, paint: Paint) -> Iterator[str]:
    first = backward.cuts if len(backward.cuts) <= _MOST else backward.cuts[: _MOST - 2]
    for one in (*first, *backward.cuts[max(len(first), len(backward.cuts) - 1) :]):
        if one is backward.cuts[-1] and len(first) < len(backward.cuts):
            yield f"  … {len(backward.cuts) - len(first) - 1} more …"
        left = days_cell(one.missing) if one.missing > 0 else "nothing: it fits"
        yield paint.text(f"  {one.priority:<6}  {one.item.id:<{_LABEL - 1}} {left}")


def _left(backward: Backward) -> str:
    musts = (
        "Without all that, the musts alone still" if backward.cuts else "Nothing there could be cut: the musts alone"
    )
    late = f"{musts} do not fit, by {days_words(backward.left)}."
    return f"{late} What has no priority counts as a must. Move the date, or make a must smaller."


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
