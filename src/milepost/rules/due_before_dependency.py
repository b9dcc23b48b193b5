"""A milestone that is due before what it waits for."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from milepost.model.calendar import Calendar
from milepost.model.effort import to_days
from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.work import Milestone
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties
from milepost.rules.wording import listing

_BIND_ENDS = ("FS", "FF")  # by the other two a milestone may well end before what it depends on
_Ties = Mapping[Ref, list[Tie]]


class _Path(NamedTuple):
    """Ties that lead from a milestone to another one that is due, and the working days in between."""

    ties: tuple[Tie, ...]
    lag: float

    @property
    def end(self) -> Milestone:
        return self.ties[-1].other_milestone


def check_due_before_dependency(look: Inspection) -> Iterator[Finding]:
    """Open milestones due before an open milestone, and the lag, that they or their open tasks depend on.

    A milestone without a date is looked through: what it waits for holds up those who wait for it.
    """
    calendar, ties = look.plan.calendar, _by_milestone(look)
    for waiting in list(ties.values()):
        milestone = waiting[0].milestone
        late = [path for path in _paths(milestone, ties, calendar) if _is_late(milestone, path, calendar)]
        if late:
            yield _due_before(milestone, late)


def _by_milestone(look: Inspection) -> _Ties:
    """The ties that bind the end of each milestone, also those of its tasks, to the end of what is still open.

    A task of another milestone may well be done long before that one is due, so only whole milestones count.
    """
    found: dict[Ref, list[Tie]] = {}
    for tie in open_ties(look.plan):
        if tie.type in _BIND_ENDS and isinstance(tie.other, Milestone) and tie.other.status.is_open:
            found.setdefault(tie.milestone.ref, []).append(tie)
    return found


def _paths(milestone: Milestone, ties: _Ties, calendar: Calendar) -> Iterator[_Path]:
    """The shortest ways to what is due; each milestone without a date is gone through once, so circles end."""
    waiting = deque([_Path((tie,), _days(tie, calendar)) for tie in ties[milestone.ref]])
    seen = {milestone.ref}
    while waiting:
        path = waiting.popleft()
        if path.end.due and path.end.due.day:
            yield path
        elif path.end.ref not in seen:
            seen.add(path.end.ref)
            further = ties.get(path.end.ref, ())
            waiting.extend(_Path((*path.ties, tie), path.lag + _days(tie, calendar)) for tie in further)


def _days(tie: Tie, calendar: Calendar) -> float:
    return (to_days(tie.lag, calendar) or 0) if tie.lag else 0


def _is_late(milestone: Milestone, path: _Path, calendar: Calendar) -> bool:
    """Whether the date comes before the other's and the lag, of which whole days count."""
    mine, other = milestone.due and milestone.due.day, path.end.due and path.end.due.day
    if not mine or not other:
        return False
    lag = math.floor(path.lag)
    if lag <= 0:
        return other > mine and (lag == 0 or calendar.working_days(mine, other) > -lag)
    return other > mine or calendar.working_days(other, mine) < lag


def _due_before(milestone: Milestone, paths: list[_Path]) -> Finding:
    others = {path.end.id: f"{path.end.id} ({_date(path.end)}{_lag(path)})" for path in paths}
    message = (
        f"{milestone.id} is due on {_date(milestone)}, before what it depends on is: {listing([*others.values()])}."
    )
    steps = dict.fromkeys(tie for path in paths for tie in path.ties)
    related = tuple((tie.place, f"{tie.work.ref.id} depends on {tie.other.ref.id} here.") for tie in steps)
    return RULE.found(milestone.place.at("due"), message, "move one of the dates, or remove the dependency", related)


def _lag(path: _Path) -> str:
    return f", and a lag of {' and '.join(lags)}" if (lags := [str(tie.lag) for tie in path.ties if tie.lag]) else ""


def _date(milestone: Milestone) -> str:
    return str(milestone.due.day) if milestone.due else ""


RULE = Rule(
    "due-before-dependency",
    Level.WARNING,
    "If both dates are meant, the later one breaks the earlier one.",
    check_due_before_dependency,
)
