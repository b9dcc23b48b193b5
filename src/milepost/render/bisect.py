"""`milepost bisect`: every accepted change after which a condition gave another answer."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.analyses.bisect import Bisection, Flip
from milepost.conditions.evaluate import Answer
from milepost.render.flow import flow
from milepost.render.log_json import change_record
from milepost.render.paint import Paint
from milepost.render.words import change_words, count_words, day_words, revision_words, to_json

_SHOWN = 4  # changes of one flip
_HANG = 11  # columns of what belongs to a flip


def render_bisect_text(found: Bisection, paint: Paint) -> str:
    """What the condition says now, and each flip with the changes that made it, latest first."""
    lines = list(flow((found.condition.text, paint.bold), (f"   {_now(found)}", paint.text)))
    if not found.flips:
        lines.append(f"It said the same in {count_words(found.versions, 'version')}.")
    for flip in found.flips:
        lines += ["", *_flip(flip, paint)]
    return "".join(f"{line}\n" for line in lines)


def render_bisect_json(found: Bisection) -> str:
    """The same as data."""
    return to_json(
        {
            "format": "milepost-bisect",
            "version": 1,
            "condition": found.condition.text,
            "now": _answer_record(found.now),
            "flips": [
                {
                    "before": _answer_record(flip.before),
                    "after": _answer_record(flip.after),
                    "commit": flip.revision.id,
                    "date": flip.revision.day.isoformat() if flip.revision.day else None,
                    "subject": flip.revision.subject,
                    "changes": [change_record(change) for change in flip.changes],
                }
                for flip in found.flips
            ],
        }
    )


def _now(found: Bisection) -> str:
    since = found.flips[0].revision.day if found.flips else None
    words = _words(found.now)
    return f"{words} since {day_words(since)}" if since else words


def _words(answer: Answer) -> str:
    if answer.value is None:
        return f"not known: {answer.unknown}"
    return "true" if answer.value else "false"


def _flip(flip: Flip, paint: Paint) -> Iterator[str]:
    revision = flip.revision
    became = "not known" if flip.after.value is None else "true" if flip.after.value else "false"
    head = f"{became:<9}  {day_words(revision.day):>11}  {revision_words(revision):<7}  {revision.author.name}"
    yield from flow((head, paint.bold), (f"  {revision.subject}", paint.dim), hang=_HANG)
    if flip.after.unknown:
        yield from flow((f"{'':{_HANG}}{flip.after.unknown}", paint.text), hang=_HANG + 2)
    if flip.is_first:
        return
    for change in flip.changes[:_SHOWN]:
        words = change_words(change.old, change.new, change.field)
        yield from flow((f"{'':{_HANG}}{change.item}: {change.field} {words}", paint.text), hang=_HANG + 2)
    if len(flip.changes) > _SHOWN:
        yield f"{'':{_HANG}}and {count_words(len(flip.changes) - _SHOWN, 'further change')}"
    for reason in dict.fromkeys(change.reason for change in flip.changes if change.reason):
        yield from flow((f"{'':{_HANG}}because {reason.category}: {reason.text}", paint.dim), hang=_HANG + 2)


def _answer_record(answer: Answer) -> dict[str, object]:
    return {"value": answer.value, "unknown": answer.unknown}
