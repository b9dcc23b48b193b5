"""Ranges for real tasks (SiP), calibrated only on what was finished before, cover what they say."""

from __future__ import annotations

import csv
import os
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import pytest

from milepost.scheduling.calibration import Calibration, Past, calibrate
from milepost.scheduling.sampling import CORRELATION, Sampler

pytestmark = pytest.mark.corpora

_DAY = 7.0  # hours
_SIZES = ((1, "up to 1 d"), (3, "1 to 3 d"), (10, "3 to 10 d"))
_BUNDLE = 20
_UNUSED = ("CANCELLED", "TEMPLATE", "CHRONICLE")


@dataclass(frozen=True)
class Task:
    id: str
    project: str
    owner: str
    estimate: float
    actual: float
    started: str
    finished: str

    @property
    def size(self) -> str:
        return next((name for most, name in _SIZES if self.estimate / _DAY <= most), "more")

    @property
    def past(self) -> Past:
        return Past(self.owner, self.size, self.actual / self.estimate)


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    """The tasks whose end is known, in the order in which they ended."""
    with (Path(os.environ["MILEPOST_CORPORA"]) / "sip.csv").open(encoding="utf-8") as file:
        rows = {row["TaskNumber"]: row for row in reversed(list(csv.DictReader(file)))}  # the first row of each
    found = [
        Task(
            row["TaskNumber"],
            row["ProjectCode"],
            row["DeveloperID"],
            float(row["HoursEstimate"]),
            float(row["HoursActual"]),
            row["StartedOn"] or row["CompletedOn"],
            row["CompletedOn"],
        )
        for row in rows.values()
        if row["StatusCode"] not in _UNUSED and row["CompletedOn"]
    ]
    return sorted(found, key=lambda task: (task.finished, int(task.id)))


def bundles(tasks: list[Task]) -> Iterator[tuple[list[Task], Calibration]]:
    """Consecutive tasks of a project, with what was known on the day when the first of them was started."""
    projects: dict[str, list[Task]] = {}
    for task in tasks:
        projects.setdefault(task.project, []).append(task)
    parts = [
        of[first : first + _BUNDLE] for of in projects.values() for first in range(0, len(of) - _BUNDLE + 1, _BUNDLE)
    ]
    ends = [task.finished for task in tasks]
    parts.sort(key=lambda part: min(task.started for task in part))
    known: Calibration | None = None
    for part in parts:
        count = bisect_left(ends, min(task.started for task in part))
        if known is None or count > known.n * 1.02:  # a little more says nothing else
            known = calibrate(task.past for task in tasks[:count])
        if known is not None:
            yield part, known


def covered(bundles: list[tuple[list[Task], Calibration]], correlation: float) -> float:
    hits = 0
    for part, known in bundles:
        sampler = Sampler(1, count=1000, correlation=correlation)
        total = sampler.fixed(0)
        for task in part:
            total += sampler.work(task.id, known.ratios(task.owner, task.size), scale=task.estimate)
        hits += total.quantile(0.1) <= sum(task.actual for task in part) <= total.quantile(0.9)
    return hits / len(bundles)


def test_ranges_of_sums_need_what_is_common(tasks: list[Task]) -> None:
    found = list(bundles(tasks))
    n, error = len(found), sqrt(0.8 * 0.2 / len(found))
    independent, together = covered(found, 0.0), covered(found, CORRELATION)
    print(f"{n} bundles of {_BUNDLE}: 80 % ranges cover {together:.1%}, independent ones {independent:.1%}")
    assert n >= 300
    assert together == pytest.approx(0.8, abs=2 * error)
    assert independent < 0.8 - 2 * error


def test_ranges_of_single_tasks(tasks: list[Task]) -> None:
    first, step, hits = 1000, 250, 0
    for place in range(first, len(tasks), step):
        known = calibrate(task.past for task in tasks[:place])
        assert known is not None
        for task in tasks[place : place + step]:
            ratios = known.ratios(task.owner, task.size)
            hits += ratios.quantile(0.1) <= task.actual / task.estimate <= ratios.quantile(0.9)
    n = len(tasks) - first
    print(f"{n} tasks: 80 % ranges cover {hits / n:.1%}")
    assert n >= 7000
    assert hits / n == pytest.approx(0.82, abs=0.015)
