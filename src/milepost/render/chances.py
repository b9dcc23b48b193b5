"""How likely something is, in the words and the data that every report uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milepost.analyses.forecasts.outlook import SURE, Basis, Outlook, chance_percent
from milepost.analyses.scoring import Interval
from milepost.analyses.sizes import Gap
from milepost.model.item import Ref
from milepost.model.percent import whole_percent
from milepost.render.moves import due_record
from milepost.render.words import day_words
from milepost.rules.wording import listing

_NAMED = 3  # of items that stand in a sentence
MOST, LEAST = 95, 5  # percent: beyond, nobody can know

_FAR = "not in 100 years"
_MOST_DAYS = 9999  # working days: more is no plan


def chance_words(outlook: Outlook) -> str:
    """`71 %`, `>95 %` or `<5 %`; `–` where there is no date, or no forecast."""
    return percent_words(outlook.chance)


def percent_words(chance: float | None) -> str:
    """The same of a chance from 0 to 1."""
    if chance is None:
        return "–"
    percent = chance_percent(chance)
    return f">{MOST} %" if percent > MOST else f"<{LEAST} %" if percent < LEAST else f"{percent} %"


def sure_words(outlook: Outlook) -> str:
    """`80 % sure by 9 Apr 2027   71 % likely`, or why there is no forecast."""
    if outlook.basis is Basis.NOTHING:
        return "no forecast"
    likely = f"   {chance_words(outlook)} likely" if outlook.chance is not None and not outlook.is_past else ""
    day = outlook.day(SURE)
    return f"80 % sure by {day_words(day)}{likely}" if day else f"not 80 % sure {_FAR.removeprefix('not ')}{likely}"


def far_words(day: date | None) -> str:
    """A day, if there is a calendar for it."""
    return day_words(day) if day else _FAR


def verdict_words(outlook: Outlook) -> str:
    """The word for how a date stands; that a date has passed says more than how likely it was."""
    return f"{outlook.verdict} (past)" if outlook.is_past else str(outlook.verdict)


def missing_words(missing: Sequence[Ref]) -> str:
    """`importer/schema, importer/reader and 3 more`."""
    names = [ref.id for ref in missing[:_NAMED]]
    if len(missing) > _NAMED:
        return f"{', '.join(names)} and {len(missing) - _NAMED} more"
    return listing(names)


def reason_words(outlook: Outlook) -> str:
    """Why there is no forecast of an item, without its name and the full stop."""
    reasons = [_gap_words(outlook, gap) for gap in Gap if gap in outlook.missing.values()]
    if outlook.due and outlook.due.day is None:
        reasons.append(f"a date, {outlook.due}, that is no day")
    return ", and ".join(reasons) or "neither an estimate nor a date"


def _gap_words(outlook: Outlook, gap: Gap) -> str:
    """`a and b have no estimate`; of the item itself only `no estimate`."""
    items = [item for item, one in outlook.missing.items() if one is gap]
    own, one = items == [outlook.item], len(items) == 1
    has, are = ("has ", "is ") if one else ("have ", "are ")
    who = "" if own else f"{missing_words(items)} "
    match gap:
        case Gap.NO_ESTIMATE:
            return f"{who}{'' if own else has}no estimate"
        case Gap.POINTS:
            return f"{who}{'' if own else are}in points, and nobody knows how long a point takes"
        case Gap.UNCLEAR:
            return f"{who}{'' if own else has}an estimate of nothing, or one that goes downwards"


def plausible_words(interval: Interval, meant: float | None = None) -> str:
    """`plausibly 61% to 79%`; never the share that it is `meant` to be, nor beyond it, where it is not."""
    bounds = () if meant is None else (meant,)
    low, high = (whole_percent(end, least=bounds, most=bounds) for end in interval)
    return f"plausibly {low}% to {high}%"


def signed_working_days(days: float) -> str:
    """`+3.2 d`, `−0.4 d`, `0 d`."""
    words = working_days(abs(days))
    return words if words == "0 d" else f"{'+' if days > 0 else '−'}{words}"


def working_days(days: float) -> str:
    """Working days to a tenth: `3.2 d`."""
    rounded = round(days, 1)
    return ">9,999 d" if rounded > _MOST_DAYS else f"{rounded:.1f} d" if rounded else "0 d"


def outlook_record(one: Outlook) -> dict[str, object]:
    """What is expected of one date."""
    return {
        "kind": one.item.kind,
        "id": one.item.id,
        "title": one.title,
        "due": due_record(one.due),
        "commitment": one.commitment,
        "basis": one.basis,
        "verdict": one.verdict,
        "past": one.is_past,
        "days": {f"p{round(p * 100)}": _day(bound.day) for p, bound in one.days.items()},
        "days_between": {
            f"p{round(p * 100)}": [_day(bound.earliest), _day(bound.latest)]
            for p, bound in one.days.items()
            if bound.earliest
        },
        "working_days": {
            f"p{round(p * 100)}": round(bound.position, 2)
            for p, bound in one.days.items()
            if bound.position is not None
        },
        "chance": round(one.chance, 3) if one.chance is not None else None,
        "chance_error": round(one.error, 3),
        "without_limits_of_people": {f"p{round(SURE * 100)}": _day(one.unlimited.day)} if one.unlimited else None,
        "not_estimated": {str(item): gap for item, gap in one.missing.items()},
        "drawn_from_others": [str(item) for item in one.drawn],
        "n": one.n or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
