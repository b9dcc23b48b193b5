"""`milepost log`: every accepted value of every field, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from types import MappingProxyType

from milepost.model.calendar import parse_date
from milepost.model.history import Change, Revision
from milepost.model.item import Ref
from milepost.model.moves import Cause, Dated, Move, is_derived
from milepost.render.flow import flow
from milepost.render.paint import Paint
from milepost.render.words import change_words, day_words, signed_days, value_words

_LONGEST = 120


#: The move of a date that an accepted revision made, by revision and item.
Moves = Mapping[tuple[str, Ref], Move]


def render_log_text(
    changes: Iterable[Change],
    paint: Paint,
    moves: Iterable[Dated] = (),
    order: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """Changes by commit and item, in the order given. Moves tell the days that dates mean.

    A move through a release or the calendar, which is no change of the item, has a line of its own. `order` says where
    the revisions of such moves stand among the others: the highest number first.
    """
    told = {(move.revision.id, item): move for item, move, _ in moves}
    groups = {id: list(group) for id, group in groupby(changes, key=lambda change: change.revision.id)}
    revisions = {id: group[0].revision for id, group in groups.items()}
    revisions |= {move.revision.id: move.revision for move in told.values() if is_derived(move)}
    lines: list[str] = []
    for id in sorted(revisions, key=lambda id: -order[id]) if order else revisions:
        if lines:
            lines.append("")
        derived = [(item, move) for (commit, item), move in told.items() if commit == id and is_derived(move)]
        lines += _commit(revisions[id], groups.get(id, []), told, derived, paint)
    return "".join(f"{line}\n" for line in lines)


def _commit(
    revision: Revision, changes: list[Change], told: Moves, derived: list[tuple[Ref, Move]], paint: Paint
) -> Iterator[str]:
    head = f"{revision.short_id}  {day_words(revision.day)}  {revision.author.name}"
    yield from flow((head, paint.bold), (f"  {revision.subject}", paint.dim))
    for item, group in groupby(changes, key=lambda change: change.item):
        fields = list(group)
        yield from _name(item, paint)
        width = max(len(change.field) for change in fields)
        for change in fields:
            text, days = _values(change, told)
            amount = f"  {signed_days(days)}" if days is not None else ""
            field = f"    {change.field.ljust(width)}  "
            yield from flow((f"{field}{text}", paint.text), (amount, partial(paint.days, days or 0)), hang=len(field))
        yield from _whys(fields, paint)
    for item, move in derived:
        yield from _derived(item, move, paint)


def _name(item: Ref, paint: Paint) -> Iterator[str]:
    return flow((f"  {item}", paint.text), (f" {item.kind}", paint.dim))


def _values(change: Change, told: Moves) -> tuple[str, int | None]:
    """What became of a value, and the days by which a date moved."""
    move = told.get((change.revision.id, change.item)) if change.field == "due" else None
    if change.old is None:
        return _shorten(value_words(change.new, change.field)) + _meaning(move), None
    text = _shorten(change_words(change.old, change.new, change.field)) + _meaning(move)
    old, new = parse_date(change.old), parse_date(change.new)
    days = move.days if move else (new - old).days if old and new else None
    return text, days


def _meaning(move: Move | None) -> str:
    """The day that a release or a period means, where a date is written as one."""
    new = move.new if move else None
    return f" ({day_words(new.day)})" if new and new.day and new.written != new.day.isoformat() else ""


def _derived(item: Ref, move: Move, paint: Paint) -> Iterator[str]:
    """A move that no change of the item made."""
    written = move.new.written if move.new else ""
    through = f"release {written}" if move.cause is Cause.RELEASE else "the calendar"
    days = [day_words(due.day) if due else "no date" for due in (move.old, move.new)]
    amount = f"  {paint.days(move.days, signed_days(move.days))}" if move.days is not None else ""
    yield from _name(item, paint)
    yield f"    {paint.text(f'(due  {days[0]} → {days[1]}, through {through})')}{amount}"
    if move.reason:
        yield from flow((f"    because {move.reason.category}: {move.reason.text}", paint.dim), hang=6)


def _whys(changes: list[Change], paint: Paint) -> Iterator[str]:
    """Who set the values, where that is not who accepted them; and the reason, unless `because` shows it."""
    names = dict.fromkeys(change.by.name for change in changes if change.by != change.accepted_by)
    if names:
        yield from flow((f"    by {', '.join(names)}", paint.dim), hang=6)
    reasons = dict.fromkeys(change.reason for change in changes if change.reason)
    if not any(change.field == "because" for change in changes):
        for reason in reasons:
            yield from flow((f"    because {reason.category}: {reason.text}", paint.dim), hang=6)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
