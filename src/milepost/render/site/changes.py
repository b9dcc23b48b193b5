"""What changed in the plan, day by day: the facts of planning among all that was accepted, each in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from milepost.model.history import Revision
from milepost.model.item import Ref
from milepost.model.moves import Cause, Move
from milepost.model.reason import Reason
from milepost.render.site.amounts import shift
from milepost.render.site.dates import due_words, month_name
from milepost.render.site.material import Material
from milepost.render.site.sentences import step_facts
from milepost.render.site.steps import Step

RECENT_DAYS = 31
_MOST = 1000  # facts on the page; older ones are in `milepost log`

_PLANNING = frozenset(
    {
        "due", "commitment", "not_before", "started", "finished", "dropped", "blocked", "shipped", "owner", "estimate",
        "priority", "depends_on", "measures", "measure", "goal", "serves", "probability", "impact", "response",
        "mitigation", "occurred", "closed", "reviewed", "expires", "threatens",
    }
)  # fmt: skip
_MOVED_BY = {Cause.RELEASE: "because its release moved", Cause.CALENDAR: "because the calendar changed"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One accepted fact about one item, in words that follow its title and depend on no day of reading."""

    item: Ref
    revision: Revision
    words: str
    days: int | None  # by which a date moved
    reason: Reason | None


class Moved(NamedTuple):
    """A date that moved by some days in all."""

    item: Ref
    days: int


@dataclass(frozen=True, slots=True)
class Day:
    """What was accepted on one day; None for commits whose time no calendar knows."""

    day: date | None
    facts: tuple[Fact, ...]

    @property
    def anchor(self) -> str:
        """Where it is on the page."""
        return day_anchor(self.day)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a month, or of a year that is past, the newest first."""

    name: str
    days: tuple[Day, ...]

    @property
    def facts(self) -> int:
        """How many facts it holds."""
        return sum(len(day.facts) for day in self.days)


def list_facts(material: Material) -> tuple[Fact, ...]:
    """Every fact of planning, the one accepted last first."""
    facts = [*_told(material), *_followed(material)]
    order = {id: number for number, id in enumerate(dict.fromkeys(c.revision.id for c in material.history.changes))}
    return tuple(sorted(facts, key=lambda fact: -order.get(fact.revision.id, -1)))


def changes_page(facts: Sequence[Fact], today: date) -> Mapping[str, object]:
    """What the template of the changes asks for: the last month by day, older ones by month."""
    shown = sorted(facts[:_MOST], key=_newest)
    days = [Day(day, tuple(group)) for day, group in groupby(shown, lambda fact: fact.revision.day)]
    recent = [day for day in days if day.day and (today - day.day).days < RECENT_DAYS]
    older = days[len(recent) :]
    moved = _moved(recent)
    return {
        "recent": recent,
        "count": sum(len(day.facts) for day in recent),
        "moves": (sum(one.days > 0 for one in moved), sum(one.days < 0 for one in moved)),
        "most": max(moved, key=lambda one: abs(one.days), default=None),
        "older": [Period(name, tuple(group)) for name, group in groupby(older, lambda day: _period(day, today))],
        "left_out": max(len(facts) - _MOST, 0),
        "recent_days": RECENT_DAYS,
    }


def day_anchor(day: date | None) -> str:
    """Where a day is on the page of changes."""
    return f"day-{day.isoformat()}" if day else "day-unknown"


def _told(material: Material) -> Iterator[Fact]:
    """What changes of fields say. A date's days come from its slip, which knows periods and releases."""
    for step in reversed(material.steps):
        words = step_facts(step, _PLANNING)
        if not words:
            continue
        move = _move(step, material) if step.entry("due") else None
        days = move.days if move else None
        if move and move.new and days:
            moved = f"moves to {due_words(move.new)} ({shift(days)})"
            words = [moved if word.startswith("moves to ") else word for word in words]
        yield Fact(step.item, step.revision, ", ".join(words), days, step.reason)


def _move(step: Step, material: Material) -> Move | None:
    moves = material.slips[step.item].moves if step.item in material.slips else ()
    return next((move for move in moves if move.revision.id == step.revision.id), None)


def _followed(material: Material) -> Iterator[Fact]:
    """Dates that moved though nobody touched them: their release did, or the calendar."""
    for ref, slip in material.slips.items():
        for move in slip.moves:
            if move.cause in _MOVED_BY and move.days and move.new:
                words = f"moves to {due_words(move.new)} ({shift(move.days)}) {_MOVED_BY[move.cause]}"
                yield Fact(ref, move.revision, words, move.days, move.reason)


def _moved(days: Iterable[Day]) -> list[Moved]:
    """Each date that is another than before some days, the one that moved last first: there and back is no move."""
    total: dict[Ref, int] = {}
    for fact in (fact for day in days for fact in day.facts):
        total[fact.item] = total.get(fact.item, 0) + (fact.days or 0)
    return [Moved(item, days) for item, days in total.items() if days]


def _newest(fact: Fact) -> int:
    return -fact.revision.day.toordinal() if fact.revision.day else 0


def _period(day: Day, today: date) -> str:
    """Months for a year back, years before that."""
    if day.day is None:
        return "On unknown days"
    months = (today.year - day.day.year) * 12 + today.month - day.day.month
    if months <= 12:
        return f"{month_name(day.day)} {day.day.year}"
    return f"{'Earlier in ' if day.day.year == today.year - 1 else ''}{day.day.year}"


def by_acceptance(facts: Iterable[Fact]) -> list[tuple[Revision, list[Fact]]]:
    """Facts that were accepted together, in the order given."""
    groups = (list(group) for _, group in groupby(facts, lambda fact: fact.revision.id))
    return [(group[0].revision, group) for group in groups]
