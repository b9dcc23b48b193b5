"""Velocity in words and as bars: what each past sprint finished, and how much that varies."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.analyses.sprints.velocity import FEWEST_FOR_RANGE, Velocity
from milepost.model.calendar import Calendar
from milepost.render.flow import cut
from milepost.render.paint import Paint
from milepost.render.sprint_words import amount_number, amount_words, unit_word
from milepost.render.words import count_words, day_words

_SHOWN = 8  # sprints, the latest ones
_BAR = 24


def draw_velocity(velocity: Velocity, calendar: Calendar, paint: Paint) -> Iterator[str]:
    """A bar for each of the last sprints, `╌` up to what was committed, and the spread of all in a sentence."""
    if not velocity.n:
        yield "  No sprint with estimated items is over yet, so there is no velocity."
        return
    shown = velocity.paces[-_SHOWN:]
    top = max((value for pace in shown for value in (pace.finished, pace.committed)), default=0.0) or 1.0
    width = min(24, max(len(pace.id) for pace in shown))
    for pace in shown:
        done, meant = round(pace.finished / top * _BAR), round(pace.committed / top * _BAR)
        bar = f"{'█' * done}{'╌' * (meant - done)}"
        finished, committed = (amount_words(n, velocity.unit, calendar) for n in (pace.finished, pace.committed))
        name = f"  {cut(pace.id, width):<{width}}  {day_words(pace.end):>11}"
        yield paint.text(f"{name}  {bar:<{_BAR}}  {finished:>6} of {committed}")
    yield f"  {spread_words(velocity, calendar)}"


def spread_words(velocity: Velocity, calendar: Calendar) -> str:
    """`Half of 7 sprints finished 9d or more; between the least and the most lie 6d and 14d.`"""
    if velocity.middle is None:
        return "No sprint with estimated items is over yet."
    middle = amount_words(velocity.middle, velocity.unit, calendar)
    if velocity.spread is None:
        return f"One sprint is over so far; it finished {middle}."
    low, high = (amount_words(number, velocity.unit, calendar) for number in velocity.spread)
    which = "8 of 10 finished" if velocity.n >= FEWEST_FOR_RANGE else "they finished"
    return f"Half of {count_words(velocity.n, 'sprint')} finished {middle} or more; {which} between {low} and {high}."


def velocity_record(velocity: Velocity, calendar: Calendar) -> dict[str, object]:
    """The velocity as data. Amounts are days of work, or points."""

    def number(value: float | None) -> float | None:
        return None if value is None else amount_number(value, velocity.unit, calendar)

    return {
        "unit": unit_word(velocity.unit),
        "n": velocity.n,
        "median": number(velocity.middle),
        "spread": [number(end) for end in velocity.spread] if velocity.spread else None,
        "sprints": [
            {
                "id": pace.id,
                "end": pace.end.isoformat(),
                "committed": number(pace.committed),
                "finished": number(pace.finished),
                "working_days": round(pace.hours / calendar.hours, 3),
            }
            for pace in velocity.paces
        ],
    }
