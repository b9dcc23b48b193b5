"""`milepost backlog`: open work in order, with when each item is likely to be reached."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from datetime import date

from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.sprints.backlog import Backlog, Method, Waiting
from milepost.analyses.sprints.resampling import FEWEST
from milepost.model.item import Ref
from milepost.model.percent import whole_percent
from milepost.model.plan import Plan
from milepost.render.flow import WIDTH, cut
from milepost.render.forecast_json import focus_record
from milepost.render.foundations import estimates_line, focus_line
from milepost.render.log_csv import harmless
from milepost.render.paint import Paint
from milepost.render.points import point_record, points_remarks
from milepost.render.sprint_words import amount_number, amount_words, size_words, unit_word
from milepost.render.words import MONTHS, count_words, to_json

_MUSTS = 0.6  # of effort at most, so that something can give (DSDM)
COLUMNS = ("place", "id", "title", "priority", "size", "owner", "begins", "ends", "sure")


def render_backlog_text(backlog: Backlog, plan: Plan, known: Experience, paint: Paint, about: Ref | None = None) -> str:
    """A line for each item, then how its days were found and what share the musts have. `about`: whose items."""
    if not backlog.entries:
        return f"Nothing is left to do in {paint.text(about.id) if about else 'this plan.'}\n"
    heads = ("likely by", "sure by") if backlog.method is Method.SPRINTS else ("begins", "done")
    lines = [paint.dim(f"{'':4}  {'':6}  {'size':>6}  {heads[0]:>9}  {heads[1]:>9}")]
    lines += [_row(one, backlog.method, plan, paint) for one in backlog.entries]
    lines.append("")
    for sentence in _remarks(backlog, plan, known, is_all=about is None):
        lines += textwrap.wrap(sentence, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def render_backlog_json(backlog: Backlog, plan: Plan, known: Experience) -> str:
    """The same as data. Amounts are days of work, or points."""
    return to_json(
        {
            "format": "milepost-backlog",
            "version": 1,
            "unit": unit_word(backlog.unit),
            "method": backlog.method,
            "n": backlog.velocity.n,
            "focus": focus_record(known),
            "hours_a_point": point_record(known.point),
            "total": amount_number(backlog.total.measure(backlog.unit), backlog.unit, plan.calendar),
            "without_estimate": backlog.total.unknown,
            "shares": {name or "none": round(share, 6) for name, share in backlog.shares.items()},
            "sprints": {"likely": backlog.likely, "sure": backlog.sure},
            "items": list(_records(backlog, plan)),
        }
    )


def render_backlog_csv(backlog: Backlog, plan: Plan) -> str:
    """A line for each item, for a spreadsheet. Text that one would run as a formula is kept text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in _records(backlog, plan):
        writer.writerow([harmless(str(record[name] or "")) for name in COLUMNS])
    return out.getvalue()


def _row(one: Waiting, method: Method, plan: Plan, paint: Paint) -> str:
    first, last = (one.ends, one.sure) if method is Method.SPRINTS else (one.begins, one.ends)
    size = size_words(one.size, plan.calendar)
    left = f"{one.place:>4}  {one.piece.priority or '':6}  {size:>6}  {_day(first):>9}  {_day(last):>9}  "
    name = cut(one.piece.ref.id, WIDTH - len(left))
    room = WIDTH - len(left) - len(name) - 2
    title = paint.dim(cut(one.piece.work.title, room)) if room > 8 else ""
    return f"{paint.text(left + name)}  {title}".rstrip()


def _day(day: date | None) -> str:
    """`5 Apr 27`: short, because two of them stand in every line."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year % 100:02}" if day else "–"


def _remarks(backlog: Backlog, plan: Plan, known: Experience, is_all: bool) -> Iterator[str]:
    n = backlog.velocity.n
    match backlog.method:
        case Method.SPRINTS:
            order = "each item after what it waits for"
            yield f"Days: at the pace of {n} past sprints, drawn at random, {order}; sure means 80 %."
        case Method.SCHEDULE:
            yield f"Days: a schedule in this order, at even odds. {_until_pace(n)}"
            yield f"{estimates_line(known)} {focus_line(known)}"
        case Method.CYCLE:
            yield "No days: some work waits for itself. `milepost check --rule dependency-cycle` says which."
        case Method.NONE:
            yield f"No days: points become time by past sprints, and {n} of {FEWEST} with points are over."
    if backlog.method in (Method.SCHEDULE, Method.NONE):
        yield from points_remarks(plan, [one.piece.ref for one in backlog.entries], known.point)
    if any(one.piece.work.started and one.size.hours for one in backlog.entries):
        yield "Sizes: of what has begun, what is likely left."
    if unknown := backlog.total.unknown:
        has, them = ("has", "it") if unknown == 1 else ("have", "them")
        yield f"{count_words(unknown, 'item')} {has} no estimate and no day; what is after {them} may come later."
    if backlog.likely:
        sure = f"80 % sure within {backlog.sure}" if backlog.sure else "no number is 80 % sure"
        yield f"All of it: likely {count_words(backlog.likely, 'sprint')}, {sure} (drawn from {n} past sprints)."
    if backlog.shares:
        total = amount_words(backlog.total.measure(backlog.unit), backlog.unit, plan.calendar)
        parts = [
            f"{name or 'without a priority'} {whole_percent(share, most=(_MUSTS,) if name == 'must' else ())}%"
            for name, share in backlog.shares.items()
        ]
        is_much = is_all and backlog.shares.get("must", 0) > _MUSTS  # a part may well be all musts
        verdict = f", above the {_MUSTS:.0%} that musts should be at most" if is_much else ""
        yield f"Effort: {total}, of it {', '.join(parts)}{verdict}."


def _until_pace(n: int) -> str:
    if n >= FEWEST:
        return f"The {n} sprints that are over finished nothing, so they have no pace."
    return f"From {FEWEST} past sprints on ({n} so far), by their pace."


def _records(backlog: Backlog, plan: Plan) -> Iterator[dict[str, object]]:
    for one in backlog.entries:
        piece = one.piece
        yield {
            "place": one.place,
            "id": piece.ref.id,
            "title": piece.work.title,
            "priority": piece.priority,
            "milestone": piece.milestone.id,
            "owner": piece.owner,
            "size": None if one.size.unknown else size_words(one.size, plan.calendar),
            "begins": one.begins.isoformat() if one.begins else None,
            "ends": one.ends.isoformat() if one.ends else None,
            "sure": one.sure.isoformat() if one.sure else None,
        }
