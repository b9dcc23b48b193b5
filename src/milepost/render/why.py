"""`milepost why`: where a date came from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from milepost.analyses.forecasts.outlook import Outlook
from milepost.analyses.slip import Slip
from milepost.analyses.why import Explanation
from milepost.model.due import Commitment, Due
from milepost.model.moves import Cause, Move
from milepost.model.work import Status
from milepost.render.chances import outlook_record, sure_words
from milepost.render.flow import flow
from milepost.render.moves import due_record, move_record
from milepost.render.paint import Paint
from milepost.render.story import effort_words, find_link, revision_record
from milepost.render.web import WebAddress
from milepost.render.words import count_words, day_words, revision_words, signed_days, to_json

WIDTH = 80
_VERBS = {Commitment.PROMISE: "promised for", Commitment.TARGET: "aimed at", Commitment.TENTATIVE: "tentatively"}


def render_why_text(
    explanation: Explanation,
    today: date,
    paint: Paint,
    outlook: Outlook | None = None,
    address: WebAddress | None = None,
) -> str:
    """The headline with what is to be expected, what was first said, every move with its reason, and since when.

    Last, where to read about them, if the repository's web address is known.
    """
    lines = _headline(explanation, paint, outlook)
    if slip := explanation.slip:
        lines += [*flow((_first(slip), paint.text)), *move_lines(slip.moves, paint, address=address)]
        lines += _age(explanation, slip, today)
    else:
        lines.append("It never had a date. To give it one: " + f"due: {paint.text('YYYY-MM-DD')} in its file.")
    lines += map(paint.text, _growth(explanation))
    lines += _where(explanation.slip, address, paint)
    return "".join(f"{line}\n" for line in lines)


def render_why_json(
    explanation: Explanation, today: date, address: WebAddress | None = None, outlook: Outlook | None = None
) -> str:
    """The same as data; days are calendar days, work is in hours of effort."""
    slip, growth = explanation.slip, explanation.growth
    last = (slip.moves[-1].revision if slip.moves else slip.said) if slip else None
    return to_json(
        {
            "format": "milepost-why",
            "version": 1,
            "kind": explanation.item.kind,
            "id": explanation.item.id,
            "title": explanation.title,
            "commitment": explanation.commitment,
            "status": explanation.status,
            "finished": explanation.finished.isoformat() if explanation.finished else None,
            "original": due_record(slip.original) if slip else None,
            "first_promise": due_record(slip.first_promise) if slip else None,
            "now": due_record(slip.now) if slip else None,
            "days": slip.days if slip else None,
            "moves": [{**move_record(move), "link": find_link(move.revision, address)} for move in slip.moves]
            if slip
            else [],
            "said": revision_record(slip.said, address) if slip else None,
            "since": last.day.isoformat() if last and last.day else None,
            "age_days": (today - last.day).days if last and last.day else None,
            "work": {
                "first": growth.first,
                "re_estimated": growth.re_estimated,
                "added": growth.added,
                "dropped": growth.dropped,
                "now": growth.now,
                "date_kept_by_dropping": explanation.is_kept_by_dropping,
            }
            if growth
            else None,
            "forecast": outlook_record(outlook) if outlook else None,
        }
    )


def _where(slip: Slip | None, address: WebAddress | None, paint: Paint) -> Iterator[str]:
    """The address of the last move, which shows what those of the others are; else of what was first said."""
    revision = (slip.moves[-1].revision if slip.moves else slip.said) if slip else None
    if revision and (link := find_link(revision, address)):
        yield from flow((f"{revision_words(revision)} is at {link}", paint.dim), hang=2)


def _age(explanation: Explanation, slip: Slip, today: date) -> list[str]:
    """For how long what is said now has been said, while it is still to be reached."""
    since = (slip.moves[-1].revision if slip.moves else slip.said).day
    is_over = explanation.status is not None and not explanation.status.is_open
    if slip.now is None or since is None or since > today or is_over:
        return []
    return [f"Said so since {day_words(since)}, for {count_words((today - since).days, 'day')}."]


def _headline(explanation: Explanation, paint: Paint, outlook: Outlook | None) -> list[str]:
    """What is said of the date, and what is to be expected of it: in a second line where that is long."""
    present = _present(explanation)
    expected = f"   {sure_words(outlook)}" if outlook else ""
    if len(explanation.title) + 3 + len(present) + len(expected) <= WIDTH:
        return [*flow((explanation.title, paint.bold), (f"   {present}{expected}", paint.text))]
    more = flow((expected.strip(), paint.text)) if expected else ()
    return [*flow((explanation.title, paint.bold), (f"   {present}", paint.text)), *more]


def _growth(explanation: Explanation) -> list[str]:
    """What became of the work, where anything did."""
    growth = explanation.growth
    if growth is None or not (growth.re_estimated or growth.added or growth.dropped):
        return []
    days = explanation.hours_a_day
    parts = [
        f"{'+' if hours > 0 else '−'}{effort_words(abs(hours), days)} {what}"
        for hours, what in (
            (growth.re_estimated, "re-estimated"), (growth.added, "added"), (-growth.dropped, "dropped")
        )
        if hours
    ]  # fmt: skip
    lines = [
        f"Work first {effort_words(growth.first, days)}, now {effort_words(growth.now, days)}: {', '.join(parts)}."
    ]
    if explanation.is_kept_by_dropping:
        lines.append(f"The date was kept by dropping {effort_words(growth.dropped, days)} of work.")
    return lines


def said_words(commitment: Commitment, due: Due | None) -> str:
    """`promised for 5 Apr 2027`, or `no date`."""
    return f"{_VERBS[commitment]} {due_words(due)}" if due else "no date"


def due_words(due: Due | None) -> str:
    """`5 Apr 2027`, or `2027-Q2 (30 Jun 2027)` where it was not written as a date."""
    if due is None:
        return "no date"
    if due.day is None:
        return f"{due.written} (no date)"
    return day_words(due.day) if due.written == due.day.isoformat() else f"{due.written} ({day_words(due.day)})"


def _present(explanation: Explanation) -> str:
    slip = explanation.slip
    if explanation.finished:
        return f"finished {day_words(explanation.finished)}" + _against(explanation)
    if not explanation.is_planned:
        return "no longer in the plan"
    if explanation.status is Status.DROPPED:
        return "dropped"
    if slip is None or slip.now is None:
        return "no date"
    return said_words(explanation.commitment, slip.now)


def _against(explanation: Explanation) -> str:
    slip, finished = explanation.slip, explanation.finished
    if not (slip and finished and slip.original.day):
        return ""
    days = (finished - slip.original.day).days
    if days == 0:
        return ", on the day first said"
    return f", {count_words(abs(days), 'day')} {'after' if days > 0 else 'before'} the day first said"


def _first(slip: Slip) -> str:
    said = f"First said {due_words(slip.original)}"
    if slip.said.day:
        said += f" (on {day_words(slip.said.day)}, by {slip.said_by.name})"
    if not slip.moves:
        return f"{said}. Not moved."
    times = {1: "once", 2: "twice"}.get(len(slip.moves), f"{len(slip.moves)} times")
    if slip.days is None:
        return f"{said}. Changed {times}:"
    total = f"{count_words(abs(slip.days), 'day')}{' earlier' if slip.days < 0 else ''}"
    return f"{said}. Moved {times}, {total}:"


def move_lines(
    moves: Sequence[Move], paint: Paint, days_of: Sequence[int | None] | None = None, address: WebAddress | None = None
) -> Iterator[str]:
    """A line for each move in columns that line up: days, category, reason, who, when, where.

    `days_of` are the days to tell of each, where they are not its own.
    """
    tails = _columns(
        [(_short_name(move, moves), day_words(move.revision.day), revision_words(move.revision)) for move in moves]
    )
    room = max(WIDTH - 25 - max((len(tail + where) for tail, where in tails), default=0), 20)
    for number, (move, (tail, where)) in enumerate(zip(moves, tails, strict=True)):
        days = days_of[number] if days_of else move.days
        amount = signed_days(days) if days is not None else _without_days(move)
        category, text = _reason(move)
        first, *rest = textwrap.wrap(text, room) or [""]
        mark = paint.days(days or 0, f"{amount:>7}")
        link = paint.link(where, find_link(move.revision, address))
        said = f"{paint.text(f'{category:<10}')}  {paint.text(f'{first:<{room}}')}"
        yield f"  {mark}  {said}  {paint.dim(tail)}{link}"
        yield from (f"{'':23}{paint.text(line)}" for line in rest)


def _columns(rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """What lines up, and what comes last."""
    names, days = (max((len(row[n]) for row in rows), default=0) for n in (0, 1))
    return [(f"{name:<{names}}  {day:>{days}}  ", where) for name, day, where in rows]


def _short_name(move: Move, moves: Sequence[Move]) -> str:
    """The first name, where it names one person here."""
    first = move.by.name.split(" ")[0]
    namesakes = {other.by.name for other in moves if other.by.name.split(" ")[0] == first}
    return first if len(namesakes) == 1 else move.by.name


def _without_days(move: Move) -> str:
    return "set" if move.old is None else "removed" if move.new is None else "?"


def _reason(move: Move) -> tuple[str, str]:
    if move.reason:
        return move.reason.category, move.reason.text
    if move.cause is Cause.CALENDAR:
        return "calendar", "the plan's calendar changed"
    if move.cause is Cause.RELEASE:
        return "release", "the release it names moved"
    return "—", "no reason given"
