"""Who has more to do than time for it, if all due dates are to hold?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.analyses.schedules.project import Project
from milepost.model.plan import Plan
from milepost.scheduling.demand import Overload, find_overloads


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A person's worst span: from `first` to `last`, both working days of the team.

    Work and time are in days of effort. Of estimates their median counts, and nothing of what has none.
    """

    person: str
    first: date
    last: date
    days: int  # working days of the team in the span
    work: float
    time: float  # less than the days where the person is away or works part time

    @property
    def excess(self) -> float:
        """Days of effort that are missing."""
        return self.work - self.time


def find_bottlenecks(project: Project, plan: Plan) -> tuple[Bottleneck, ...]:
    """Everybody whose work exceeds their time in some span, the one who lacks most first. Raises CycleError."""
    found = (_bottleneck(one, project, plan) for one in find_overloads(project.network))
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.excess, one.person)))


def _bottleneck(overload: Overload, project: Project, plan: Plan) -> Bottleneck | None:
    first = project.axis.day_of_start(overload.begin)
    last = project.axis.day_of_finish(overload.end)
    person = plan.person(project.people[overload.resource])
    if first is None or last is None or person is None:
        return None
    share = float(person.share(plan.calendar))
    days = overload.end - overload.begin
    return Bottleneck(person.id, first, last, days, overload.work * share, overload.time * share)
