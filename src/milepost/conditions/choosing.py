"""Which items of a plan pass the filters of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from milepost.conditions.tree import Filter
from milepost.model.due import Commitment
from milepost.model.feedback import Feedback
from milepost.model.item import Ref
from milepost.model.people import Person
from milepost.model.plan import Goal, Plan
from milepost.model.risk import Risk
from milepost.model.work import Milestone, Status, Task, Work


class Record(Protocol):
    """Any record of a plan."""

    @property
    def ref(self) -> Ref:
        """Its identity."""


def records_of(plan: Plan, kind: str) -> Sequence[Record]:
    """All records of a kind, in the order of the plan."""
    held: dict[str, Sequence[Record]] = {
        "milestone": plan.milestones,
        "goal": plan.goals,
        "risk": plan.risks,
        "person": plan.people,
        "release": plan.releases,
        "sprint": plan.sprints,
        "feedback": plan.feedback,
        "review": plan.reviews,
    }
    return plan.tasks() if kind == "task" else held[kind]


def choose(plan: Plan, records: Iterable[Record], filters: Iterable[Filter]) -> list[Record]:
    """The records that pass every filter."""
    tests = [_test(plan, one) for one in filters]
    return [record for record in records if all(test(record) for test in tests)]


def status_of(record: Record) -> str | None:
    """planned, started, done or dropped; None for what has no status."""
    if isinstance(record, Work):
        return "started" if record.status is Status.IN_PROGRESS else record.status.value
    return None


def _test(plan: Plan, one: Filter) -> Callable[[Record], bool]:
    asked = _asked(plan, one)

    def passes(record: Record) -> bool:
        found = (
            any(value in asked for value in _values(plan, record, one.name)) if asked else _has(plan, record, one.name)
        )
        return found != one.negated

    return passes


def _asked(plan: Plan, one: Filter) -> tuple[str, ...]:
    """The values that a filter lets through: with a goal, those that serve it as well; none for a property."""
    if one.value is None:
        return ()
    return plan.goals_within(one.value) if one.name == "goal" else (one.value,)


def _has(plan: Plan, record: Record, name: str) -> bool:
    if name == "open":
        return _is_open(record)
    if name in tuple(Commitment):
        promised = _milestone(plan, record) if isinstance(record, Task) else record
        return isinstance(promised, Milestone) and promised.commitment == name
    if name == "blocked":
        return isinstance(record, Work) and record.blocked is not None
    if name == "estimated":
        return isinstance(record, Work) and record.estimate is not None
    return status_of(record) == name


def _is_open(record: Record) -> bool:
    if isinstance(record, Risk):
        return record.is_open
    return isinstance(record, Work) and record.status.is_open


def _values(plan: Plan, record: Record, field: str) -> tuple[str, ...]:
    """What a record says in a field; a task says what its milestone says where it says nothing itself."""
    found = _own_values(plan, record, field)
    if not found and isinstance(record, Task):
        milestone = _milestone(plan, record)
        found = _own_values(plan, milestone, field) if milestone else ()
    return found


def _milestone(plan: Plan, task: Task) -> Milestone | None:
    return plan.milestone(task.ref.id.rpartition("/")[0])


def _own_values(plan: Plan, record: Record, field: str) -> tuple[str, ...]:
    match field, record:
        case "team", Person(team=team):
            return _some(team)
        case "team", Milestone(owner=owner) | Task(owner=owner) | Goal(owner=owner) | Risk(owner=owner):
            person = plan.person(owner)
            return _some(person.team if person else None)
        case "label", Milestone(labels=labels) | Task(labels=labels):
            return labels
        case "milestone", Task(ref=ref):
            return (ref.id.rpartition("/")[0],)
        case "milestone", Milestone(id=id):
            return (id,)
        case "goal", Goal(serves=serves):
            return _some(serves)
        case "release", Milestone(due=due) | Goal(due=due):
            return _some(due.written if due else None)
        case "threatens", Risk(threatens=refs):
            return tuple(ref.id for ref in refs)
        case "about", Feedback(about=about):
            return _some(about.id if about else None)
        case (
            ("goal" | "owner" | "priority" | "value" | "kind" | "response"),
            (Milestone() | Task() | Goal() | Risk() | Person()),
        ):
            value = getattr(record, field, None)
            return _some(value if isinstance(value, str) else None)
    return ()


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
