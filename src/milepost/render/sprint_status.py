"""`milepost sprint status`: a sprint as a stand-up needs it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from milepost.analyses.sprints.burndown import Burndown
from milepost.analyses.sprints.status import SprintStatus, Standing
from milepost.model.history import Change
from milepost.model.plan import Plan
from milepost.model.work import Status
from milepost.render.burndown import draw_burndown
from milepost.render.chances import missing_words
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.log_json import change_record
from milepost.render.marks import MARKS
from milepost.render.paint import Paint
from milepost.render.sprint_words import amount_number, amount_words, size_words, span_words, unit_word
from milepost.render.words import change_words, count_words, day_words, to_json

_MOST_CHANGES = 12


def render_status_text(status: SprintStatus, plan: Plan, paint: Paint) -> str:
    """The burn-down, what is blocked, every item, what changed, and how the scope did."""
    sprint = status.sprint
    when = f"   {span_words(sprint.start, sprint.end)}, {_when(status)}"
    lines = [*flow((sprint.id, paint.bold), (when, paint.text))]
    lines += _wrap(sprint.goal or "", paint)
    if status.burndown:
        lines += ["", *draw_burndown(status.burndown, plan.calendar, status.today), *_sums(status, plan, paint)]
    if held := [one for one in status.items if one.blocked or one.waits_for]:
        lines += ["", paint.bold("Held up"), *(line for one in held for line in _held(one, status, plan, paint))]
    lines += ["", paint.bold(count_words(len(status.items), "item"))]
    lines += [_item(one, plan, paint) for one in sorted(status.items, key=_order)]
    if scope := list(_scope(status, plan, paint)):
        lines += ["", paint.bold("Scope since the start"), *scope]
    lines += ["", paint.bold(f"Accepted since {day_words(status.since)}"), *_changes(status, paint)]
    return "".join(f"{line}\n" for line in lines)


def render_status_json(status: SprintStatus, plan: Plan) -> str:
    """The same as data. Amounts are days of work, or points."""
    sprint = status.sprint
    return to_json(
        {
            "format": "milepost-sprint-status",
            "version": 1,
            "today": status.today.isoformat(),
            "sprint": {
                "id": sprint.id,
                "start": sprint.start.isoformat() if sprint.start else None,
                "end": sprint.end.isoformat() if sprint.end else None,
                "goal": sprint.goal,
            },
            "day": status.day_number,
            "days": status.days,
            "burndown": _burndown_record(status.burndown, plan) if status.burndown else None,
            "items": [_item_record(one, plan) for one in status.items],
            "removed": [{"id": one.item.id, "on": one.removed.isoformat()} for one in status.gone if one.removed],
            "since": status.since.isoformat(),
            "changes": [change_record(change) for change in status.changes],
        }
    )


def _when(status: SprintStatus) -> str:
    start, end, today = status.sprint.start, status.sprint.end, status.today
    if end and end < today:
        return f"over for {count_words((today - end).days, 'day')}"
    if start and today < start:
        return f"begins in {count_words((start - today).days, 'day')}"
    if not status.days:
        return "no working day in it"
    return f"day {status.day_number} of {status.days}"


def _sums(status: SprintStatus, plan: Plan, paint: Paint) -> Iterator[str]:
    """The parts that add up to what is left, and what a steady pace would leave."""
    burndown = status.burndown
    if burndown is None:
        return
    if not (burndown.committed or burndown.left or burndown.finished):
        yield "Nothing in it is estimated, so nothing is drawn: milepost set ID estimate=3d"
    else:
        parts = [f"Committed {_amount(burndown.committed, burndown, plan)}"]
        for name in ("added", "removed", "dropped", "finished"):
            if number := getattr(burndown, name):
                word = "taken out" if name == "removed" else name
                parts.append(f"{word} {_amount(number, burndown, plan)}")
        if abs(burndown.re_estimated) > 1e-6:
            sign = "+" if burndown.re_estimated > 0 else "−"
            parts.append(f"re-estimated {sign}{_amount(abs(burndown.re_estimated), burndown, plan)}")
        steady = [point.steady for point in burndown.points if point.left is not None]
        aside = f"; a steady pace would leave {_amount(steady[-1], burndown, plan)}" if steady else ""
        yield from _wrap(f"{', '.join(parts)}: {_amount(burndown.left, burndown, plan)} left{aside}.", paint)
    if burndown.unknown and (burndown.committed or burndown.left):
        names = missing_words(burndown.unknown)
        yield from _wrap(f"Without an estimate in {unit_word(burndown.unit)}, so not counted: {names}.", paint)


def _held(one: Standing, status: SprintStatus, plan: Plan, paint: Paint) -> Iterator[str]:
    facts = []
    if one.blocked:
        days = (status.today - one.blocked.since).days if one.blocked.since else 0
        since = f" for {count_words(days, 'day')}" if days > 0 else ""
        helper = f" ({plan.person_name(one.blocked.owner)} sees to it)" if one.blocked.owner else ""
        facts.append(f"blocked{since}: {one.blocked.by}{helper}")
    inside = {other.item for other in status.items}
    for item in one.waits_for:
        facts.append(f"waits for {item}{'' if item in inside else ', which is not in this sprint'}")
    yield from (f"  {line}" for line in _wrap(f"{one.item}  {'; '.join(facts)}", paint, WIDTH - 2))


def _order(one: Standing) -> int:
    """What is in progress first, then what is ahead, then what is done."""
    places = [Status.IN_PROGRESS, Status.PLANNED, None, Status.DONE, Status.DROPPED]
    return places.index(one.status)


def _item(one: Standing, plan: Plan, paint: Paint) -> str:
    mark = MARKS[one.status] if one.status else "?"
    owner = cut(plan.person_name(one.owner) or "nobody", 14)
    size = size_words(one.size, plan.calendar)
    title = one.work.title if one.work else "no longer in the plan"
    left = f"  {mark} {size:>6}  {owner:<14}  "
    name = cut(one.item.id, 30)
    return f"{paint.text(left + name)}  {paint.dim(cut(title, WIDTH - len(left) - len(name) - 2))}".rstrip()


def _scope(status: SprintStatus, plan: Plan, paint: Paint) -> Iterator[str]:
    entries = [one.entry for one in status.items if one.entry and one.entry.added]
    for entry in sorted([*entries, *status.gone], key=lambda one: (one.removed or one.added or status.today, one.item)):
        sign, day = ("−", entry.removed) if entry.removed else ("+", entry.added)
        size = size_words(entry.size, plan.calendar)
        yield paint.text(cut(f"  {sign} {size:>6}  {day_words(day):>11}  {entry.item}", WIDTH))


def _changes(status: SprintStatus, paint: Paint) -> Iterator[str]:
    """What was accepted about the sprint and its items, newest first."""
    if not status.changes:
        yield "  Nothing about this sprint or its items."
    for change in status.changes[:_MOST_CHANGES]:
        yield paint.text(cut(f"  {change.item}  {_change(change)}  ({change.by.name.partition(' ')[0]})", WIDTH))
    if len(status.changes) > _MOST_CHANGES:
        since = status.since.isoformat()
        yield f"  {len(status.changes) - _MOST_CHANGES} more: milepost log --since {since}"


def _change(change: Change) -> str:
    return f"{change.field} {change_words(change.old, change.new, change.field)}"


def _amount(number: float, burndown: Burndown, plan: Plan) -> str:
    return amount_words(number, burndown.unit, plan.calendar)


def _wrap(text: str, paint: Paint, width: int = WIDTH) -> list[str]:
    return [paint.text(line) for line in textwrap.wrap(text, width, break_on_hyphens=False)]


def _burndown_record(burndown: Burndown, plan: Plan) -> dict[str, object]:
    def number(value: float | None) -> float | None:
        return None if value is None else amount_number(value, burndown.unit, plan.calendar)

    return {
        "unit": unit_word(burndown.unit),
        "committed": number(burndown.committed),
        "added": number(burndown.added),
        "removed": number(burndown.removed),
        "dropped": number(burndown.dropped),
        "re_estimated": number(burndown.re_estimated),
        "finished": number(burndown.finished),
        "left": number(burndown.left),
        "not_counted": [item.id for item in burndown.unknown],
        "days": [
            {"day": point.day.isoformat(), "steady": number(point.steady), "left": number(point.left)}
            for point in burndown.points
        ],
    }


def _item_record(one: Standing, plan: Plan) -> dict[str, object]:
    entry = one.entry
    return {
        "id": one.item.id,
        "title": one.work.title if one.work else None,
        "owner": one.owner,
        "status": one.status,
        "size": size_words(one.size, plan.calendar) if not one.size.unknown else None,
        "blocked": one.blocked.by if one.blocked else None,
        "waits_for": [item.id for item in one.waits_for],
        "added": entry.added.isoformat() if entry and entry.added else None,
        "finished": entry.finished.isoformat() if entry and entry.finished else None,
    }
