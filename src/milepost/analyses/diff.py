"""What do two versions of a plan say differently, as facts a planner would name?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from milepost.model.due import Due
from milepost.model.item import Item, Ref, Value
from milepost.model.plan import Plan
from milepost.model.reason import Reason, parse_reason


class Kind(StrEnum):
    """The kinds of fact, in the order of what a reader wants to know first."""

    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"
    REMOVED = "removed"
    RENAMED = "renamed"
    STARTED = "started"
    FINISHED = "finished"
    RE_ESTIMATED = "re-estimated"
    RE_OWNED = "re-owned"
    RE_PRIORITISED = "re-prioritised"
    DEPENDENCY = "dependency"
    RISK = "risk"
    CHANGED = "changed"


_FIELD_KINDS = {
    "due": Kind.MOVED,
    "estimate": Kind.RE_ESTIMATED,
    "owner": Kind.RE_OWNED,
    "priority": Kind.RE_PRIORITISED,
    "rank": Kind.RE_PRIORITISED,
    "depends_on": Kind.DEPENDENCY,
}
_ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that differs. `days` is set for a date that moved: calendar days, positive is later.

    `via` names what moved a date whose text did not change; `reason` is the `because` that came with the change.
    """

    kind: Kind
    item: Ref
    title: str
    field: str = ""
    old: Value | None = None
    new: Value | None = None
    days: int | None = None
    via: str = ""
    reason: Reason | None = None


def diff_plans(base: Plan, head: Plan) -> tuple[Fact, ...]:
    """The facts that differ between two versions, most important kind first, then by item. None for equal plans."""
    facts = [*_whole_items(base, head), *_fields(base, head), *_indirect_moves(base, head)]
    return tuple(sorted(facts, key=lambda fact: (_ORDER.index(fact.kind), fact.item, fact.field)))


def _whole_items(base: Plan, head: Plan) -> Iterator[Fact]:
    renamed = _renames(base, head)
    for ref in head.items.keys() - base.items.keys():
        if ref in renamed:
            yield Fact(Kind.RENAMED, ref, head.title_of(ref), "id", renamed[ref].id, ref.id)
        else:
            yield Fact(Kind.ADDED, ref, head.title_of(ref), new=head.items[ref].fields.get("due"))
    for ref in base.items.keys() - head.items.keys() - set(renamed.values()):
        yield Fact(Kind.REMOVED, ref, base.title_of(ref))


def _renames(base: Plan, head: Plan) -> dict[Ref, Ref]:
    """New identities whose `was` (or whose milestone's) names one that is gone."""
    found: dict[Ref, Ref] = {}
    for ref in sorted(head.items.keys() - base.items.keys(), key=lambda ref: ref.kind == "task"):
        for old in _former(ref, head.items[ref], found):
            if old in base.items and old not in head.items:
                found[ref] = old
    return found | _carried_over(base, head, found)


def _carried_over(base: Plan, head: Plan, found: dict[Ref, Ref]) -> dict[Ref, Ref]:
    """Tasks that left one milestone and appear in another under the same id: one of each, or it is not certain."""
    left = [ref for ref in base.items if ref.kind == "task" and ref not in head.items and ref not in found.values()]
    came = [ref for ref in head.items if ref.kind == "task" and ref not in base.items and ref not in found]
    by_word = {_word(ref): ref for ref in left}
    once = [word for word, count in Counter(map(_word, left)).items() if count == 1]
    lonely = [word for word, count in Counter(map(_word, came)).items() if count == 1]
    return {ref: by_word[_word(ref)] for ref in came if _word(ref) in once and _word(ref) in lonely}


def _word(task: Ref) -> str:
    return task.id.rpartition("/")[2]


def _former(ref: Ref, item: Item, found: dict[Ref, Ref]) -> Iterator[Ref]:
    milestone, slash, own = ref.id.rpartition("/")
    was = found.get(Ref("milestone", milestone))
    names = item.fields.get("was")
    prefix = f"{was.id if was else milestone}/" if slash else ""
    for name in names if isinstance(names, list) else ():
        yield Ref(ref.kind, str(name) if "/" in str(name) else f"{prefix}{name}")
    if was:
        yield Ref(ref.kind, f"{was.id}/{own}")


def _fields(base: Plan, head: Plan) -> Iterator[Fact]:
    renamed, days = _renames(base, head), (_days(base), _days(head))
    for ref, item in head.items.items():
        before = base.items.get(renamed.get(ref, ref))
        if before is None or before.fields == item.fields:
            continue
        for field in sorted(item.fields.keys() | before.fields.keys()):
            old, new = before.fields.get(field), item.fields.get(field)
            if old != new and field not in ("was", "because"):
                moved = _days_between(days[0].get(before.ref), days[1].get(ref)) if field == "due" else None
                yield _fact(head, ref, field, old, new, moved, _new_reason(before, item))


def _fact(
    head: Plan, ref: Ref, field: str, old: Value | None, new: Value | None, days: int | None, reason: Reason | None
) -> Fact:
    if field in ("started", "finished", "dropped") and old is None:
        return Fact(Kind(field), ref, head.title_of(ref), field, old, new, reason=reason)
    kind = Kind.RISK if ref.kind == "risk" else _FIELD_KINDS.get(field, Kind.CHANGED)
    return Fact(kind, ref, head.title_of(ref), field, old, new, days, reason=reason)


def _new_reason(before: Item, after: Item) -> Reason | None:
    """The reason that came with the change: a `because` that stood there before explains nothing new."""
    given = after.fields.get("because")
    return parse_reason(given) if given != before.fields.get("because") else None


def _days_between(old: date | None, new: date | None) -> int | None:
    return (new - old).days if old and new else None


def _indirect_moves(base: Plan, head: Plan) -> Iterator[Fact]:
    """Dates that moved though their text did not: a release or the calendar moved them."""
    renamed, before_days, days_now = _renames(base, head), _days(base), _days(head)
    for ref, item in head.items.items():
        before = base.items.get(renamed.get(ref, ref))
        text = item.fields.get("due")
        if before is None or ref.kind == "release" or text is None or before.fields.get("due") != text:
            continue
        old, new = before_days.get(before.ref), days_now.get(ref)
        if old and new and old != new:
            days = (new - old).days
            via = f"release {text}" if Ref("release", str(text)) in head.items else "the calendar"
            yield Fact(Kind.MOVED, ref, head.title_of(ref), "due", old.isoformat(), new.isoformat(), days, via)


def _days(plan: Plan) -> dict[Ref, date | None]:
    """The days on which milestones, goals and releases are due in one version."""
    found: list[tuple[Ref, Due | None]] = [(milestone.ref, milestone.due) for milestone in plan.milestones]
    found += [(goal.ref, goal.due) for goal in plan.goals]
    return {ref: due.day for ref, due in found if due} | {release.ref: release.due for release in plan.releases}
