"""How much of their working time do people give to listed work, as long as there is any for them?

The work that finished tasks were, by the working time that went by for them: the focus factor of Scrum (Kniberg 2007).
The load factor of Extreme Programming (Beck 1999) was its inverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, log, sqrt

from milepost.analyses.spells import Spell, find_spells
from milepost.model.calendar import Calendar
from milepost.model.distribution import middle_hours
from milepost.model.effort import to_hours
from milepost.model.history import History
from milepost.model.plan import Plan
from milepost.model.work import Task

FEWEST = 8  # finished tasks below which nothing is said
_HALF = 1  # tasks that count as much as that people give all their time: teams differ more than the tasks of one do


@dataclass(frozen=True, slots=True)
class Focus:
    """What `n` finished tasks say of it; nothing where they are too few, or too short for days to tell.

    `share` is that of all these tasks together, above 0 and at most 1. `pace` is what is reckoned with: the same,
    drawn to 1 where there is little to go by. `spread` is how far tasks lie around it, as the standard deviation of the
    logarithm; 0 where estimates are not read by what became of others, as what is usual for them covers it.
    """

    n: int = 0
    share: float | None = None
    pace: float = 1.0
    spread: float = 0.0

    def rounded(self) -> tuple[object, ...]:
        """The same as plain values that are the same on every machine."""
        return self.n, f"{self.share or 0:.6g} {self.pace:.6g} {self.spread:.6g}"


UNKNOWN = Focus()


def measure_focus(plan: Plan, history: History, by_actual: bool) -> Focus:
    """The focus of a team, from what its finished tasks took; or else, from what they were estimated at.

    Where estimates are read by what became of earlier ones, what they were wrong by is in there already, and what tasks
    took is what counts. Where they are not, it is to be a part of the focus, as it is in that of sprints.
    """
    amount = partial(_taken if by_actual else _estimated, plan.calendar)
    spells = sorted(find_spells(plan, history, amount))  # sums depend on the order in their last digits
    n, work, time = len(spells), sum(one.work for one in spells), sum(one.time for one in spells)
    if n < FEWEST or time < n * plan.calendar.hours:  # a date is no more exact than a day
        return Focus(n)
    share = min(1.0, work / time)
    return Focus(n, share, exp(log(share) * n / (n + _HALF)), _spread(spells) if by_actual else 0.0)


def _taken(calendar: Calendar, task: Task) -> float:
    return float(to_hours(task.actual, calendar) or 0) if task.actual else 0.0


def _estimated(calendar: Calendar, task: Task) -> float:
    return (middle_hours(task.estimate, calendar) or 0.0) if task.estimate else 0.0


def _spread(spells: Sequence[Spell]) -> float:
    """The standard deviation of ln(time / work) of one more task. Each counts by its work: days tell little of less."""
    logs = [(log(one.time / one.work), one.work) for one in spells]
    work = sum(weight for _, weight in logs)
    mean = sum(value * weight for value, weight in logs) / work
    return sqrt(sum((value - mean) ** 2 * weight for value, weight in logs) / work * (1 + 1 / len(spells)))
