"""`milepost why ID.FIELD`: every value of one field, with who, why and where to read about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from milepost.analyses.story import Step, Story
from milepost.model.history import Revision
from milepost.model.item import Value
from milepost.model.moves import Cause
from milepost.render.flow import flow
from milepost.render.paint import Paint
from milepost.render.web import WebAddress
from milepost.render.words import (
    change_words,
    count_words,
    day_words,
    pull_request,
    revision_words,
    signed_days,
    to_json,
    value_words,
)  # fmt: skip


def render_story_text(story: Story, today: date, address: WebAddress | None, paint: Paint) -> str:
    """The present value and its age, then each step: what became of the value, why, who, when, where."""
    lines = [*flow((story.title, paint.bold), (f"   {story.field} {_value(story.now, story)}", paint.text))]
    lines.append(_age(story, today))
    for step in story.steps:
        lines += ["", *_step(step, story, address, paint)]
    return "".join(f"{line}\n" for line in lines)


def render_story_json(story: Story, today: date, address: WebAddress | None) -> str:
    """The same as data; days are calendar days."""
    since = story.steps[-1].revision.day
    return to_json(
        {
            "format": "milepost-why-field",
            "version": 1,
            "kind": story.item.kind,
            "id": story.item.id,
            "title": story.title,
            "field": story.field,
            "now": story.now,
            "since": since.isoformat() if since else None,
            "age_days": story.age(today),
            "steps": [_record(step, address) for step in story.steps],
        }
    )


def find_link(revision: Revision, address: WebAddress | None) -> str | None:
    """Where to read about a revision: its pull request, else its commit; None where no web address is known."""
    if address is None:
        return None
    number = pull_request(revision)
    return (address.pull_request(number) if number else None) or address.commit(revision.id)


def revision_record(revision: Revision, address: WebAddress | None) -> dict[str, str | None]:
    """A revision as data."""
    return {
        "commit": revision.id,
        "date": revision.day.isoformat() if revision.day else None,
        "subject": revision.subject,
        "link": find_link(revision, address),
    }


def effort_words(hours: float, hours_a_day: float) -> str:
    """Effort in days, such as `2.5d`."""
    return f"{round(hours / hours_a_day, 1):g}d"


def _age(story: Story, today: date) -> str:
    days = story.age(today)
    since = day_words(story.steps[-1].revision.day)
    return f"It has stood since {since}" + (
        f", for {count_words(days, 'day')}." if days is not None and days >= 0 else "."
    )


def _step(step: Step, story: Story, address: WebAddress | None, paint: Paint) -> Iterator[str]:
    revision = step.revision
    where = f"{day_words(revision.day)}  {step.by.name}  {revision_words(revision)}"
    yield from flow((where, paint.bold), (f"  {revision.subject}", paint.dim))
    days = step.days or 0
    amount = f"  {signed_days(days)}" if step.days is not None else ""
    yield from flow((f"  {_became(step, story)}", paint.text), (amount, partial(paint.days, days)))
    if why := _why(step, story):
        yield from flow((f"  {why}", paint.text))
    if step.by != revision.author:
        yield f"  {paint.dim(f'accepted by {revision.author.name}')}"
    if link := find_link(revision, address):
        yield f"  {paint.dim(link)}"


def _became(step: Step, story: Story) -> str:
    meaning = f" ({day_words(step.day)})" if step.day and step.day.isoformat() != step.new else ""
    if step.old is not None and step.old == step.new:
        return f"{value_words(step.new, story.field)} became {day_words(step.day)}"
    return change_words(step.old, step.new, story.field) + meaning


def _why(step: Step, story: Story) -> str:
    through = {Cause.RELEASE: "the release that it names moved", Cause.CALENDAR: "the plan's calendar changed"}
    said = f"{step.reason.category}: {step.reason.text}" if step.reason else ""
    if step.cause is not Cause.CHANGE:
        return f"{through[step.cause]}; {said}" if said else through[step.cause]
    return said or ("no reason given" if step is not story.steps[0] else "")


def _value(value: Value | None, story: Story) -> str:
    return "nothing" if value is None else value_words(value, story.field)


def _record(step: Step, address: WebAddress | None) -> dict[str, object]:
    revision = step.revision
    return {
        "old": step.old,
        "new": step.new,
        "day": step.day.isoformat() if step.day else None,
        "days": step.days,
        "cause": step.cause,
        "reason": {"category": step.reason.category, "text": step.reason.text} if step.reason else None,
        "by": {"name": step.by.name, "email": step.by.email},
        "accepted_by": {"name": revision.author.name, "email": revision.author.email},
        **revision_record(revision, address),
    }
