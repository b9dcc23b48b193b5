"""`milepost schedule --by-owner`: whose hours are booked in which week, against the hours that they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import ceil

from milepost.analyses.schedules.load import NOBODY, Loads, Week
from milepost.model.plan import Plan
from milepost.render.chances import missing_words
from milepost.render.flow import cut, flow
from milepost.render.paint import Paint
from milepost.render.points import point_record, points_remarks
from milepost.render.words import MONTHS, to_json

#: How many weeks are worked out: as many as fit beside each other, and half a year for programs.
WEEKS = {"text": 6, "json": 26}
_NAME, _CELL = 20, 10
_NOTHING = 1e-6  # days: what is left of sums of fractions


def render_load_text(loads: Loads, plan: Plan, today: date, paint: Paint) -> str:
    """A row for each person and a column for each week; `!` where more is booked than there is."""
    shown = {person: weeks for person, weeks in loads.people.items() if person or any(week.work for week in weeks)}
    if not shown:
        return "The plan names no people, and no open work has an estimate.\n"
    mondays = [week.monday for week in next(iter(shown.values()))]
    lines = [paint.dim(f"{'hours, week of':<{_NAME}}" + "".join(f"{_day(day):>{_CELL}}" for day in mondays))]
    lines += [_row(person, weeks, plan, paint) for person, weeks in shown.items()]
    lines.append("")
    for sentence in [*_remarks(loads, shown, today), *points_remarks(plan, plan.items, loads.point)]:
        lines += flow((sentence, paint.text), hang=2)
    return "".join(f"{line}\n" for line in lines)


def render_load_json(loads: Loads, plan: Plan, today: date) -> str:
    """The same as data, in hours; `person` is null for work of people whom the plan does not name."""
    hours = plan.calendar.hours
    return to_json(
        {
            "format": "milepost-load",
            "version": 1,
            "today": today.isoformat(),
            "levelled": loads.is_levelled,
            "hours_a_point": point_record(loads.point),
            "people": [
                {
                    "person": person or None,
                    "weeks": [
                        {
                            "week": week.monday.isoformat(),
                            "booked": round(week.work * hours, 2),
                            "available": round(week.time * hours, 2) if person else None,
                            "over": bool(person) and _is_over(week),
                        }
                        for week in weeks
                    ],
                }
                for person, weeks in loads.people.items()
            ],
            "without_estimate": [item.id for item in loads.unsized],
        }
    )


def _row(person: str, weeks: Iterable[Week], plan: Plan, paint: Paint) -> str:
    name = cut(plan.person_name(person) or person if person else "nobody in the plan", _NAME - 1)
    cells = (_cell(person, week, plan.calendar.hours, paint) for week in weeks)
    return f"{paint.text(f'{name:<{_NAME}}')}{''.join(cells)}".rstrip()


def _cell(person: str, week: Week, hours: float, paint: Paint) -> str:
    """`32/40`, `48/40!`: booked hours rounded, but up where they are too many."""
    if not person:
        return paint.text(f"{round(week.work * hours):>{_CELL - 1}} ")
    is_over = _is_over(week)
    booked = ceil(week.work * hours - _NOTHING) if is_over else min(round(week.work * hours), round(week.time * hours))
    text = f"{f'{booked}/{round(week.time * hours)}':>{_CELL - 1}}{'!' if is_over else ' '}"
    return paint.late(text) if is_over else paint.text(text)


def _is_over(week: Week) -> bool:
    return week.work > week.time + _NOTHING


def _remarks(loads: Loads, shown: Mapping[str, tuple[Week, ...]], today: date) -> Iterator[str]:
    yield f"Booked hours of work / hours of working time, from {_day(today)} on; estimates count with their middle."
    over = any(_is_over(week) for person, weeks in shown.items() if person for week in weeks)
    if loads.is_levelled:
        yield "Levelled: nobody does two things at a time, so what does not fit comes later."
    elif over:
        yield "! more than there is, if all is done as early as it can be: --level puts it one after the other."
    if NOBODY in shown:
        yield "Work of nobody in the plan is done by people who do nothing else."
    if loads.unsized:
        verb = "counts" if len(loads.unsized) == 1 else "count"
        yield f"Without an estimate that gives time, {missing_words(loads.unsized)} {verb} as nothing."


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
