"""The part of a plan, and of its history, that everybody may read.

An item is public if it says so itself, or says nothing where the plan's own `audience` is public; a task is public only
within a milestone that is. What is public at the tip is public with all of its history. All else is left out as if it
had never been there: its fields, its changes, every mention of it by id, and what commits said, since a commit speaks
of all that it changed. Text that people write into a public item is shown as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from milepost.model.build import build_plan
from milepost.model.history import Change, History, Revision
from milepost.model.item import PLAN, Item, Ref, Value
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status

PUBLIC = "public"
OTHER_WORK = "Work that is not public"
_OTHER = "not-public"
_KINDS = frozenset({"goal", "milestone", "task", "risk", "sprint", "feedback", "review"})
_HOLDS_IDS = frozenset(
    {"depends_on", "goal", "serves", "threatens", "about", "leads_to", "items", "agreed", "risks_looked_at"}
)


def public_part(plan: Plan, history: History) -> tuple[Plan, History]:
    """The public part of a plan and of its history."""
    public = _public_items(plan, history)
    mentions = _Mentions(public, history)
    states = {milestone.ref: _state(milestone, public) for milestone in plan.milestones}
    items = {ref: _shown(item, states.get(ref, {}), mentions) for ref, item in plan.items.items() if ref in public}
    items |= {item.ref: item for item in _other_work(plan, public)}
    at_tip = {ref: items[ref] for ref in history.items if ref in items}
    changes = tuple(_shown_changes(history, public, mentions))
    tip = _silent(history.tip)
    shown = replace(history, tip=tip, changes=changes, items=at_tip, unreadable=(), duplicates=())
    return build_plan(items.values(), plan.sources, plan.foreign), shown


def _public_items(plan: Plan, history: History) -> frozenset[Ref]:
    """Everything that is public at the tip, or was when it was taken out of the plan."""
    known = dict.fromkeys([*plan.items, *history.by_item])
    said = {ref: _audience(ref, plan, history) or plan.audience for ref in known if ref.kind in _KINDS}
    public = {ref for ref, audience in said.items() if audience == PUBLIC and _has_public_home(ref, said)}
    named = {change.new for change in history.changes if change.item in public and change.field == "due"}
    releases = {ref for ref in known if ref.kind == "release" and ref.id in named}
    return frozenset({*public, *releases, *(ref for ref in known if ref.kind in ("plan", "person"))})


def _audience(ref: Ref, plan: Plan, history: History) -> str | None:
    if ref in plan.items:
        value: Value | None = plan.items[ref].fields.get("audience")
    else:
        last = history.of(ref)[-1].revision.id
        value = next((c.old for c in history.of(ref) if c.field == "audience" and c.revision.id == last), None)
    return value if isinstance(value, str) else None


def _has_public_home(ref: Ref, said: Mapping[Ref, str]) -> bool:
    return ref.kind != "task" or said.get(Ref("milestone", ref.id.rpartition("/")[0])) == PUBLIC


def _state(milestone: Milestone, public: frozenset[Ref]) -> dict[str, Value]:
    """What follows for a milestone from tasks that are left out: it stands where it stands."""
    if all(task.ref in public for task in milestone.tasks):
        return {}
    if milestone.status is Status.DONE and milestone.finish:
        return {"finished": milestone.finish.isoformat()}
    if milestone.status is not Status.IN_PROGRESS or milestone.started:
        return {}
    days = [day for task in milestone.tasks for day in (task.started, task.finished) if day]
    return {"started": min(days).isoformat()}


def _other_work(plan: Plan, public: frozenset[Ref]) -> Iterator[Item]:
    """One nameless task for all that is left to do out of sight, where a list of tasks would look complete without."""
    for milestone in plan.milestones:
        left = [task for task in milestone.tasks if task.ref not in public and task.status.is_open]
        if left and milestone.ref in public and any(task.ref in public for task in milestone.tasks):
            yield Item(Ref("task", f"{milestone.id}/{_OTHER}"), {"title": OTHER_WORK}, milestone.place)


class _Mentions:
    """Which ids may be named: those of public items, and their earlier ones."""

    def __init__(self, public: frozenset[Ref], history: History) -> None:
        self._known: set[str] = set()
        for ref in public - {PLAN}:
            former = [change.old for change in history.of(ref) if change.field == "id" and isinstance(change.old, str)]
            was = [one for change in history.of(ref) if change.field == "was" for one in _texts(change.new)]
            self._known.update((ref.id, f"{ref.kind}:{ref.id}", *former, *was))

    def keep(self, item: Ref, field: str, value: Value | None) -> Value | None:
        """A value without what it must not name; None where nothing is left."""
        return self._strip(item, value) if field in _HOLDS_IDS and value is not None else value

    def _strip(self, item: Ref, value: Value) -> Value | None:
        if isinstance(value, str):
            return value if self._may_name(item, value) else None
        if isinstance(value, list):
            return [kept for one in value if (kept := self._strip(item, one)) is not None] or None
        held = {key: self._strip(item, one) for key, one in value.items() if key in ("item", "about")}
        return None if None in held.values() else {**value, **{key: one for key, one in held.items() if one}}

    def _may_name(self, item: Ref, id: str) -> bool:
        """By its own id, or by that of a task beside it."""
        return id in self._known or f"{item.id.rpartition('/')[0]}/{id}" in self._known


def _shown(item: Item, state: dict[str, Value], mentions: _Mentions) -> Item:
    kept = {name: mentions.keep(item.ref, name, value) for name, value in item.fields.items()}
    return Item(item.ref, {name: value for name, value in kept.items() if value is not None} | state, item.place)


def _shown_changes(history: History, public: frozenset[Ref], mentions: _Mentions) -> Iterator[Change]:
    silent: dict[str, Revision] = {}
    for change in history.changes:
        if change.item in public:
            old, new = (mentions.keep(change.item, change.field, value) for value in (change.old, change.new))
            if old != new:
                revision = silent.setdefault(change.revision.id, _silent(change.revision))
                yield change._replace(old=old, new=new, revision=revision)


def _silent(revision: Revision) -> Revision:
    """A revision without its message."""
    return replace(revision, subject="", body="")


def _texts(value: Value | None) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
