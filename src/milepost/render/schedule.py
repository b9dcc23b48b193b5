"""`milepost schedule`: when everything can be done, for a terminal and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, floor

from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import Schedule
from milepost.analyses.sizes import Gap
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Status
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.gantt import WIDTH as CHART
from milepost.render.gantt import choose_scale, draw_axis, draw_key, draw_row
from milepost.render.marks import MARKS
from milepost.render.paint import Paint
from milepost.render.schedule_words import days_cell, headline, path_words, remarks
from milepost.render.words import count_words, day_words

_LABEL = 24
_ROOM = 10  # of the last column
_MOST = 40  # rows that a screen takes in
_GAPS = {Gap.NO_ESTIMATE: "no estimate", Gap.POINTS: "in points, no velocity", Gap.UNCLEAR: "no usable estimate"}
_NOTHING = 1e-6


def rows_about(schedule: Schedule, plan: Plan, item: Ref | None) -> list[Row]:
    """The rows that are asked for: a milestone with its tasks, a task, the milestones that serve a goal, or all."""
    if item is None:
        return list(schedule.rows)
    if item.kind == "goal":
        mine = {one.ref for one in plan.serving(item.id)}
        return [row for row in schedule.rows if row.item in mine]
    return [row for row in schedule.rows if row.item == item or row.item.id.startswith(f"{item.id}/")]


def render_schedule_text(schedule: Schedule, plan: Plan, item: Ref | None, paint: Paint) -> str:
    """A row for each milestone with its tasks below, then what decides the end, and what is left out."""
    about = rows_about(schedule, plan, item)
    rows, left_out = (about, []) if item else _chosen(about)
    lines = list(flow((headline(schedule, plan, about, item), paint.text), hang=2))
    if rows:
        lines += ["", *_chart(rows, schedule, paint), "", paint.dim(draw_key(schedule.is_levelled))]
    if told := [*path_words(schedule), *remarks(schedule, plan, about), *left_out]:
        lines.append("")
        for sentence in told:
            lines += flow((sentence, paint.text), hang=2)
    return "".join(f"{line}\n" for line in lines)


def render_schedule_table(schedule: Schedule, plan: Plan, item: Ref | None, paint: Paint) -> str:
    """Every number of every open item; float in working days."""
    about = rows_about(schedule, plan, item)
    rows = [row for row in about if row.is_open or item]
    lines = list(flow((headline(schedule, plan, about, item), paint.text), hang=2))
    if rows:
        head = f"{'':{_LABEL}} {'start':>10} {'end':>10} {'latest':>10} {'latest':>10} {'float':>6} {'free':>4}"
        lines += ["", paint.dim(head), paint.dim(f"{'':{_LABEL}} {'':10} {'':10} {'start':>10} {'end':>10}")]
        lines += [_numbers(row, schedule, paint) for row in rows]
    lines.append("")
    for sentence in [*path_words(schedule), *remarks(schedule, plan, about)]:
        lines += flow((sentence, paint.text), hang=2)
    return "".join(f"{line}\n" for line in lines)


def _chosen(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Of all rows those to draw, and what is said of those that are not."""
    done = sum(row.is_milestone and not row.is_open for row in rows)
    open_ids = {row.item.id for row in rows if row.is_milestone and row.is_open}
    rows = [row for row in rows if row.item.id.partition("/")[0] in open_ids]
    told = (
        [f"{count_words(done, 'milestone is', 'milestones are')} done and left out; name one to see it."]
        if done
        else []
    )
    if len(rows) <= _MOST:
        return rows, told
    milestones = [row for row in rows if row.is_milestone]
    tasks = len(rows) - len(milestones)
    if tasks:
        told.insert(0, f"{count_words(tasks, 'task')} left out: milepost schedule ID shows those of one milestone.")
    if len(milestones) > _MOST:
        more = count_words(len(milestones) - _MOST, "more milestone")
        told.insert(0, f"{more} left out, those that end last: milepost schedule --table shows all.")
    return milestones[:_MOST], told


def _chart(rows: Sequence[Row], schedule: Schedule, paint: Paint) -> Iterator[str]:
    scale = choose_scale(rows, schedule.today)
    for number, line in enumerate(draw_axis(scale, schedule.today)):
        heads = f" {'end':>11} {'float':>{_ROOM}}" if number == 0 else ""
        yield paint.dim(f"{'':{_LABEL}} {line:<{CHART}}{heads}".rstrip())
    for row in rows:
        label, end, room = _label(row), _end(row, schedule), _room(row)
        if row.is_dated:
            text = f"{label:<{_LABEL}} {draw_row(row, scale, schedule.today)} {end:>11} {room:>{_ROOM}}"
        else:
            text = f"{label:<{_LABEL}} {_with_reason(draw_row(row, scale, schedule.today), _why_not(row))}"
        yield _painted(row, text[:WIDTH].rstrip(), paint)


def _painted(row: Row, text: str, paint: Paint) -> str:
    if row.status is Status.DONE:
        return paint.early(text)
    if row.days_late or (row.total_float or 0) <= -_NOTHING:
        return paint.late(text)
    return paint.bold(text) if row.is_milestone or row.is_driving else paint.text(text)


def _label(row: Row) -> str:
    name = row.item.id if row.is_milestone else "  " + row.item.id.partition("/")[2]
    indent = len(name) - len(name.lstrip())
    text = f"{name[:indent]}{MARKS[row.status]} {name[indent:]}"
    return cut(text, _LABEL)


def _end(row: Row, schedule: Schedule) -> str:
    return day_words(row.finish) if row.finish else beyond(schedule)


def beyond(schedule: Schedule) -> str:
    """What to say of a day that lies beyond the calendar."""
    return f"after {schedule.horizon.year - 1}"


def _room(row: Row) -> str:
    """`12 d` of float, `≤12 d` where unestimated work comes later; of a due date `3 d early` or `3 d late`."""
    if not row.finish:
        return "late" if row.days_late else ""
    if row.margin is not None and row.margin >= 0:
        text = f"{days_cell(row.margin)} early" if row.margin else "on the day"
        return text if len(text) <= _ROOM else "early"
    if row.total_float is None:
        return ""
    if row.days_late or row.total_float <= -_NOTHING:
        return f"{days_cell(row.days_late or ceil(-row.total_float - _NOTHING))} late"
    return ("≤" if row.at_most else "") + days_cell(floor(row.total_float + _NOTHING))


def _why_not(row: Row) -> str:
    if row.waits_for == row.item and row.gap:
        return _GAPS[row.gap]
    return f"waits for {row.waits_for}"


def _with_reason(line: str, reason: str) -> str:
    """The reason beside what is drawn, where there is room for it; else over what is drawn last, such as a due date."""
    drawn = line.rstrip()
    start = len(drawn) + 1 if len(drawn) + 1 + len(reason) <= WIDTH - _LABEL - 1 else len(drawn[:-1].rstrip()) + 1
    return f"{drawn:<{start}}"[:start] + reason


def _numbers(row: Row, schedule: Schedule, paint: Paint) -> str:
    if not row.is_dated:
        start = row.start.isoformat() if row.start else ""
        return paint.text(f"{_label(row):<{_LABEL}} {start:>10}  {_why_not(row)}"[:WIDTH])
    days = [_iso(row.start, schedule, "–" if row.finish else None), _iso(row.finish, schedule)]
    late = [_iso(row.late_start, schedule, "–"), _iso(row.late_finish, schedule, "–")]
    numbers = f"{_number(row.total_float, row.at_most):>6} {_number(row.free_float):>4}"
    cells = " ".join(f"{cell:>10}" for cell in (*days, *late))
    return _painted(row, f"{_label(row):<{_LABEL}} {cells} {numbers}".rstrip(), paint)


def _iso(day: date | None, schedule: Schedule, otherwise: str | None = None) -> str:
    return day.isoformat() if day else beyond(schedule) if otherwise is None else otherwise


def _number(days: float | None, at_most: bool = False) -> str:
    """Whole working days: never more room than there is."""
    if days is None:
        return ""
    whole = floor(days + _NOTHING)
    return f"{'≤' if at_most else ''}{'−' if whole < 0 else ''}{abs(whole)}"
