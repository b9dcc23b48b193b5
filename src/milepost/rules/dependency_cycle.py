"""Work that waits for itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from milepost.analyses.schedules.circles import find_circles, may_have_circles
from milepost.analyses.schedules.project import build_project
from milepost.model.finding import Finding, Level
from milepost.model.item import Place, Ref
from milepost.model.plan import Plan
from milepost.rules.links import written_links
from milepost.rules.rule import Inspection, Rule

_LONGEST = 12  # items of a cycle that a sentence lists


class _Written(NamedTuple):
    """Where it is written that something waits, by which item, and how to say it."""

    place: Place
    owner: Ref
    words: str


def check_dependency_cycle(look: Inspection) -> Iterator[Finding]:
    """One shortest cycle of each knot of dependencies: what `schedule` and `forecast` refuse, and nothing else.

    Starts and ends count apart, so SS beside FF is no cycle, and is scheduled. Work that has begun is held back no
    more, and is refused by neither; what is written about it is a cycle all the same.
    """
    if not may_have_circles(look.plan):
        return
    told: set[Ref] = set()
    for plan in (look.plan, _not_begun(look.plan)):
        project = build_project(plan, look.today)
        for circle in find_circles(project.network, project.items):
            if told.isdisjoint(circle):
                yield _cycle(look.plan, circle)
            told.update(circle)


def _not_begun(plan: Plan) -> Plan:
    """The plan as if nothing in it had begun."""
    milestones = (
        replace(one, started=None, finished=None,
                tasks=tuple(replace(task, started=None, finished=None) for task in one.tasks))
        for one in plan.milestones
    )  # fmt: skip
    return replace(plan, milestones=tuple(milestones))


def _cycle(plan: Plan, circle: tuple[Ref, ...]) -> Finding:
    links = [_written(plan, *pair) for pair in pairwise([*circle, circle[0]])]
    first = next((link for link in links if "depends_on" in link.place.pointer), links[0])
    if len(circle) == 1:
        return RULE.found(first.place, f"{first.owner.id} depends on itself.", "remove it from `depends_on`")
    names = [item.id for item in (*circle, circle[0])]
    if len(names) > _LONGEST:
        names = [*names[: _LONGEST - 2], f"… {len(names) - _LONGEST + 1} more …", names[-1]]
    message = f"{' → '.join(names)} wait for each other in a circle."
    related = tuple((link.place, link.words) for link in links)
    return RULE.found(first.place, message, "remove one of these links", related)


def _written(plan: Plan, this: Ref, that: Ref) -> _Written:
    """Where it is written that one item waits for another, and how to say it: a link of it, or of its milestone."""
    for owner in (this, _whole(this)):
        for link in written_links(plan, plan.items[owner]) if owner in plan.items else ():
            if link.ref in (that, _whole(that)):
                part = "" if owner == this else f"{this.id} is a task of {owner.id}, and "
                first = "" if link.ref == that else f", and {that.id} is a task of that"
                return _Written(link.place, owner, f"{part}{owner.id} depends on {link.ref.id}{first}")
    return _Written(plan.items[that].place, that, f"{that.id} is a task of {this.id}")


def _whole(item: Ref) -> Ref:
    """The milestone of a task; else the item itself."""
    return Ref("milestone", item.id.rpartition("/")[0]) if item.kind == "task" else item


RULE = Rule(
    "dependency-cycle",
    Level.ERROR,
    "Work that waits for itself can never start, so nothing about it can be forecast.",
    check_dependency_cycle,
)
