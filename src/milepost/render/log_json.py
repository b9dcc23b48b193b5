"""`milepost log --format json`: one record per item, field and change; the format is in docs/log-json.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from json.encoder import encode_basestring as quote

from milepost.model.history import Change, History, Identity, Revision, Unreadable
from milepost.model.item import Ref, Value
from milepost.model.reason import Reason
from milepost.render.words import encode, to_json_lines

LOG_VERSION = 1


def render_log_json(
    history: History, changes: Iterable[Change], walk: str = "first-parent", derived: Iterable[object] = ()
) -> Iterator[str]:
    """Head and records, in pieces; those of one commit are side by side."""
    return to_json_lines(
        {
            "format": "milepost-log",
            "version": LOG_VERSION,
            "branch": history.branch,
            "tip": history.tip.id,
            "walk": walk,
        },
        {
            "changes": change_lines(changes),
            "derived_moves": map(encode, derived),
            "unreadable": (encode(_flaw(flaw)) for flaw in history.unreadable),
            "duplicate_keys": (encode(_flaw(flaw)) for flaw in history.duplicates),
        },
    )


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
        "reason": _reason(change.reason),
        "subject": change.revision.subject,
        "path": change.path,
    }


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """The same records as JSON. What changes of a commit and of an item have in common is encoded once."""
    text, item_part, person = cache(quote), cache(_item_part), cache(_person_part)
    shared: tuple[object, ...] = ()  # that the last change was made with
    end = ""
    for item, field, old, new, revision, path, by, reason in changes:
        if not shared or not (revision is shared[0] and path is shared[1] and by is shared[2] and reason is shared[3]):
            shared = revision, path, by, reason
            end = (
                f'{_commit_part(revision)}, "by": {person(by)}, "accepted_by": {person(revision.author)}, '
                f'"reason": {_reason_part(reason)}, "subject": {quote(revision.subject)}, "path": {text(path)}}}'
            )
        before = quote(old) if isinstance(old, str) else _value(old)
        after = quote(new) if isinstance(new, str) else _value(new)
        yield f'{{{item_part(item)}, "field": {text(field)}, "old": {before}, "new": {after}, {end}'


def _item_part(item: Ref) -> str:
    return f'"kind": {quote(item.kind)}, "id": {quote(item.id)}'


def _commit_part(revision: Revision) -> str:
    day = f'"{revision.day.isoformat()}"' if revision.day else "null"
    return f'"commit": "{revision.id}", "date": {day}'


def _person_part(person: Identity) -> str:
    return encode(_person(person))


def _reason_part(reason: Reason | None) -> str:
    return encode(_reason(reason))


def _value(value: Value | None) -> str:
    """As `encode` does it, which prepares for each value anew."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return "{" + ", ".join([f"{quote(key)}: {_value(entry)}" for key, entry in value.items()]) + "}"
    return "null" if value is None else "[" + ", ".join(map(_value, value)) + "]"


def _person(identity: Identity) -> dict[str, str]:
    return {"name": identity.name, "email": identity.email}


def _reason(reason: Reason | None) -> dict[str, str] | None:
    return {"category": reason.category, "text": reason.text} if reason else None


def _flaw(flaw: Unreadable) -> dict[str, str]:
    return {"commit": flaw.revision.id, "path": flaw.path, "message": flaw.message}
