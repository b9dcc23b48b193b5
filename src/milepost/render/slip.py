"""`milepost slip`: how far every date has moved, split into what moved it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from milepost.analyses.breakdown import UNEXPLAINED, Breakdown, total_by_category
from milepost.analyses.slip import Slip
from milepost.analyses.trend import Trend, measure_trend, said_dates
from milepost.model.item import Ref
from milepost.render.flow import WIDTH, flow
from milepost.render.paint import Paint
from milepost.render.why import due_words, move_lines
from milepost.render.words import count_words, day_words, signed_days

_MOST = 5  # remarks of one sort
_DATES = 48  # columns that the dates of a row take


@dataclass(frozen=True, slots=True)
class SlipReport:
    """The breakdowns to compare, with the title of each item; `about` is the one that was asked for.

    With a goal, the breakdowns are those of the milestones that serve it.
    """

    today: date
    breakdowns: tuple[Breakdown, ...]
    titles: Mapping[Ref, str]
    about: Breakdown | None = None

    @property
    def all(self) -> tuple[Breakdown, ...]:
        """All of them, the one asked for first, and each once."""
        return (self.about, *(one for one in self.breakdowns if one is not self.about)) if self.about else (
            self.breakdowns
        )  # fmt: skip


def render_slip_text(report: SlipReport, paint: Paint) -> str:
    """A line for each date, and what moved them all; with one item, every move of it."""
    if not report.all:
        return "No date was ever said.\n"
    lines = list(_detail(report.about, report, paint)) if report.about else []
    compared = [one for one in report.breakdowns if one is not report.about]
    if compared:
        lines += [*([""] if lines else []), *_table(compared, paint), *_promises(compared, paint), ""]
        lines += [*_totals(compared, paint), *_remarks(compared, report, paint)]
    return "".join(f"{line}\n" for line in lines)


def _detail(one: Breakdown, report: SlipReport, paint: Paint) -> Iterator[str]:
    """One date: each thing said of it, each accepted move, and what was not announced; they add up."""
    slip = one.slip
    yield from flow((report.titles.get(slip.item, slip.item.id), paint.bold))
    on = f", said on {day_words(slip.said.day)} by {slip.said_by.name}" if slip.said.day else ""
    yield from flow((f"  first said     {due_words(slip.original)}{on}", paint.text), hang=17)
    for name, due in (("first promise", slip.first_promise), ("last promise", slip.last_promise)):
        yield paint.text(f"  {name:<13}  {due_words(due) if due else 'never promised'}")
    yield paint.text(f"  now            {due_words(slip.now)}")
    yield f"  reached        {_end(slip) if _end(slip) != '–' else 'not yet'}"
    yield ""
    yield from move_lines([part.move for part in one.parts], paint, [part.days or part.move.days for part in one.parts])
    if slip.actual:
        words = "not announced: between the date last said and the day it was reached"
        yield f"  {_days(one.unannounced, paint, 7)}  {words}"
    yield f"  {paint.bold(f'{signed_days(one.total):>7}')}  in all"
    for words in filter(None, (_silence(one), _rolling(one), _heading(one, report.today))):
        sentence = f"{words[0].upper()}{words[1:]}."
        yield from (paint.text(line) for line in textwrap.wrap(sentence, WIDTH))


def _table(breakdowns: Sequence[Breakdown], paint: Paint) -> Iterator[str]:
    """A line for each date by its id, which other commands take: open ones by date, then reached, then dropped.

    An id that leaves no room for the dates has a line to itself.
    """
    ordered = sorted(breakdowns, key=_order)
    width = _id_width(ordered)
    yield paint.dim(f"{'':{width}}  {'first said':>11}  {'now':>11}  {'reached':>11}  {'slip':>7}")
    for one in ordered:
        slip = one.slip
        now = _day(slip.now.day if slip.now else None)
        row = f"{_day(slip.original.day):>11}  {now:>11}  {_end(slip):>11}"
        yield from _row(slip.item.id, width, f"{row}  {_days(one.total, paint, 7)}", paint)


def _promises(breakdowns: Sequence[Breakdown], paint: Paint) -> Iterator[str]:
    """What was promised, where anything was."""
    promised = [one for one in sorted(breakdowns, key=_order) if one.slip.first_promise]
    if not promised:
        return
    width = max(_id_width(promised), len("promises"))
    yield ""
    yield paint.dim(f"{'promises':{width}}  {'first':>11}  {'last':>11}  {'reached':>11}  {'slip':>7}")
    for one in promised:
        slip = one.slip
        first, last = (due.day if due else None for due in (slip.first_promise, slip.last_promise))
        end = slip.actual or last
        moved = _days((end - first).days, paint, 7) if first and end else f"{'?':>7}"
        yield from _row(
            slip.item.id, width, f"{_day(first):>11}  {_day(last):>11}  {_end(slip):>11}  {moved}", paint
        )  # fmt: skip


def _id_width(breakdowns: Sequence[Breakdown]) -> int:
    fitting = [len(one.slip.item.id) for one in breakdowns if len(one.slip.item.id) <= WIDTH - _DATES]
    return max(fitting, default=0)


def _row(id: str, width: int, dates: str, paint: Paint) -> Iterator[str]:
    if len(id) > width:
        yield paint.text(id)
    yield f"{paint.text(f'{id if len(id) <= width else str():{width}}')}  {dates}"


def _order(one: Breakdown) -> tuple[bool, bool, date, str]:
    slip = one.slip
    day = slip.actual or (slip.now.day if slip.now and slip.now.day else date.max)
    return slip.dropped is not None, slip.actual is not None, day, slip.item.id


def _totals(breakdowns: Sequence[Breakdown], paint: Paint) -> Iterator[str]:
    """What moved the dates, in days; they add up to the whole."""
    unannounced = sum(one.unannounced for one in breakdowns)
    moves = sum(len(one.parts) for one in breakdowns)
    yield f"{count_words(moves, 'accepted move')} of {count_words(len(breakdowns), 'date')}, by the reason given:"
    for category, days in total_by_category(breakdowns).items():
        words = "no reason given" if category == UNEXPLAINED else category
        yield f"  {_days(days, paint, 8)}  {words}"
    if unannounced:
        yield f"  {_days(unannounced, paint, 8)}  not announced: after the last date said"
    total = sum(one.total for one in breakdowns)
    yield f"  {paint.bold(f'{signed_days(total):>8}')}  in all"


def _remarks(breakdowns: Sequence[Breakdown], report: SlipReport, paint: Paint) -> Iterator[str]:
    """What deserves a look, the worst of each sort first, and how many more there are."""
    sorts: list[tuple[Callable[[Breakdown], str], Callable[[Breakdown], float]]] = [
        (partial(_heading, today=report.today), lambda one: -_slope(one)), (_rolling, lambda one: -len(one.parts)),
        (_silence, lambda one: -one.silent),
    ]  # fmt: skip
    for words, rank in sorts:
        found = sorted((one for one in breakdowns if words(one)), key=lambda one: (rank(one), one.slip.item.id))
        for one in found[:_MOST]:
            remark = f"{report.titles.get(one.slip.item, one.slip.item.id)}: {words(one)}."
            yield from (paint.text(line) for line in textwrap.wrap(remark, WIDTH, subsequent_indent="  "))
        if len(found) > _MOST:
            yield f"  and {len(found) - _MOST} more like these; --format json names them all"


def _silence(one: Breakdown) -> str:
    return f"the date passed {count_words(one.silent, 'day')} ago, and nothing was changed" if one.silent else ""


def _rolling(one: Breakdown) -> str:
    if not one.rolling:
        return ""
    return f"always about {count_words(one.rolling, 'day')} ahead, each time it was said"


def _heading(one: Breakdown, today: date) -> str:
    """Where an open date is heading, if that deserves attention."""
    trend = measure_trend(said_dates(one.slip))
    if trend is None or trend.colour == "green" or one.slip.actual or one.slip.dropped:
        return ""
    return trend_words(trend, today)


def _slope(one: Breakdown) -> float:
    trend = measure_trend(said_dates(one.slip))
    return trend.slope if trend else 0.0


def trend_words(trend: Trend, today: date) -> str:
    """Where an open date is heading, in a sentence without its full stop. A day that is past says nothing."""
    pace = trend.days_later(1, digits=2)
    way = "later" if pace >= 0 else "earlier"
    moves = f"moves {abs(pace):.2f} days {way} for each day that goes by (n = {trend.n})"
    if trend.slope >= 1:
        return f"{moves}; at that pace it is never reached"
    if trend.colour == "green" or not trend.meets or trend.meets <= today:
        return moves  # the line through a date that stands says less than the date does
    return f"{moves}; it would be reached on {day_words(trend.meets)}"


def _end(slip: Slip) -> str:
    return "dropped" if slip.dropped else _day(slip.actual)


def _days(days: int, paint: Paint, width: int) -> str:
    return paint.days(days, f"{signed_days(days):>{width}}")


def _day(day: date | None) -> str:
    return day_words(day) if day else "–"
