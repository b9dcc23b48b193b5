"""Milestones and tasks from their fields as written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from milepost.model.calendar import parse_date
from milepost.model.due import Commitment
from milepost.model.estimate import Amount, parse_amount
from milepost.model.fields import Fields
from milepost.model.item import Item, Ref, Value
from milepost.model.people import Raci, Responsibility, Shipped, Vote
from milepost.model.work import Dependency, Measure, Milestone, Task


def build_task(item: Item, fields: Fields, milestones: set[str], tasks: set[str]) -> Task:
    """A task; what it depends on is resolved by the ids of all milestones and tasks (`milestone/task`)."""
    milestone, _, own = item.ref.id.rpartition("/")

    def resolve(name: str) -> Ref:
        """A bare id is a sibling task, else a milestone."""
        sibling = f"{milestone}/{name}"
        is_sibling = "/" not in name and ":" not in name and (sibling in tasks or name not in milestones)
        return Ref("task", sibling) if is_sibling else milestone_or_task(name)

    return Task(
        ref=item.ref,
        id=own,
        title=fields.text("title") or own,
        kind=fields.text("kind") or "feature",
        estimate=fields.estimate("estimate"),
        owner=fields.text("owner"),
        priority=fields.text("priority"),
        rank=fields.number("rank"),
        depends_on=tuple(_dependencies(fields, resolve)),
        not_before=fields.day("not_before"),
        started=fields.day("started"),
        finished=fields.day("finished"),
        dropped=fields.day("dropped"),
        because=fields.reason("because"),
        actual=fields.amount("actual"),
        timebox=fields.amount("timebox"),
        blocked=fields.blocker("blocked"),
        audience=fields.text("audience"),
        labels=fields.texts("labels"),
        links=fields.texts("links"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def build_milestone(item: Item, fields: Fields, tasks: tuple[Task, ...]) -> Milestone:
    """A milestone with its tasks."""
    commitment = fields.text("commitment")
    return Milestone(
        ref=item.ref,
        id=item.ref.id,
        title=fields.text("title") or item.ref.id,
        goal=fields.text("goal"),
        outcome=fields.text("outcome"),
        measures=tuple(_measures(fields)),
        achievable=fields.text("achievable"),
        due=fields.due("due"),
        commitment=Commitment(commitment) if commitment and commitment in [*Commitment] else Commitment.TARGET,
        because=fields.reason("because"),
        priority=fields.text("priority"),
        rank=fields.number("rank"),
        value=fields.text("value"),
        owner=fields.text("owner"),
        raci=_raci(fields),
        depends_on=tuple(_dependencies(fields, milestone_or_task)),
        not_before=fields.day("not_before"),
        estimate=fields.estimate("estimate"),
        votes=tuple(_votes(fields)),
        blocked=fields.blocker("blocked"),
        new_technology=fields.flag("new_technology"),
        labels=fields.texts("labels"),
        links=fields.texts("links"),
        audience=fields.text("audience"),
        tasks=tasks,
        started=fields.day("started"),
        finished=fields.day("finished"),
        dropped=fields.day("dropped"),
        shipped=_shipped(fields),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def _raci(fields: Fields) -> Raci:
    inner = fields.inner("raci")
    if inner is None:
        return Raci()
    responsible = inner.values.get("responsible")
    named = tuple(Responsibility(str(person), _text(does)) for person, does in _entries(responsible))
    return Raci(named, inner.texts("consulted"), inner.texts("informed"))


def _entries(value: Value | None) -> list[tuple[str, Value | None]]:
    """A mapping's entries, or a list's texts with nothing beside them."""
    if isinstance(value, dict):
        return list(value.items())
    return [(entry, None) for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _text(value: Value | None) -> str | None:
    return str(value) if isinstance(value, str) and value else None


def _votes(fields: Fields) -> Iterable[Vote]:
    votes = fields.inner("votes")
    for person in votes.values if votes else ():
        inner = votes.inner(person) if votes else None
        feasible = inner.number("feasible") if inner else votes.number(person) if votes else None
        if feasible is not None:
            pace, says = (inner.text("pace"), inner.text("says")) if inner else (None, None)
            yield Vote(str(person), feasible, pace, says)


def _shipped(fields: Fields) -> Shipped | None:
    inner = fields.inner("shipped")
    return Shipped(inner.text("note") or "", inner.texts("thanks")) if inner else None


def _measures(fields: Fields) -> Iterable[Measure]:
    value = fields.values.get("measures")
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict):
            yield Measure(str(entry.get("text", "")), parse_date(entry.get("met")))
        elif isinstance(entry, str):
            yield Measure(str(entry))


def milestone_or_task(name: str) -> Ref:
    """`kind:id`, `milestone/task`, or a milestone's id."""
    kind, _, id = name.partition(":")
    if kind in ("milestone", "task") and id:
        return Ref(kind, id)
    return Ref("task" if "/" in name else "milestone", name)


def _dependencies(fields: Fields, resolve: Callable[[str], Ref]) -> Iterable[Dependency]:
    value = fields.values.get("depends_on")
    for entry in value if isinstance(value, list) else ():
        name = entry.get("item") if isinstance(entry, dict) else entry
        if not isinstance(name, str):
            continue
        type_, lag = (entry.get("type", "FS"), entry.get("lag")) if isinstance(entry, dict) else ("FS", None)
        amount = parse_amount(lag.removeprefix("-")) if isinstance(lag, str) else None
        if amount and isinstance(lag, str) and lag.startswith("-"):
            amount = Amount(-amount.number, amount.unit)
        yield Dependency(resolve(name), str(type_), amount, str(name))
