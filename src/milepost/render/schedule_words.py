"""What a schedule says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from milepost.analyses.schedules.bottleneck import Bottleneck
from milepost.analyses.schedules.rows import Row
from milepost.analyses.schedules.schedule import Schedule
from milepost.analyses.sizes import Gap
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.render.points import points_remarks
from milepost.render.words import MONTHS, count_words, day_words
from milepost.rules.wording import listing

_CENTURY = 36_600  # days: more than any calendar holds
_STEPS = 12  # items of a path that a sentence lists

_GAPS = {
    Gap.NO_ESTIMATE: ("item has no estimate", "items have no estimate"),
    Gap.POINTS: (
        "item is estimated in points, which are time only by the team's velocity",
        "items are estimated in points, which are time only by the team's velocity",
    ),
    Gap.UNCLEAR: (
        "estimate is zero or does not go upwards (milepost check)",
        "estimates are zero or do not go upwards (milepost check)",
    ),
}


def headline(schedule: Schedule, plan: Plan, rows: Sequence[Row], item: Ref | None) -> str:
    """When the rows that were asked for are done, or the one that was."""
    row = schedule.of(item) if item else None
    if item and row:
        return _about(row, schedule, plan)
    left = [row for row in rows if row.is_open]
    if not left:
        return "There is no open work." if schedule.rows else "There is no work in the plan."
    if not any(row.is_dated for row in left):
        return "No date can be told: nothing of what is left to do has an estimate that gives time."
    what = "Done" if all(row.is_dated for row in left) else "What can be dated is done"
    ends = [row.finish for row in left if row.is_dated]
    end = None if None in ends else max(day for day in ends if day)
    return f"{what} {_by(end, schedule)}, {_limits(schedule)}."


def path_words(schedule: Schedule) -> Iterator[str]:
    """What decides the date of the target."""
    if not schedule.path:
        return
    names = [item.id for item in schedule.path]
    if len(names) > _STEPS:
        half = _STEPS // 2
        names = [*names[:half], f"… {len(names) - _STEPS} more …", *names[-half:]]
    kind = "Driving" if schedule.is_levelled else "Critical"
    yield f"{kind} path: {' → '.join(names)}"


def remarks(schedule: Schedule, plan: Plan, rows: Sequence[Row]) -> Iterator[str]:
    """Late dates, the bottleneck, and what no date could be told of among some rows."""
    dues = [row for row in schedule.milestones if row.margin is not None]
    if schedule.late and len(rows) == len(schedule.rows):
        late = [f"{row.item.id} ({_late(row, schedule)})" for row in schedule.late]
        of = "The only due date" if len(dues) == 1 else f"{len(late)} of {len(dues)} due dates"
        yield f"{of} can't be kept: {listing(late)}."
    if dues:
        yield bottleneck_words(schedule, plan)
    yield from _gaps(rows)
    yield from points_remarks(plan, (row.item for row in rows), schedule.point)
    for row in rows:
        if row.is_open and row.due and row.due.day is None:
            yield f"{row.item.id} is due with {row.due.written}, which has no day in this plan: no date counts."
    unnamed = sum(row.item in schedule.unnamed for row in rows)
    if schedule.is_levelled and unnamed:
        owners = count_words(unnamed, "item is", "items are")
        yield f"{owners} nobody's who has working time in the plan: each counts as one unnamed person's only work."
    if any(row.is_open and row.is_dated for row in rows):
        yield "Estimates count with their median: as likely too short as too long."


def bottleneck_words(schedule: Schedule, plan: Plan) -> str:
    """Who lacks time most, in a sentence."""
    if not schedule.bottlenecks:
        return "Bottleneck: none. Nobody has more work than time before what is due."
    more = len(schedule.bottlenecks) - 1
    others = f"; {count_words(more, 'more person has', 'more people have')} too much" if more else ""
    return f"Bottleneck: to keep these dates {overload_words(schedule.bottlenecks[0], plan)}{others}."


def days_words(days: int) -> str:
    """`1 working day`, `12 working days`; not more than a calendar holds."""
    return count_words(days, "working day") if days <= _CENTURY else "more than a hundred years of working days"


def days_cell(days: int) -> str:
    """`12 d`, in the little room that a column has."""
    return f"{days:,} d" if days <= _CENTURY else ">99 y"


def overload_words(one: Bottleneck, plan: Plan) -> str:
    """`Bo has 14 d of work in the 10 working days 8–19 Mar 2027`."""
    time = "" if abs(one.time - one.days) < 0.05 else f" and {_days(one.time)} of time"
    days = count_words(one.days, "working day")
    has = f"{plan.person_name(one.person)} has {_days(one.work)} of work{time}"
    return f"{has} in the {days} {span_words(one.first, one.last)}"


def span_words(first: date, last: date) -> str:
    """`8–19 Mar 2027`, `23 Nov – 1 Dec 2026`."""
    if (first.year, first.month) == (last.year, last.month):
        return day_words(first) if first == last else f"{first.day}–{day_words(last)}"
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else day_words(first)
    return f"{start} – {day_words(last)}"


def _about(row: Row, schedule: Schedule, plan: Plan) -> str:
    title = plan.title_of(row.item)
    if not row.is_open:
        return f"{title} was finished on {day_words(row.finish)}."
    if not row.is_dated:
        return f"No date can be told for {title}: {_cause(row, schedule)}."
    due = row.due.day if row.due else None
    told = f"{title} can be done {_by(row.finish, schedule)}, {_limits(schedule)}"
    if due is None:
        return f"{told}."
    if row.days_late:
        return f"{told}: {count_words(row.days_late, 'working day')} after it is due on {day_words(due)}."
    return f"{told}: in time for {day_words(due)}."


def _cause(row: Row, schedule: Schedule) -> str:
    cause = schedule.of(row.waits_for) if row.waits_for else None
    words = _GAPS[cause.gap][0].partition(" ")[2] if cause and cause.gap else "has no estimate"
    return f"it {words}" if row.waits_for == row.item else f"it waits for {row.waits_for}, which {words}"


def _late(row: Row, schedule: Schedule) -> str:
    return f"{days_cell(row.days_late)} late" if row.finish else f"after {schedule.horizon.year - 1}"


def _by(day: date | None, schedule: Schedule) -> str:
    return f"by {day_words(day)}" if day else f"after {schedule.horizon.year - 1}"


def _limits(schedule: Schedule) -> str:
    return "with nobody in two places" if schedule.is_levelled else "if nobody's time were limited (--level limits it)"


def _gaps(rows: Sequence[Row]) -> Iterator[str]:
    waiting = sum(row.is_open and not row.is_dated for row in rows)
    for gap, (one, many) in _GAPS.items():
        names = [row.item.id for row in rows if row.gap is gap]
        if names:
            yield f"{count_words(len(names), one, many)}: {listing(names)}."
    if waiting > sum(row.gap is not None for row in rows):
        items = count_words(waiting, "item has", "items have")
        yield f"So {items} no dates: what takes nobody knows how long, and what waits for it."


def _days(days: float) -> str:
    """`14 d`, `8.4 d`."""
    return f"{days:,.1f}".removesuffix(".0") + " d"
