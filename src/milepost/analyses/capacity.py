"""How much time do people have in some days? Working days of the team, less those they are away, by their share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.model.calendar import Calendar
from milepost.model.people import Person
from milepost.model.plan import Plan


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Hours of working time in a span of days, of each person by id. Stakeholders have none."""

    days: int  # working days of the team
    people: dict[str, float]
    hours_a_day: float

    @property
    def hours(self) -> float:
        """Everybody's together; of a plan that names nobody, the working days of one."""
        return sum(self.people.values()) if self.people else self.days * self.hours_a_day

    def part_of(self, amount: float, person: str) -> float:
        """As much of an amount as a person has of everybody's time."""
        return amount * self.people.get(person, 0.0) / self.hours if self.hours else 0.0


def measure_working_time(plan: Plan, first: date, last: date) -> WorkingTime:
    """The working time from one day to another, both included."""
    days = list(working_days(plan.calendar, first, last))
    people = (person for person in plan.people if not person.is_stakeholder)
    return WorkingTime(len(days), {one.id: _hours(one, days, plan.calendar) for one in people}, plan.calendar.hours)


def working_days(calendar: Calendar, first: date, last: date) -> Iterator[date]:
    """The team's working days from one day to another, both included."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if calendar.is_working_day(day):
            yield day


def _hours(person: Person, days: list[date], calendar: Calendar) -> float:
    present = sum(not any(day in span for span in person.away) for day in days)
    return present * calendar.hours * float(person.share(calendar))
