"""The timeline's page: which milestones and tasks it draws, as they are scheduled, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor

from milepost.analyses.forecasts.outlook import EVEN, SURE, Outlook
from milepost.analyses.roadmap import Entry
from milepost.analyses.schedules.rows import Row
from milepost.model.item import Ref
from milepost.model.work import Milestone
from milepost.render.charts.paper import draw_on_paper, paper_days
from milepost.render.charts.scale import add_days
from milepost.render.charts.timeline import Stretch, draw_timeline
from milepost.render.points import points_words
from milepost.render.site.amounts import shift
from milepost.render.site.dates import due_words, short_day
from milepost.render.site.links import milestone_of
from milepost.render.site.material import Material
from milepost.render.site.sentences import aim_word

_DAYS_BACK = 120
_MOST = 80  # rows: with more, tasks are left to the pages of their milestones
_STEPS = 12  # items of a path that a sentence lists
_NOTHING = 1e-6  # working days: what is left of sums of fractions


def timeline_page(material: Material) -> Mapping[str, object]:
    """What the template of the timeline asks for. What was reached long ago is left to the table."""
    schedule, why_not = material.ahead.schedule, material.ahead.no_schedule
    rows = {row.item: row for row in schedule.rows} if schedule else {}
    entries = [entry for entry in material.roadmap.all if not entry.milestone.dropped]
    dated = sorted((one for one in entries if end_of(one) or _finish(one, rows)), key=lambda one: _in_time(one, rows))
    limit = add_days(material.today, -_DAYS_BACK)
    drawn = [entry for entry in dated if entry.milestone.status.is_open or (end_of(entry) or limit) >= limit]
    tasks = _tasks(drawn, rows)
    shows_tasks = len(drawn) + sum(map(len, tasks.values())) <= _MOST
    stretches = list(_stretches(drawn, rows, tasks if shows_tasks else {}, material))
    timeline = draw_timeline(stretches, material.today)
    return {
        "timeline": timeline,
        "paper": draw_on_paper(stretches, material.today),
        "paper_days": paper_days(material.today),
        "titles": {
            **{entry.milestone.ref: _says(entry, rows.get(entry.milestone.ref), material) for entry in drawn},
            **{row.item: _work_words(row) for group in tasks.values() for row in group},
        },
        "entries": dated,
        "rows": rows,
        "tasks": tasks if shows_tasks else {},
        "hidden_tasks": 0 if shows_tasks else sum(map(len, tasks.values())),
        "starts": {entry.milestone.id: start_of(entry.milestone) for entry in dated},
        "before": len(dated) - len(drawn),
        "limit": limit,
        "undated": [entry for entry in material.roadmap.open if not end_of(entry)],
        "target": schedule.target if schedule else None,
        "path": _shortened(schedule.path) if schedule else (),
        "why_not": why_not,
        "links_of": {task.ref: tuple(link.item for link in task.depends_on) for task in material.plan.tasks()},
        "waiting": [row for row in rows.values() if row.is_open and row.gap],
        "in_points": points_words(material.plan, rows, schedule.point) if schedule else "",
        "room": room_words,
        "outlooks": {entry.milestone.id: _likely(entry, material) for entry in dated if material.ahead.has_dates},
    }


def _shortened(path: Sequence[Ref]) -> tuple[Sequence[Ref], int, Sequence[Ref]]:
    """A path in a sentence: its beginning, how many items are left out, and its end."""
    half = _STEPS // 2
    return (path, 0, ()) if len(path) <= _STEPS else (path[:half], len(path) - _STEPS, path[-half:])


def start_of(milestone: Milestone) -> date | None:
    """The first day of work, as far as work has begun."""
    days = [day for day in (milestone.started, *(task.started for task in milestone.tasks)) if day]
    return min(days, default=None)


def end_of(entry: Entry) -> date | None:
    """The day a milestone was reached, else the day it is due."""
    return entry.milestone.finish or (entry.due.day if entry.due else None)


def room_words(row: Row | None) -> str:
    """`4 d` of float, `5 d late`; empty for what is done or has no dates."""
    if row is None or row.total_float is None or row.finish is None:
        return ""
    if row.days_late or row.total_float <= -_NOTHING:
        return f"{row.days_late or ceil(-row.total_float - _NOTHING)} d late"
    most = "at most " if row.at_most else ""
    return f"{most}{floor(row.total_float + _NOTHING)} d"


def _finish(entry: Entry, rows: Mapping[Ref, Row]) -> date | None:
    row = rows.get(entry.milestone.ref)
    return row.finish if row else None


def _in_time(entry: Entry, rows: Mapping[Ref, Row]) -> tuple[date, str]:
    return end_of(entry) or _finish(entry, rows) or date.max, entry.milestone.id


def _tasks(entries: Sequence[Entry], rows: Mapping[Ref, Row]) -> dict[Ref, list[Row]]:
    """The tasks of open milestones that have dates, in the order of the schedule."""
    found: dict[Ref, list[Row]] = {entry.milestone.ref: [] for entry in entries if entry.milestone.status.is_open}
    for row in rows.values():
        if not row.is_milestone and milestone_of(row.item) in found and row.is_dated and row.start and row.finish:
            found[milestone_of(row.item)].append(row)
    return found


def _stretches(
    entries: Sequence[Entry], rows: Mapping[Ref, Row], tasks: Mapping[Ref, Sequence[Row]], material: Material
) -> Iterator[Stretch]:
    for entry in entries:
        yield _milestone(entry, rows.get(entry.milestone.ref), material)
        for row in tasks.get(entry.milestone.ref, ()):
            label, tone = material.title(row.item), row.status.name.lower()
            yield _scheduled(Stretch(row.item, label, tone, row.start, None), row)


def _milestone(entry: Entry, row: Row | None, material: Material) -> Stretch:
    milestone = entry.milestone
    stretch = Stretch(
        item=milestone.ref,
        label=material.title(milestone.ref),
        tone=entry.standing.name.lower(),
        start=start_of(milestone),
        end=end_of(entry),
        original=entry.slip.original.day if entry.slip else None,
        after=tuple(dict.fromkeys(milestone_of(link.item) for link in milestone.depends_on)),
    )
    outlook = material.outlook(milestone.ref)
    if outlook and outlook.days:
        stretch = replace(stretch, even=outlook.day(EVEN), sure=outlook.day(SURE))
    return _scheduled(stretch, row) if row and row.is_open and row.is_dated and row.finish else stretch


def _scheduled(stretch: Stretch, row: Row) -> Stretch:
    return replace(
        stretch,
        start=row.start,
        rest=row.rest,
        finish=row.finish,
        late=row.late_finish,
        is_driving=row.is_driving,
    )


def _likely(entry: Entry, material: Material) -> Outlook | None:
    outlook = material.outlook(entry.milestone.ref)
    return outlook if outlook and outlook.day(SURE) else None


def _says(entry: Entry, row: Row | None, material: Material) -> str:
    """What the chart shows of a milestone, in words."""
    finish, due = entry.milestone.finish, due_words(entry.due)
    when = f"reached {short_day(finish)}" if finish else f"{aim_word(entry.milestone.commitment).lower()} {due}"
    moved = f", {shift(entry.days)} since first said" if entry.days else ""
    work = f"; {_work_words(row)}" if row and row.is_open and row.is_dated else ""
    outlook = material.outlook(entry.milestone.ref)
    even, sure = (outlook.day(EVEN), outlook.day(SURE)) if outlook else (None, None)
    likely = f"; as likely as not by {short_day(even)}, 80\u202f% sure by {short_day(sure)}" if even and sure else ""
    return f"{entry.standing.value.lower()}, {when if finish or entry.due else 'no date'}{moved}{work}{likely}"


def _work_words(row: Row) -> str:
    """`work from 3 Dec 2026 to 9 Feb 2027, float 4 d, on the driving path`."""
    if not (row.start and row.finish):
        return "work with an end beyond the calendar"
    if not row.is_open:
        return f"done from {short_day(row.start)} to {short_day(row.finish)}"
    room = room_words(row)
    left = f", {room}" if "late" in room else f", float {room}" if room else ""
    words = f"work from {short_day(row.start)} to {short_day(row.finish)}{left}"
    return f"{words}, on the driving path" if row.is_driving else words
