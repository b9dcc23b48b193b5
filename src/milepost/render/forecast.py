"""`milepost forecast`: how likely each date is, and what drives it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from milepost.analyses.forecasts.drivers import Detail, Driver, Kind
from milepost.analyses.forecasts.forecast import Forecast
from milepost.analyses.forecasts.outlook import SURE, Basis, Bound, Outlook, Verdict
from milepost.model.due import Commitment
from milepost.model.item import Ref
from milepost.model.percent import whole_percent
from milepost.model.plan import Plan
from milepost.render.chances import (
    chance_words,
    far_words,
    missing_words,
    reason_words,
    signed_working_days,
    sure_words,
    verdict_words,
)
from milepost.render.flow import WIDTH, cut, flow
from milepost.render.foundations import foundation_lines
from milepost.render.paint import Paint
from milepost.render.why import due_words, said_words
from milepost.render.words import count_words, day_words

_ID = 34  # letters of an id in a table, at most
_SHOWN = 12  # lines of a list
_RARE = 0.05  # share of all runs: what is less is not told
_LEAST = 0.05  # working days: what is less is told as nothing
_ROWS = {0.1: "10 % by", 0.5: "50 % by", 0.8: "80 % sure by", 0.95: "95 % sure by"}


def render_forecast_text(forecast: Forecast, paint: Paint) -> str:
    """A line for each date, promises first; then what has no forecast, and what all of it rests on."""
    if not forecast.outlooks:
        return "Nothing is open, so there is nothing to forecast.\n"
    lines = [*_table(forecast.outlooks, paint), ""]
    for note in (*_reasons(forecast.outlooks), *foundation_lines(forecast)):
        lines += _wrap(note, paint)
    return "".join(f"{line}\n" for line in lines)


def render_outlook_text(forecast: Forecast, outlook: Outlook, detail: Detail | None, plan: Plan, paint: Paint) -> str:
    """One date in full."""
    lines = [*headline(outlook, paint), ""]
    lines += _days(outlook, paint) if outlook.days else _wrap(f"No forecast: {reason_words(outlook)}.", paint)
    if detail and outlook.day(SURE):
        lines += [*_drivers(detail, plan, paint), *_paths(detail, plan, paint), *_starts(forecast, detail, plan, paint)]
    lines.append("")
    for note in foundation_lines(forecast, outlook):
        lines += _wrap(note, paint)
    return "".join(f"{line}\n" for line in lines)


def headline(one: Outlook, paint: Paint) -> Iterator[str]:
    """`Public beta   promised for 5 Apr 2027   80 % sure by 9 Apr 2027   71 % likely`, in two lines if it is long."""
    rest = f"{said_words(one.commitment, one.due)}   {sure_words(one)}"
    if len(one.title) + 3 + len(rest) <= WIDTH:
        yield f"{paint.bold(one.title)}   {paint.text(rest)}"
    else:
        yield from (*flow((one.title, paint.bold), hang=2), paint.text(rest))


def _table(outlooks: Sequence[Outlook], paint: Paint) -> Iterator[str]:
    days = {one.item: _sure_day(one) for one in outlooks}
    column = max(len("80 % sure by"), *map(len, days.values()))
    room = WIDTH - column - max(len(_verdict(one)) for one in outlooks) - 27  # the other columns, and gaps
    width = min(_ID, room, max(len(one.item.id) for one in outlooks))
    yield paint.dim(f"{'':{width + 2}}  {'due':>11}  {'80 % sure by':>{column}}  {'likely':>6}")
    others = "Other milestones" if any(_group(one) == 0 for one in outlooks) else "Milestones"
    group = -1
    for one in outlooks:
        if group != (group := _group(one)):
            yield paint.bold(("Promises", others, "Goals")[group])
        due = day_words(one.due.day) if one.due and one.due.day else "–"
        row = f"  {cut(one.item.id, width):{width}}  {due:>11}  {days[one.item]:>{column}}  {chance_words(one):>6}"
        yield f"{paint.text(row)}  {_mark(one, paint)}".rstrip()


def _sure_day(one: Outlook) -> str:
    return "no forecast" if one.basis is Basis.NOTHING else far_words(one.day(SURE))


def _group(one: Outlook) -> int:
    return 2 if one.item.kind == "goal" else int(one.commitment is not Commitment.PROMISE)


def _verdict(one: Outlook) -> str:
    return "" if one.verdict in (Verdict.NO_FORECAST, Verdict.NO_DATE) else verdict_words(one)


def _mark(one: Outlook, paint: Paint) -> str:
    if not _verdict(one):
        return ""
    return (paint.early if one.verdict is Verdict.ON_TRACK else paint.late)(_verdict(one))


def _reasons(outlooks: Sequence[Outlook]) -> Iterator[str]:
    """Why some have no forecast, said once for all that wait for the same."""
    groups: dict[str, list[Ref]] = {}
    for one in outlooks:
        if one.basis is Basis.NOTHING:
            groups.setdefault(reason_words(one), []).append(one.item)
    for reason, items in groups.items():
        yield f"No forecast of {missing_words(items)}: {reason}."


def _days(one: Outlook, paint: Paint) -> Iterator[str]:
    for p, words in _ROWS.items():
        yield paint.text(f"  {words:<13} {far_words(one.day(p)):>11}{_error(one.days[p])}")
    if one.unlimited and one.unlimited.day != one.day(0.8):
        yield paint.text(f"  If nobody's time were limited: 80 % sure by {far_words(one.unlimited.day)}.")
    if one.is_past and one.due and one.due.day:
        yield paint.text(f"  {day_words(one.due.day)} has passed. To give it a new date, with the reason:")
        yield paint.text(f"    milepost set {one.item.id} due=DATE --because 'estimate: …'")
    elif one.due and one.due.day is None:
        yield from flow(
            (f"  {one.due} names no day, and no release of this plan: nobody can say how likely it is.", paint.text)
        )
    elif one.chance is not None and one.due:
        error = f" (± {max(1, round(one.error * 100))} %, as runs are finite)" if one.error else ""
        yield paint.text(f"  {verdict_words(one)}: {due_words(one.due)} is {chance_words(one)} likely{error}.")
    if one.day(SURE) is None:
        yield paint.text("  So much work, or so little time for it, is hardly meant: look for a mistake")
        yield paint.text("  in estimates, impacts, `away` and `closed`.")


def _error(bound: Bound) -> str:
    if bound.day is None or bound.earliest is None or bound.latest is None:
        return ""
    error = max((bound.latest - bound.day).days, (bound.day - bound.earliest).days)
    return f"  ± {error} d" if error else ""


def _drivers(detail: Detail, plan: Plan, paint: Paint) -> Iterator[str]:
    shown = [one for one in detail.drivers if abs(one.days) >= _LEAST]
    if not shown:
        return
    yield from ("", paint.bold("What drives it"))
    yield paint.dim("Working days that each adds to the day we are 80 % sure of; an estimate, as far")
    yield paint.dim("as it may take more than its middle. They overlap, so there is no sum.")
    rows = [(signed_working_days(one.days), *_driver_words(one, plan)) for one in shown[:_SHOWN]]
    width = _width([id for _, _, id, _ in rows], 34)
    for driver, (days, kind, id, text) in zip(shown, rows, strict=False):
        rest = cut(f"{kind:<8}  {cut(id, width):{width}}  {text}", WIDTH - 4 - max(8, len(days)))
        yield f"  {paint.days(round(driver.days), f'{days:>8}')}  {paint.text(rest)}"
    yield from _more(shown, paint)


def _driver_words(one: Driver, plan: Plan) -> tuple[str, str, str]:
    match one.kind:
        case Kind.RISK:
            return "risk", one.item.id, plan.title_of(one.item)
        case Kind.MITIGATION:
            return "not done", one.item.id, one.text
        case Kind.ESTIMATE:
            return "estimate", one.item.id, plan.title_of(one.item)
        case Kind.GROWTH:
            return "growth", one.item.id, "work nobody has written down yet"


def _paths(detail: Detail, plan: Plan, paint: Paint) -> Iterator[str]:
    shown = [one for one in detail.paths if one.criticality >= _RARE]
    if not shown:
        return
    yield from ("", paint.bold("What it hangs on"))
    yield paint.dim("In how many of the runs it is on the driving path.")
    width = _width([one.item.id for one in shown[:_SHOWN]], 40)
    for one in shown[:_SHOWN]:
        text = f"{cut(one.item.id, width):{width}}  {plan.title_of(one.item)}"
        yield f"  {whole_percent(one.criticality, least=(1,)):>6} %  {paint.text(cut(text, WIDTH - 12))}"
    yield from _more(shown, paint)


def _starts(forecast: Forecast, detail: Detail, plan: Plan, paint: Paint) -> Iterator[str]:
    if not detail.starts:
        return
    yield from ("", paint.bold(f"Start by, to be {forecast.settings.confidence * 100:g} % sure of the date"))
    shown = detail.starts[:_SHOWN]
    width = _width([one.item.id for one in shown], 34)
    for one in shown:
        late = f"  {count_words(one.late, 'working day')} ago" if one.late else ""
        text = f"{cut(one.item.id, width):{width}}  {plan.title_of(one.item)}"
        yield f"  {day_words(one.day):>11}  {paint.text(cut(text, WIDTH - 15 - len(late)))}{paint.late(late)}"
    yield from _more(detail.starts, paint)


def _more(every: Sequence[object], paint: Paint) -> Iterator[str]:
    if len(every) > _SHOWN:
        yield paint.dim(f"  and {len(every) - _SHOWN} more: --format json")


def _width(ids: Sequence[str], most: int) -> int:
    return min(most, max(map(len, ids)))


def _wrap(text: str, paint: Paint) -> list[str]:
    lines = textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return [paint.text(line) for line in lines]
