"""Teams that never were, of which all is known that a plan does not say: how much of their time they give to it.

Each works through a plan day by day, and its history is told as it would have been accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from random import Random

from milepost.model.item import PLAN, Ref, Value
from tests.unit.conftest import Fields, Version

_FIRST = date(2026, 1, 5)  # a Monday
_DAY = timedelta(days=1)
_HOURS = 8.0
_SPREAD = 0.5  # of what tasks take, beside what was said
_PEOPLE, _MILESTONES, _TASKS = 3, 6, 5


@dataclass(frozen=True)
class Habits:
    """How a team works. `focus` is the share of its time that it gives to the plan, `longer` the work by its estimate.

    Other work comes in between every day, or else whole days of it after each task (`in_turn`).
    """

    focus: float
    longer: float = 1.0
    in_turn: bool = False
    says_actual: bool = True


@dataclass
class _Task:
    id: str
    owner: str
    after: str | None
    estimate: float
    work: float
    left: float = field(init=False)
    started: date | None = None
    finished: date | None = None

    def __post_init__(self) -> None:
        self.left = self.work


class Team:
    """A team that has reached its last milestone, and all that was said on the way."""

    def __init__(self, seed: int, habits: Habits) -> None:
        self._random = Random(seed)
        self._habits = habits
        self._tasks = {task.id: task for task in self._plan()}
        self._days: dict[date, list[_Task]] = {}
        self._work_through()

    @property
    def reached(self) -> dict[str, date]:
        """When each milestone was reached."""
        ends: dict[str, date] = {}
        for task in self._tasks.values():
            assert task.finished
            name = task.id.partition("/")[0]
            ends[name] = max(ends.get(name, task.finished), task.finished)
        return ends

    @property
    def middle(self) -> date:
        """The day on which half of the milestones were reached."""
        return sorted(self.reached.values())[_MILESTONES // 2 - 1]

    def tell(self, until: date) -> list[Version]:
        """The versions of its plan up to a day: all is planned at first, and each day says what was begun and done."""
        people = {Ref("person", name): {"name": name} for name in _people()}
        tasks = {Ref("task", one.id): self._fields(one, date.min) for one in self._tasks.values()}
        first: dict[Ref, Fields | None] = {PLAN: {"title": "Team"}, **people, **self._milestones(date.min), **tasks}
        versions = [Version(_FIRST - _DAY, first)]
        for day in sorted(one for one in self._days if one <= until):
            now = {Ref("task", one.id): self._fields(one, day) for one in self._days[day]}
            versions.append(Version(day, {**self._milestones(day), **now}))
        return versions

    def _plan(self) -> Iterator[_Task]:
        for milestone in range(_MILESTONES):
            for number in range(_TASKS):
                said = round(exp(self._random.gauss(3.2, 0.5)))
                after = f"m{milestone}/t{number - 1}" if number and self._random.random() < 0.4 else None
                work = said * self._habits.longer * exp(self._random.gauss(0.0, _SPREAD))
                yield _Task(f"m{milestone}/t{number}", self._random.choice(_people()), after, said, work)

    def _work_through(self) -> None:
        day, hands = _FIRST, dict[str, _Task]()
        busy = dict.fromkeys(_people(), 0.0)  # days of other work that come first
        shares: dict[str, float] = {}
        while not all(task.finished for task in self._tasks.values()):
            if day.weekday() == 0:
                shares = {name: self._share() for name in _people()}
            for name in _people() if day.weekday() < 5 else ():
                self._work(name, day, hands, busy, shares[name])
            day += _DAY

    def _share(self) -> float:
        """Of one week."""
        if self._habits.in_turn or self._habits.focus == 1:
            return 1.0
        return min(1.0, self._habits.focus * exp(self._random.gauss(-0.03, 0.25)))

    def _work(self, name: str, day: date, hands: dict[str, _Task], busy: dict[str, float], share: float) -> None:
        hours = _HOURS * share
        if busy[name] > 0:
            other = min(hours, busy[name])
            busy[name] -= other
            hours -= other
        while hours > 1e-9 and busy[name] <= 0:
            task = hands.get(name) or self._next(name, day)
            if task is None:
                return
            if task.started is None:
                task.started, hands[name] = day, task
                self._days.setdefault(day, []).append(task)
            done = min(hours, task.left)
            task.left, hours = task.left - done, hours - done
            if task.left < 1e-9:
                task.finished = day
                self._days.setdefault(day, []).append(hands.pop(name))
                if self._habits.in_turn:
                    mean = task.work * (1 / self._habits.focus - 1)
                    busy[name] = self._random.uniform(0.2, 1.8) * mean

    def _next(self, name: str, day: date) -> _Task | None:
        waiting = (task for task in self._tasks.values() if task.owner == name and task.started is None)
        return next((task for task in waiting if self._is_free(task, day)), None)

    def _is_free(self, task: _Task, day: date) -> bool:
        before = self._tasks[task.after].finished if task.after else date.min
        return before is not None and before <= day

    def _fields(self, task: _Task, until: date) -> Fields:
        fields: dict[str, Value] = {"title": task.id, "estimate": f"{task.estimate:g}h", "owner": task.owner}
        if task.after:
            fields["depends_on"] = [task.after]
        if task.started and task.started <= until:
            fields["started"] = task.started.isoformat()
        if task.finished and task.finished <= until:
            fields["finished"] = task.finished.isoformat()
            if self._habits.says_actual:
                fields["actual"] = f"{max(0.5, round(task.work * 2) / 2):g}h"
        return fields

    def _milestones(self, until: date) -> dict[Ref, Fields]:
        """Due one after the other, so that the plan says in which order they are meant."""
        found: dict[Ref, Fields] = {}
        for number in range(_MILESTONES):
            fields: dict[str, Value] = {"title": f"m{number}", "due": f"2026-{number + 2:02}-01"}
            if self.reached[f"m{number}"] <= until:
                fields["finished"] = self.reached[f"m{number}"].isoformat()
            found[Ref("milestone", f"m{number}")] = fields
        return found


def _people() -> list[str]:
    return [f"p{number}" for number in range(_PEOPLE)]
