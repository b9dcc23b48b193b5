"""Items as written to the typed records of a plan. What can't be understood is left out: `check` says what it was."""

from __future__ import annotations

from collections.abc import Iterable

from milepost.model.build_events import build_feedback, build_review, build_sprint
from milepost.model.build_work import build_milestone, build_task, milestone_or_task
from milepost.model.calendar import parse_calendar, parse_date, parse_span
from milepost.model.fields import Fields
from milepost.model.item import PLAN, Item, Ref
from milepost.model.people import Person
from milepost.model.plan import Goal, Plan, Release
from milepost.model.risk import Mitigation, Risk
from milepost.model.source import Source
from milepost.model.work import Task


def build_plan(items: Iterable[Item], sources: tuple[Source, ...] = (), foreign: frozenset[str] = frozenset()) -> Plan:
    """The plan that the items make. Where an id is given twice, the first item stands; both are in `duplicates`."""
    known: dict[Ref, Item] = {}
    duplicates: list[tuple[Item, Item]] = []
    for item in items:
        if item.ref in known:
            duplicates.append((item, known[item.ref]))
        known.setdefault(item.ref, item)
    own = known[PLAN].fields if PLAN in known else {}
    calendar = parse_calendar(own.get("calendar"))
    releases = {ref.id: parse_date(item.fields.get("due")) for ref, item in known.items() if ref.kind == "release"}
    whole = Fields(own, releases, calendar)
    milestones = {ref.id for ref in known if ref.kind == "milestone"}
    risks = {ref.id for ref in known if ref.kind == "risk"}

    def read(kind: str) -> list[tuple[Item, Fields]]:
        found = (item for ref, item in known.items() if ref.kind == kind)
        return [(item, Fields(item.fields, releases, calendar)) for item in found]

    tasks: dict[str, list[Task]] = {}
    siblings = {ref.id for ref in known if ref.kind == "task"}
    for item, fields in read("task"):
        tasks.setdefault(item.ref.id.rpartition("/")[0], []).append(build_task(item, fields, milestones, siblings))
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
            build_milestone(item, fields, tuple(tasks.get(item.ref.id, ()))) for item, fields in read("milestone")
        ),
        risks=tuple(_risk(item, fields) for item, fields in read("risk")),
        sprints=tuple(build_sprint(item, fields) for item, fields in read("sprint")),
        feedback=tuple(build_feedback(item, fields) for item, fields in read("feedback")),
        reviews=tuple(build_review(item, fields, risks) for item, fields in read("review")),
        rules=dict(rules) if isinstance(rules := own.get("rules"), dict) else {},
        assertions=whole.texts("assertions"),
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


def _risk(item: Item, fields: Fields) -> Risk:
    return Risk(
        ref=item.ref,
        id=item.ref.id,
        title=fields.text("title") or item.ref.id,
        threatens=tuple(milestone_or_task(name) for name in fields.texts("threatens")),
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
    due = part.due("due")
    return Mitigation(
        action=part.text("action") or "",
        owner=part.text("owner"),
        due=due.day if due else None,
        done=part.day("done"),
        probability=part.percent("probability"),
        impact=part.estimate("impact"),
    )
