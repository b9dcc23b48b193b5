"""How much of some work is left on a day? Of what has begun less than all of it; of research no more than its timebox.

Effort is done while time goes by, by the owner's share of full time and what people give of it to this work. How much
that was in points nobody can tell without their size in hours, so that points stay whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from milepost.model.derived import Capped, Remaining
from milepost.model.distribution import Distribution
from milepost.model.effort import FULL_TIME, to_hours, working_time
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Task, Work
from milepost.model.workdays import Workdays
from milepost.scheduling.network import Pause, paused


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left on the day from which `axis` counts. `pauses` are when each person who has time is away on it.

    `focus` is the share of their working time that people give to this work, above 0.
    """

    plan: Plan
    axis: Workdays
    pauses: Mapping[str, tuple[Pause, ...]]
    focus: float

    def person(self, work: Work, milestone: Milestone) -> str | None:
        """Who does it; None for an unnamed person, who does nothing else."""
        person = work.owner or milestone.owner
        return person if person in self.pauses else None

    def days_an_hour(self, person: str | None) -> float:
        """The working days that an hour of effort takes somebody."""
        calendar, known = self.plan.calendar, self.plan.person(person)
        share = known.share(calendar) if known else FULL_TIME
        return float(working_time(Fraction(1), share, calendar)) / self.focus

    def of(self, work: Work, milestone: Milestone, whole: Distribution) -> Distribution:
        """Hours of effort that are left, by those of the whole; the same where nothing was done or limits it."""
        person, calendar = self.person(work, milestone), self.plan.calendar
        timebox = to_hours(work.timebox, calendar) if isinstance(work, Task) and work.timebox else None
        if isinstance(work, Task) and work.kind == "research" and timebox:
            whole = Capped(whole, float(timebox))
        elapsed = self._elapsed(work.started, person) / self.days_an_hour(person) if work.started else 0.0
        return Remaining(whole, elapsed) if elapsed > 0 else whole

    def _elapsed(self, begun: date, person: str | None) -> float:
        """Working days from the start of some work up to the day."""
        begin = self.axis.begin_of(begun)
        away = self.pauses.get(person, ()) if person else ()
        return max(0.0, -begin - paused(begin, 0.0, away))


def measure_remainder(plan: Plan, today: date, focus: float = 1.0) -> Remainder:
    """What is left of a plan's work on a day. Stakeholders have no working time, so nothing is done by them."""
    axis = Workdays(plan.calendar, today)
    people = (person for person in plan.people if not person.is_stakeholder)
    pauses = {person.id: tuple(Pause(*span) for span in axis.between(person.away)) for person in people}
    return Remainder(plan, axis, pauses, focus)
