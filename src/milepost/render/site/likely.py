"""How likely dates are, in the words of the pages: a status for each milestone, and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from milepost.analyses.forecasts.outlook import EVEN, SURE, Basis, Outlook, Verdict
from milepost.analyses.roadmap import Entry
from milepost.analyses.sizes import Gap
from milepost.model.item import Ref
from milepost.render.chances import chance_words
from milepost.render.site.amounts import count
from milepost.render.site.dates import long_day, long_due, short_day

_TONES = {Verdict.ON_TRACK: "on_track", Verdict.AT_RISK: "at_risk", Verdict.OFF_TRACK: "off_track"}
_RANKS = {Verdict.OFF_TRACK: 0, Verdict.AT_RISK: 1, Verdict.ON_TRACK: 2}


class Status(NamedTuple):
    """A word with a shape and a colour of its own."""

    tone: str
    word: str


class Gaps(NamedTuple):
    """Why some date has no forecast: words, and the work that they are about."""

    words: str
    items: tuple[Ref, ...]


def status_of(entry: Entry, outlook: Outlook | None) -> Status:
    """How a milestone stands: by its forecast, else by what is known without one. No forecast is no good news."""
    judged = judged_status(outlook) if entry.milestone.status.is_open else None
    return judged or Status(entry.standing.name.lower(), entry.standing.value)


def judged_status(outlook: Outlook | None) -> Status | None:
    """The word for a forecast; None where there is no date to judge."""
    if outlook is None or outlook.verdict is Verdict.NO_DATE:
        return None
    if outlook.verdict is Verdict.NO_FORECAST:
        return Status("no_forecast", str(Verdict.NO_FORECAST))
    return Status(_TONES[outlook.verdict], str(outlook.verdict))


def likely_words(outlook: Outlook | None) -> str:
    """`71 % likely`; empty where there is no date to come, or no forecast."""
    if outlook is None or outlook.chance is None or outlook.is_past:
        return ""
    return f"{_percent(outlook)} likely"


def sure_words(outlook: Outlook, today: date) -> str:
    """`80 % sure by 19 Mar`."""
    day = outlook.day(SURE)
    return f"80\u202f% sure by {short_day(day, today)}" if day else "not 80\u202f% sure in 100 years"


def likely_sentence(outlook: Outlook | None, today: date) -> str:
    """`It is 71 % likely; we are 80 % sure of 19 March.` Empty without a forecast."""
    if outlook is None or not outlook.days:
        return ""
    day = outlook.day(SURE)
    sure = f"we are 80\u202f% sure of {long_day(day, today)}" if day else "of no day in 100 years are we 80\u202f% sure"
    likely = likely_words(outlook)
    return f"It is {likely}; {sure}." if likely else f"{sure[:1].upper()}{sure[1:]}."


def days_sentence(outlook: Outlook, today: date) -> str:
    """`As likely as not by 10 Dec, 80 % sure by 17 Dec, 95 % by 12 Jan 2027.`"""
    even, most = outlook.day(EVEN), outlook.day(0.95)
    if not even:
        return "As likely as not it takes more than 100 years: look for a mistake in estimates, impacts and calendars."
    last = f", 95\u202f% by {short_day(most, today)}" if most else ""
    return f"As likely as not by {short_day(even, today)}, {sure_words(outlook, today)}{last}."


def list_gaps(outlook: Outlook) -> list[Gaps]:
    """Why there is no forecast of a date, with the work that stands in the way."""
    words = {
        Gap.NO_ESTIMATE: "without an estimate",
        Gap.POINTS: "in points, and nobody knows how long a point takes",
        Gap.UNCLEAR: "with an estimate of nothing, or one that goes downwards",
    }
    by_gap = {gap: tuple(item for item, one in outlook.missing.items() if one is gap) for gap in Gap}
    past = "past its date, and " if outlook.is_past and set(outlook.missing) == {outlook.item} else ""
    found = [Gaps(past + words[gap], items) for gap, items in by_gap.items() if items]
    return found or [Gaps("neither an estimate nor a date that says when", ())]


def gap_words(outlook: Outlook) -> str:
    """The same for a card: `No forecast yet: 3 tasks have no estimate`."""
    missing = [item for item in outlook.missing if item != outlook.item]
    if not outlook.missing:
        return "No forecast yet: it has neither an estimate nor a date"
    if not missing:
        past = "past its date, and with " if outlook.is_past else "it has "
        return f"No forecast yet: {past}no estimate that can be used"
    word = "task" if all(item.kind == "task" for item in missing) else "item"
    return f"No forecast yet: {count(len(missing), word)} {'has' if len(missing) == 1 else 'have'} no usable estimate"


def worst_promise(promises: Sequence[tuple[Entry, Outlook]]) -> tuple[Entry, Outlook] | None:
    """The promise to speak of first: the longest past its date, the least likely; all well, the next one."""
    return min(promises, key=_badness, default=None)


def _badness(pair: tuple[Entry, Outlook]) -> tuple[int, bool, float, date, str]:
    entry, outlook = pair
    due = entry.due.day if entry.due and entry.due.day else date.max
    rank = _RANKS[outlook.verdict]
    chance = 0.0 if rank == 2 or outlook.is_past else round(outlook.chance or 0.0, 2)
    return rank, not outlook.is_past, chance, due, entry.milestone.id


def is_judged(outlook: Outlook | None) -> bool:
    """Whether a date can be called on track, at risk or off track."""
    return outlook is not None and outlook.verdict in _RANKS


def promises_headline(promises: Sequence[tuple[Entry, Outlook]], title: str) -> str:
    """How all promises stand, the worst one by name: `Both promises are at risk, Public beta first.`"""
    n = len(promises)
    bad = [outlook.verdict for _, outlook in promises if outlook.verdict is not Verdict.ON_TRACK]
    words = {verdict: str(verdict).lower() for verdict in bad}
    word = next(iter(words.values())) if len(words) == 1 else "at risk or off track"
    if n == 1:
        return f"{title} is {word if bad else 'on track'}."
    all_of_them = "Both promises" if n == 2 else f"All {n} promises"
    if not bad:
        return f"{all_of_them} are on track."
    if len(bad) == n:
        return f"{all_of_them} are {word}, {title} first."
    return f"One of {n} promises is {word}: {title}." if len(bad) == 1 else (
        f"{len(bad)} of {n} promises are {word}, {title} first."
    )  # fmt: skip


def next_sentence(entry: Entry, outlook: Outlook, title: str, today: date) -> str:
    """`Next: Public beta, 15 March, 84 % likely.`"""
    when = f", {long_due(entry.due, today)}" if entry.due else ""
    likely = likely_words(outlook)
    return f"Next: {title}{when}{f', {likely}' if likely else ''}."


def unknown_sentence(number: int) -> str:
    """How many promises nothing can be said of; empty for none."""
    if not number:
        return ""
    return f"{'One promise has' if number == 1 else f'{number} promises have'} no forecast."


def basis_words(outlook: Outlook) -> str:
    """What a forecast rests on, in a few words."""
    if outlook.basis is Basis.SLIPS:
        return f"past slips (n\u202f=\u202f{outlook.n})"
    return "the work that is left" if outlook.basis is Basis.WORK else "nothing"


def _percent(outlook: Outlook) -> str:
    return chance_words(outlook).replace(" ", "\u202f")
