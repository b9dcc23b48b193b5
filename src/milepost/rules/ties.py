"""Dependencies of open work: who waits, for what, and where that was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from milepost.model.estimate import Amount
from milepost.model.item import Place, Ref
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Work
from milepost.rules.links import written_links
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones

_KEY = "depends_on"
PRIORITIES = ("must", "should", "could", "wont")


class Tie(NamedTuple):
    """One entry of a `depends_on`: `work` waits for `other`. Each comes with its milestone, or is it."""

    place: Place
    type: str  # FS | SS | FF | SF
    lag: Amount | None  # working time in between; negative where the two may overlap
    milestone: Milestone
    work: Work
    other_milestone: Milestone
    other: Work

    @property
    def leads(self) -> bool:
        """Whether a negative lag allows it to begin before the other ends."""
        return self.lag is not None and self.lag.number < 0


def open_ties(plan: Plan) -> Iterator[Tie]:
    """All links of open milestones and their open tasks to items that exist."""
    known = _known(plan)
    for milestone in open_milestones(plan):
        works: list[Work] = [milestone, *open_tasks(milestone)]
        for work in works:
            item = plan.items[work.ref]
            lags = _lags(work)
            for link in written_links(plan, item):
                if link.ref in known and _KEY in link.place.pointer:
                    yield Tie(
                        link.place, link.type, lags.get((link.written, link.type)), milestone, work, *known[link.ref]
                    )


def priorities(tie: Tie) -> tuple[str | None, str | None]:
    """How much each end is needed: a task never more than its milestone, unless both are in the same one."""
    if tie.milestone is tie.other_milestone:
        return tie.work.priority, tie.other.priority
    mine = _lesser(tie.work.priority, tie.milestone.priority)
    return mine, _lesser(tie.other.priority, tie.other_milestone.priority)


def _lesser(one: str | None, other: str | None) -> str | None:
    return max((name for name in (one, other) if name in PRIORITIES), key=PRIORITIES.index, default=None)


def _known(plan: Plan) -> dict[Ref, tuple[Milestone, Work]]:
    known: dict[Ref, tuple[Milestone, Work]] = {}
    for milestone in plan.milestones:
        known[milestone.ref] = (milestone, milestone)
        known.update((task.ref, (milestone, task)) for task in milestone.tasks)
    return known


def _lags(work: Work) -> dict[tuple[str, str], Amount | None]:
    """The lag of each entry, by what is written and the type."""
    return {(entry.written, entry.type): entry.lag for entry in reversed(work.depends_on)}
