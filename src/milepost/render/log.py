"""`milepost log`: every accepted value of every field, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from milepost.model.calendar import parse_date
from milepost.model.history import Change, History, Identity, Unreadable
from milepost.render.paint import Paint
from milepost.render.words import change_words, day_words, signed_days, to_json_lines, value_words

LOG_VERSION = 1
_LONGEST = 120


def render_log_text(changes: Iterable[Change], paint: Paint) -> str:
    """Changes by commit and item, in the order given."""
    lines: list[str] = []
    for _, group in groupby(changes, key=lambda change: change.revision.id):
        if lines:
            lines.append("")
        lines += _commit(list(group), paint)
    return "".join(f"{line}\n" for line in lines)


def render_log_json(history: History, changes: Iterable[Change]) -> str:
    """One record per item, field and change; the format is in docs/log-json.md."""
    return to_json_lines(
        {"format": "milepost-log", "version": LOG_VERSION, "branch": history.branch, "tip": history.tip.id},
        {
            "changes": map(change_record, changes),
            "unreadable": map(_flaw, history.unreadable),
            "duplicate_keys": map(_flaw, history.duplicates),
        },
    )


def _commit(changes: list[Change], paint: Paint) -> Iterator[str]:
    revision = changes[0].revision
    head = f"{revision.short_id}  {day_words(revision.day)}  {revision.author.name}"
    yield f"{paint.bold(head)}  {paint.dim(revision.subject)}"
    for item, group in groupby(changes, key=lambda change: change.item):
        fields = list(group)
        yield f"  {paint.text(str(item))} {paint.dim(item.kind)}"
        width = max(len(change.field) for change in fields)
        for change in fields:
            yield f"    {paint.text(change.field.ljust(width))}  {_values(change, paint)}"
        yield from _whys(fields, paint)


def _values(change: Change, paint: Paint) -> str:
    if change.old is None:
        return paint.text(_shorten(value_words(change.new, change.field)))
    text = _shorten(change_words(change.old, change.new, change.field))
    old, new = parse_date(change.old), parse_date(change.new)
    if old is None or new is None:
        return paint.text(text)
    days = (new - old).days
    return f"{paint.text(text)}  {paint.days(days, signed_days(days))}"


def _whys(changes: list[Change], paint: Paint) -> Iterator[str]:
    """Who set the values, where that is not who accepted them; and the reason, unless `because` shows it."""
    names = dict.fromkeys(change.by.name for change in changes if change.by != change.accepted_by)
    if names:
        yield f"    {paint.dim('by ' + ', '.join(names))}"
    reasons = dict.fromkeys(change.reason for change in changes if change.reason)
    if not any(change.field == "because" for change in changes):
        for reason in reasons:
            yield f"    {paint.dim(f'because {reason.category}: {reason.text}')}"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def change_record(change: Change) -> dict[str, object]:
    """A change as data."""
    return {
        "kind": change.item.kind,
        "id": change.item.id,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "commit": change.revision.id,
        "date": change.revision.day.isoformat() if change.revision.day else None,
        "by": _person(change.by),
        "accepted_by": _person(change.accepted_by),
        "reason": {"category": change.reason.category, "text": change.reason.text} if change.reason else None,
        "subject": change.revision.subject,
        "path": change.path,
    }


def _person(identity: Identity) -> dict[str, str]:
    return {"name": identity.name, "email": identity.email}


def _flaw(flaw: Unreadable) -> dict[str, str]:
    return {"commit": flaw.revision.id, "path": flaw.path, "message": flaw.message}
