"""`milepost show`: the plan, or one item of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from milepost.analyses.forecasts.outlook import Outlook
from milepost.model.feedback import Feedback
from milepost.model.item import Item, Value
from milepost.model.plan import Plan
from milepost.model.review import Review
from milepost.model.sprint import Sprint
from milepost.model.work import Milestone, Status, Task
from milepost.render.chances import sure_words, verdict_words
from milepost.render.escape import escape_terminal
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.marks import MARKS
from milepost.render.paint import Paint
from milepost.render.plain import entry_words, value_words
from milepost.render.words import count_words, day_words, to_json

_Event = TypeVar("_Event", Review, Feedback)
_ID_ROOM = 50  # for ids; those that are longer push aside what stands after them
_INDENT = 17  # where the value of a field begins
_BY_LINE = ("votes", "raci", "shipped", "rules", "calendar")


def render_plan_text(plan: Plan, today: date, paint: Paint) -> str:
    """Vision, milestones by goal, open risks; sprints, reviews and feedback where there are any."""
    lines = [*flow((plan.title or "The plan", paint.bold))]
    lines += [paint.text(line) for line in textwrap.wrap(plan.vision or "", WIDTH, break_long_words=False)]
    groups = [(goal.id, goal.title) for goal in plan.goals]
    known = {goal for goal, _ in groups}
    for goal, title in [*groups, (None, "Without a goal" if groups else "Milestones")]:
        members = [one for one in plan.milestones if one.goal == goal or (goal is None and one.goal not in known)]
        if members:
            lines += ["", *flow((title, paint.bold)), *_milestones(members, plan, today, paint)]
    if risks := [risk for risk in plan.risks if risk.is_open]:
        lines += ["", paint.bold(count_words(len(risks), "open risk"))]
        for risk in risks:
            chance = "?" if risk.present_probability is None else f"{risk.present_probability * 100:.0f} %"
            lines += flow((f"  {chance:>5}  {risk.title}", paint.text), (f" {risk.id}", paint.dim), hang=9)
    if events := list(_events(plan, today, paint)):
        lines += ["", *events]
    return "".join(f"{line}\n" for line in lines)


def render_item_text(item: Item, plan: Plan, paint: Paint, outlook: Outlook | None = None) -> str:
    """What is to be expected of an item, every field of it, and where it is written."""
    lines = [*flow((plan.title_of(item.ref), paint.bold), (f"  {item.ref.kind} {item.ref.id}", paint.dim))]
    if outlook:
        lines.append(paint.text(f"{sure_words(outlook)}   {verdict_words(outlook)}"))
    for key, value in item.fields.items():
        lines += _field(key, value, paint)
    milestone = plan.milestone(item.ref.id) if item.ref.kind == "milestone" else None
    if milestone and milestone.tasks:
        lines += ["", paint.bold(count_words(len(milestone.tasks), "task"))]
        lines += [line for task in milestone.tasks for line in _task(task, plan, paint)]
    return "".join(f"{line}\n" for line in [*lines, "", paint.dim(item.place.path)])


def render_ids(plan: Plan) -> str:
    """Every id, with what it names and how that is called: one in a line. Ids and kinds are whole, titles as may be."""
    rows = [(escape_terminal(ref.id), ref.kind, escape_terminal(plan.title_of(ref))) for ref in plan.items]
    wide, kinds = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    heads = [f"{id:<{min(wide, _ID_ROOM)}}  {kind:<{kinds}}  " for id, kind, _ in rows]
    titles = [cut(title, WIDTH - len(head)) for head, (*_, title) in zip(heads, rows, strict=True)]
    return "".join(f"{head}{title}".rstrip() + "\n" for head, title in zip(heads, titles, strict=True))


def render_plan_json(plan: Plan) -> str:
    """Every item with its fields as written."""
    items = [item_record(item) for item in plan.items.values()]
    return to_json({"format": "milepost-plan", "version": 1, "title": plan.title, "items": items})


def item_record(item: Item) -> dict[str, object]:
    """One item as data."""
    return {"kind": item.ref.kind, "id": item.ref.id, "path": item.place.path, "fields": dict(item.fields)}


def _events(plan: Plan, today: date, paint: Paint) -> Iterator[str]:
    """One line each on the sprint that matters now, the last review and the last feedback."""
    if sprint := _sprint(plan, today):
        goal = f": {sprint.goal}" if sprint.goal else ""
        yield from flow((_sprint_words(sprint, today), paint.bold), (goal, paint.text), (f" {sprint.id}", paint.dim))
    if review := _last(plan.reviews):
        yield from flow((f"Last review {day_words(review.date)}", paint.bold), (f" {review.id}", paint.dim))
    if feedback := _last(plan.feedback):
        about = plan.title_of(feedback.about) if feedback.about else "something"
        head = f"Last feedback {day_words(feedback.date)}"
        yield from flow((head, paint.bold), (f" on {about}", paint.text), (f" {feedback.id}", paint.dim))


def _sprint(plan: Plan, today: date) -> Sprint | None:
    """The sprint under way, else the next one, else the last."""
    dated = sorted((one.end, one.id, one) for one in plan.sprints if one.end)
    return next((one for end, _, one in dated if end >= today), dated[-1][2] if dated else None)


def _sprint_words(sprint: Sprint, today: date) -> str:
    if sprint.start and sprint.start > today:
        return f"Next sprint from {day_words(sprint.start)}"
    over = sprint.end and sprint.end < today
    return f"{'Last sprint ended' if over else 'Sprint until'} {day_words(sprint.end)}"


def _last(events: Sequence[_Event]) -> _Event | None:
    return max(events, key=lambda one: (one.date or date.min, one.id), default=None)


def _milestones(milestones: list[Milestone], plan: Plan, today: date, paint: Paint) -> Iterator[str]:
    width = min(max(len(one.title) for one in milestones), 40)
    for one in sorted(milestones, key=_by_date):
        when = day_words(one.finish) if one.finish else _due(one)
        text = f"{MARKS[one.status]} {when:>11}  {cut(one.title, width):<{width}}"
        late = one.status.is_open and one.due and one.due.day and one.due.day < today
        note = "past its date" if late else ""
        owner = plan.person_name(one.owner) or ""
        mark = paint.late if late else paint.early if one.status is Status.DONE else paint.text
        details = "  ".join(part for part in (one.id, owner, note) if part)
        yield from flow((f"  {text}", mark), (f"  {details}", paint.dim), hang=_INDENT)


def _task(task: Task, plan: Plan, paint: Paint) -> Iterator[str]:
    effort = str(task.estimate) if task.estimate else "no estimate"
    details = (task.ref.id, effort, plan.person_name(task.owner) or "")
    told = "  ".join(filter(None, details))
    yield from flow((f"  {MARKS[task.status]} {task.title}", paint.text), (f"  {told}", paint.dim), hang=6)


def _due(one: Milestone) -> str:
    return (day_words(one.due.day) if one.due.day else one.due.written) if one.due else "no date"


def _by_date(one: Milestone) -> tuple[date, str]:
    return one.finish or (one.due.day if one.due and one.due.day else date.max), one.id


def _field(key: str, value: Value, paint: Paint) -> Iterator[str]:
    if isinstance(value, list) and value:
        yield f"  {paint.dim(key)}"
        for entry in value:
            yield from _entry(entry_words(key, "", entry), paint)
    elif isinstance(value, dict) and value and key in _BY_LINE:
        yield f"  {paint.dim(key)}"
        for name, entry in value.items():
            yield from _entry(entry_words(key, name, entry), paint)
    else:
        first, *more = textwrap.wrap(value_words(value, key), WIDTH - _INDENT, break_long_words=False) or [""]
        yield f"  {paint.dim(f'{key:<14}')} {paint.text(first)}"
        yield from (f"{'':{_INDENT}}{paint.text(line)}" for line in more)


def _entry(text: str, paint: Paint) -> Iterator[str]:
    lines = textwrap.wrap(text, WIDTH - 6, break_long_words=False) or [""]
    yield from (f"{'      ' if number else '    - '}{paint.text(line)}" for number, line in enumerate(lines))
