"""When does each activity of a project take place, how late may it, and what held it?

Without limits on people's time by the critical path method, or levelled, so that nobody is in two places. Late times
and float are counted back from due dates, and from the last end that can be told where nothing is due earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from milepost.analyses.schedules.circles import find_circles
from milepost.analyses.schedules.project import Project
from milepost.errors import MilepostError
from milepost.model.item import Ref
from milepost.scheduling.critical import Times, find_times
from milepost.scheduling.driving import Driver, find_drivers, find_driving_path
from milepost.scheduling.levelling import level_network
from milepost.scheduling.network import CycleError, Link, Network
from milepost.scheduling.placing import Placed

_NOTHING = 1e-6  # working days: what is left of sums of fractions
_LONGEST = 12  # items of a circle that a sentence lists


#: What an activity is called in every version: its item, and which one of that item's it is, counted from the last.
Name = tuple[Ref, int]


class CircleError(MilepostError):
    """Items that wait for each other: nothing can be said about any date."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Times of all activities by their numbers, in working days from today on.

    `waits` are items of which no date can be told, each with unestimated work that it waits for. `at_most` says of an
    activity whether unestimated work that comes after it may take some of its float.
    """

    start: Sequence[float]
    finish: Sequence[float]
    late_start: Sequence[float]
    late_finish: Sequence[float]
    total_float: Sequence[float]
    free_float: Sequence[float]
    at_most: Sequence[bool]
    waits: dict[Ref, Ref]
    drivers: Sequence[Driver]
    end: float  # of what can be told
    order: tuple[Name, ...] = ()  # of a levelled schedule: give it to the next version
    chains: tuple[Link, ...] = ()  # and what keeps each person's work apart

    def is_critical(self, number: int) -> bool:
        """Whether any delay of an activity delays the last end, or breaks a due date."""
        return self.total_float[number] <= _NOTHING

    def find_path(self, number: int) -> tuple[int, ...]:
        """The activities that lead to one, each held by the one before it."""
        return find_driving_path(self.drivers, number)


def place_project(project: Project) -> Placement:
    """The earliest dates, if nobody's time were limited. Raises CircleError."""
    network = project.network
    times = _times(project, network)
    placed = Placed(list(network.order), list(times.early_start), list(times.early_finish))
    return _place(project, network, times.early_start, times.early_finish, find_drivers(network, placed))


def level_project(project: Project, keep: Sequence[Name] | None = None) -> Placement:
    """Dates on which nobody is in two places, in the order of another version where one is given.

    Raises CircleError.
    """
    _times(project, project.network)  # says which items make a circle
    names = _names(project)
    numbers = {name: number for number, name in enumerate(names)}
    kept = None if keep is None else [numbers[name] for name in keep if name in numbers]
    levelled = level_network(project.network, kept)
    network = project.network.with_links(levelled.chains)
    placement = _place(project, network, levelled.start, levelled.finish, levelled.driving)
    order = tuple(names[number] for number in levelled.order)
    return replace(placement, order=order, chains=levelled.chains)


def find_order(project: Project) -> Sequence[Name] | None:
    """The order of a project's levelled schedule, for the next version to keep; None where work waits for itself."""
    try:
        return level_project(project).order
    except CircleError:
        return None


def _times(project: Project, network: Network) -> Times:
    try:
        return find_times(network)
    except CycleError:
        circles = find_circles(network, project.items)
        raise CircleError(_circle_words(circles[0]), "milepost check") from None


def _circle_words(circle: Sequence[Ref]) -> str:
    names = [item.id for item in circle]
    if len(names) == 1:
        return f"{names[0]} depends on itself, so no date can be told."
    if len(names) > _LONGEST:
        names = [*names[: _LONGEST - 1], f"… {len(names) - _LONGEST + 1} more …"]
    return f"{' → '.join([*names, names[0]])} wait for each other in a circle, so no date can be told."


def _names(project: Project) -> list[Name]:
    counts: dict[Ref, int] = {}
    names = []
    for item in reversed(project.items):
        counts[item] = counts.get(item, 0) + 1
        names.append((item, counts[item]))
    return names[::-1]


def _place(
    project: Project, network: Network, start: Sequence[float], finish: Sequence[float], drivers: Sequence[Driver]
) -> Placement:
    waits = project.waits(project.unsized)
    unknown = frozenset(number for number, item in enumerate(project.items) if item in waits)
    known = [number for number in range(len(finish)) if number not in unknown]
    end = max((finish[number] for number in known), default=0.0)
    deadlines = [min(activity.deadline, end) for activity in network.activities]
    late = find_times(network.with_deadlines(deadlines), inf, use_deadlines=True)
    for number in unknown:
        deadlines[number] = inf
    alone = find_times(network.with_deadlines(deadlines), inf, use_deadlines=True) if unknown else late
    total = [round(latest - own, 6) + 0.0 for latest, own in zip(late.late_finish, finish, strict=True)]
    return Placement(
        start=start,
        finish=finish,
        late_start=late.late_start,
        late_finish=late.late_finish,
        total_float=total,
        free_float=[
            max(0.0, whole) if free == inf else round(free, 6) + 0.0
            for free, whole in zip(late.free_float, total, strict=True)
        ],
        at_most=[one > other + _NOTHING for one, other in zip(alone.late_finish, late.late_finish, strict=True)],
        waits=waits,
        drivers=drivers,
        end=end,
    )
