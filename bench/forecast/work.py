"""A made-up plan as the engine sees it, and all that a forecast asks of the engine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

from milepost.model.distribution import Lognormal
from milepost.scheduling.network import Activity, Link, Network
from milepost.scheduling.sample import Sample
from milepost.scheduling.sampling import Sampler
from milepost.scheduling.simulation import Simulation

_NEAR = 20  # how far back in the list what a task waits for may be
_WIDTH = 2.0  # the ends of an estimate are its median by this and times this
_DRIVERS = 20


class Task(NamedTuple):
    """Days that it takes at the median, and the tasks that it waits for."""

    median: float
    waits_for: tuple[int, ...]

    @property
    def range(self) -> tuple[float, float, float]:
        """Low, middle and high of its estimate."""
        return self.median / _WIDTH, self.median, self.median * _WIDTH


def make_tasks(count: int) -> list[Task]:
    """Each but the first waits for one or two of the twenty before it, two thirds of them for one."""
    chance = random.Random(7)
    tasks = [Task(chance.uniform(1, 5), ())]
    for number in range(1, count):
        near = range(max(0, number - _NEAR), number)
        waits_for = {chance.choice(near) for _ in range(chance.choice((1, 1, 2)))}
        tasks.append(Task(chance.uniform(1, 5), tuple(sorted(waits_for))))
    return tasks


def network_of(tasks: list[Task]) -> Network:
    links = (Link(before, number) for number, task in enumerate(tasks) for before in task.waits_for)
    return Network(tuple(Activity(task.median) for task in tasks), tuple(links))


def draw(tasks: list[Task], samples: int) -> list[Sample]:
    sampler = Sampler(1, samples)
    spread = log(_WIDTH) / 1.2815515655
    return [sampler.work(f"t{number}", Lognormal(log(task.median), spread)) for number, task in enumerate(tasks)]


def forecast(tasks: list[Task], samples: int) -> Simulation:
    """The dates, and what they hang on, from the start."""
    simulation = Simulation(network_of(tasks), draw(tasks, samples))
    simulation.finish().quantile(0.8)
    simulation.influence()
    return simulation


def find_drivers(simulation: Simulation, durations: list[Sample]) -> None:
    """What the P80 would be without the uncertainty of the most sensitive estimates, and with more work everywhere."""
    sensitivity = simulation.influence().sensitivity
    most = sorted(range(len(durations)), key=lambda number: -sensitivity[number])[:_DRIVERS]
    for number in most:
        fixed = Sampler(1, len(durations[number])).fixed(durations[number].quantile(0.5))
        simulation.finishes_if({number: fixed}, [None])[0].quantile(0.8)
    simulation.finishes_if(More(durations), [None])[0].quantile(0.8)
    simulation.start_by(len(durations) - 1, 1000, 0.8)


class More(Mapping[int, Sample]):
    """A tenth more of everything, found when it is asked for: as rows they would take as much room as the plan."""

    def __init__(self, durations: list[Sample]) -> None:
        self._durations = durations

    def __getitem__(self, number: int) -> Sample:
        return self._durations[number] * 1.1

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number < len(self._durations)

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self._durations)))

    def __len__(self) -> int:
        return len(self._durations)
