"""What made dates move: the days that each reason brought, as parts that add up to how far they moved in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.analyses.breakdown import UNEXPLAINED, Breakdown, total_by_category
from milepost.model.moves import Cause
from milepost.render.charts.cascade import Bar, Cascade, draw_cascade

_LABELS = {
    UNEXPLAINED: ("No reason given", ""),
    Cause.RELEASE: ("Release", "the release it comes with moved"),
    Cause.CALENDAR: ("Calendar", "the calendar changed"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one reason brought. `moves` is 0 for what came without one; `note` explains the label where it needs it."""

    label: str
    note: str
    moves: int
    days: int
    tone: str  # later | earlier; open-later | open-earlier where nobody said why
    bar: Bar


@dataclass(frozen=True, slots=True)
class Split:
    """The rows, which add up to the total, and their picture."""

    rows: tuple[Row, ...]
    cascade: Cascade
    moves: int
    total: int


def split_slips(breakdowns: Sequence[Breakdown]) -> Split | None:
    """The parts of some slips together; None where no date moved and all were reached on the day last said."""
    parts = list(_parts(breakdowns))
    if not parts:
        return None
    cascade = draw_cascade([days for _, _, _, days, _ in parts])
    rows = (
        Row(label, note, moves, days, _tone(days, is_open), bar)
        for (label, note, moves, days, is_open), bar in zip(parts, cascade.bars, strict=True)
    )
    moves = sum(len(one.parts) for one in breakdowns)
    return Split(tuple(rows), cascade, moves, sum(one.total for one in breakdowns))


def _parts(breakdowns: Sequence[Breakdown]) -> Iterator[tuple[str, str, int, int, bool]]:
    """Label, note, moves, days and whether nobody said why: reasons first, most days first."""
    moves = Counter(part.category for one in breakdowns for part in one.parts)
    days = total_by_category(breakdowns)
    for category in sorted(days, key=lambda name: name == UNEXPLAINED):
        label, note = _LABELS.get(category, (category.capitalize(), ""))
        yield label, note, moves[category], days[category], category == UNEXPLAINED
    if any(one.unannounced for one in breakdowns):
        yield "Not announced", "between the date last said and the day it was reached", 0, sum(
            one.unannounced for one in breakdowns
        ), True  # fmt: skip


def _tone(days: int, is_open: bool) -> str:
    return ("open-" if is_open else "") + ("earlier" if days < 0 else "later")
