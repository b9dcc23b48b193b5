"""How much of their time the people of a company gave to its tasks (SiP), and what that does to what comes next.

Known is what was finished in the first half of all tasks; asked for is the second half.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from milepost.analyses.accuracy import size_name
from milepost.analyses.focus import UNKNOWN, Focus, measure_focus
from milepost.analyses.spells import find_spells
from milepost.model.build import build_plan
from milepost.model.calendar import Calendar
from milepost.model.distribution import Lognormal
from milepost.model.history import History
from milepost.model.item import PLAN, Item, Place, Ref
from milepost.model.plan import Plan
from milepost.scheduling.calibration import Past, calibrate
from milepost.scheduling.sampling import Sampler
from tests.unit.conftest import Fields, tell

pytestmark = pytest.mark.corpora

_UNUSED = ("CANCELLED", "TEMPLATE", "CHRONICLE")
_CALENDAR = Calendar(hours=7.0)


@dataclass(frozen=True)
class Task:
    id: str
    owner: str
    estimate: float
    actual: float
    started: str
    finished: str
    time: float = 0.0  # hours of working time that went by for it

    @property
    def past(self) -> Past:
        return Past(self.owner, size_name(self.estimate, _CALENDAR), self.actual / self.estimate)


def read_tasks() -> list[Task]:
    with (Path(os.environ["MILEPOST_CORPORA"]) / "sip.csv").open(encoding="utf-8") as file:
        rows = {row["TaskNumber"]: row for row in reversed(list(csv.DictReader(file)))}  # the first row of each
    return [
        Task(row["TaskNumber"], f"p{row['DeveloperID']}", estimate, actual, row["StartedOn"], row["CompletedOn"])
        for row in rows.values()
        if row["StatusCode"] not in _UNUSED and "" < row["StartedOn"] <= row["CompletedOn"]
        for estimate, actual in [(float(row["HoursEstimate"]), float(row["HoursActual"]))]
        if estimate > 0 and actual > 0
    ]


def plan_of(tasks: Sequence[Task]) -> Plan:
    fields: dict[Ref, Fields] = {
        PLAN: {"title": "SiP", "calendar": {"hours": "7"}},
        Ref("milestone", "sip"): {"title": "All of it"},
        **{
            Ref("task", f"sip/{one.id}"): {
                "title": "T", "owner": one.owner, "actual": f"{one.actual}h", "estimate": f"{one.estimate}h",
                "started": one.started, "finished": one.finished,
            }
            for one in tasks
        },
    }  # fmt: skip
    return build_plan(Item(ref, of, Place("plan/sip.yaml")) for ref, of in fields.items())


@pytest.fixture(scope="module")
def nothing() -> History:
    """A history that tells nothing, so that only what was in hand counts."""
    return tell([])[1]


@pytest.fixture(scope="module")
def tasks(nothing: History) -> list[Task]:
    """All of them, in the order in which they ended, with the time that went by for each."""
    found = read_tasks()
    numbers = {f"sip/{one.id}": number for number, one in enumerate(found, start=1)}
    spells = find_spells(plan_of(found), nothing, lambda task: numbers[task.ref.id])
    timed = (replace(found[round(number) - 1], time=time) for number, time in spells)
    return sorted(timed, key=lambda one: (one.finished, int(one.id)))


def bundles(tasks: Sequence[Task], after: str, count: int) -> Iterator[Sequence[Task]]:
    """Tasks of one person that were begun one after the other, after a day."""
    people: dict[str, list[Task]] = {}
    for one in sorted(tasks, key=lambda one: (one.started, int(one.id))):
        if one.started > after:
            people.setdefault(one.owner, []).append(one)
    for of in people.values():
        yield from (of[first : first + count] for first in range(0, len(of) - count + 1, count))


def covered(found: Sequence[Sequence[Task]], known: Sequence[Task], focus: Focus) -> float:
    """How often the time of some tasks together came between P10 and P90."""
    calibration = calibrate(one.past for one in known)
    assert calibration is not None
    hits = 0
    for part in found:
        sampler, total = Sampler(1, count=500), Sampler(1, count=500).fixed(0)
        for one in part:
            ratios = calibration.ratios(one.owner, size_name(one.estimate, _CALENDAR))
            days = sampler.work(one.id, ratios, scale=one.estimate / focus.pace)
            spread = focus.spread
            between = sampler.work(f"focus:{one.id}", Lognormal(-(spread**2) / 2, spread)) if spread else 1.0
            total += days * between
        hits += total.quantile(0.1) <= sum(one.time for one in part) <= total.quantile(0.9)
    return hits / len(found)


def test_people_gave_half_of_their_time(tasks: list[Task], nothing: History) -> None:
    found = measure_focus(plan_of(tasks), nothing, by_actual=True)
    print(f"{found.n} tasks took {found.share:.1%} of the time in which they were in hand")
    assert found.n == len(tasks) > 8000
    assert found.share == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("count", [5, 20])
def test_ranges_of_time_need_it(tasks: list[Task], nothing: History, count: int) -> None:
    known = tasks[: len(tasks) // 2]
    found = list(bundles(tasks, known[-1].finished, count))
    focus = measure_focus(plan_of(known), nothing, by_actual=True)
    with_it, without = covered(found, known, focus), covered(found, known, UNKNOWN)
    print(f"{len(found)} times {count} tasks: 80 % ranges cover {with_it:.1%}, and {without:.1%} without the focus")
    assert len(found) > 150
    assert with_it == pytest.approx(0.8, abs=0.06)
    assert without < 0.5
