"""Items as written to the typed records of a plan. What can't be understood is left out: `check` says what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from milepost.model.calendar import parse_calendar, parse_date, parse_span
from milepost.model.estimate import Amount, parse_amount
from milepost.model.fields import Fields
from milepost.model.item import Item, Ref
from milepost.model.plan import PLAN, Goal, Person, Plan, Release
from milepost.model.risk import Mitigation, Risk
from milepost.model.source import Source
from milepost.model.work import Commitment, Dependency, Measure, Milestone, Task


def build_plan(items: Iterable[Item], sources: tuple[Source, ...] = (), foreign: frozenset[str] = frozenset()) -> Plan:
    """The plan that the items make. Where an id is given twice, the later item stands; both are in `duplicates`."""
    known: dict[Ref, Item] = {}
    duplicates: list[tuple[Item, Item]] = []
    for item in items:
        if item.ref in known:
            duplicates.append((item, known[item.ref]))
        known[item.ref] = item
    own = known[PLAN].fields if PLAN in known else {}
    calendar = parse_calendar(own.get("calendar"))
    releases = {ref.id: parse_date(item.fields.get("due")) for ref, item in known.items() if ref.kind == "release"}
    whole = Fields(own, releases, calendar)
    milestones = {ref.id for ref in known if ref.kind == "milestone"}

    def read(kind: str) -> list[tuple[Item, Fields]]:
        found = (item for ref, item in known.items() if ref.kind == kind)
        return [(item, Fields(item.fields, releases, calendar)) for item in found]

    tasks: dict[str, list[Task]] = {}
    siblings = {ref.id for ref in known if ref.kind == "task"}
    for item, fields in read("task"):
        tasks.setdefault(item.ref.id.rpartition("/")[0], []).append(_task(item, fields, milestones, siblings))
    return Plan(
        title=whole.text("title"),
        vision=whole.text("vision"),
        repository=whole.text("repository"),
        audience=whole.text("audience") or "internal",
        calendar=calendar,
        people=tuple(_person(item, fields) for item, fields in read("person")),
        releases=tuple(_release(item, fields) for item, fields in read("release")),
        goals=tuple(_goal(item, fields) for item, fields in read("goal")),
        milestones=tuple(
            _milestone(item, fields, tuple(tasks.get(item.ref.id, ()))) for item, fields in read("milestone")
        ),
        risks=tuple(_risk(item, fields) for item, fields in read("risk")),
        sources=sources,
        items=known,
        duplicates=tuple(duplicates),
        foreign=foreign,
    )


def _person(item: Item, fields: Fields) -> Person:
    away = fields.values.get("away")
    spans = (parse_span(entry) for entry in (away if isinstance(away, list) else ()))
    return Person(
        ref=item.ref,
        id=item.ref.id,
        name=fields.text("name") or item.ref.id,
        kind=fields.text("kind") or "person",
        team=fields.text("team"),
        works=fields.text("works"),
        away=tuple(span for span in spans if span),
        github=fields.text("github"),
        email=fields.text("email"),
        place=item.place,
    )


def _release(item: Item, fields: Fields) -> Release:
    return Release(
        ref=item.ref, id=item.ref.id, due=fields.day("due"), because=fields.reason("because"), place=item.place
    )


def _goal(item: Item, fields: Fields) -> Goal:
    return Goal(
        ref=item.ref,
        id=item.ref.id,
        title=fields.text("title") or item.ref.id,
        measure=fields.text("measure"),
        due=fields.due("due"),
        serves=fields.text("serves"),
        because=fields.reason("because"),
        owner=fields.text("owner"),
        audience=fields.text("audience"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def _task(item: Item, fields: Fields, milestones: set[str], tasks: set[str]) -> Task:
    milestone, _, own = item.ref.id.rpartition("/")

    def resolve(name: str) -> Ref:
        """A bare id is a sibling task, else a milestone."""
        sibling = f"{milestone}/{name}"
        is_sibling = "/" not in name and ":" not in name and (sibling in tasks or name not in milestones)
        return Ref("task", sibling) if is_sibling else _milestone_or_task(name)

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


def _milestone(item: Item, fields: Fields, tasks: tuple[Task, ...]) -> Milestone:
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
        depends_on=tuple(_dependencies(fields, _milestone_or_task)),
        not_before=fields.day("not_before"),
        estimate=fields.estimate("estimate"),
        blocked=fields.blocker("blocked"),
        new_technology=fields.flag("new_technology"),
        labels=fields.texts("labels"),
        links=fields.texts("links"),
        audience=fields.text("audience"),
        tasks=tasks,
        started=fields.day("started"),
        finished=fields.day("finished"),
        dropped=fields.day("dropped"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def _risk(item: Item, fields: Fields) -> Risk:
    return Risk(
        ref=item.ref,
        id=item.ref.id,
        title=fields.text("title") or item.ref.id,
        threatens=tuple(_milestone_or_task(name) for name in fields.texts("threatens")),
        probability=fields.percent("probability"),
        impact=fields.estimate("impact"),
        owner=fields.text("owner"),
        response=fields.text("response"),
        mitigation=tuple(_mitigation(part) for part in fields.parts("mitigation")),
        trigger=fields.text("trigger"),
        expires=fields.day("expires"),
        reviewed=fields.day("reviewed"),
        occurred=fields.day("occurred"),
        closed=fields.day("closed"),
        audience=fields.text("audience"),
        was=fields.texts("was"),
        notes=fields.text("notes"),
        place=item.place,
    )


def _mitigation(part: Fields) -> Mitigation:
    return Mitigation(
        action=part.text("action") or "",
        owner=part.text("owner"),
        due=part.day("due"),
        done=part.day("done"),
        probability=part.percent("probability"),
        impact=part.estimate("impact"),
    )


def _measures(fields: Fields) -> Iterable[Measure]:
    value = fields.values.get("measures")
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict):
            yield Measure(str(entry.get("text", "")), parse_date(entry.get("met")))
        elif isinstance(entry, str):
            yield Measure(str(entry))


def _milestone_or_task(name: str) -> Ref:
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
