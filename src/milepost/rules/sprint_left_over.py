"""What a sprint did not get done, and no later sprint has taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.sprint import Sprint
from milepost.rules.rule import Inspection, Rule

_NAMED = 5  # how many items are named before they are only counted
_HINT = "put it into the next sprint; or write `finished: DATE` or `dropped: DATE` on it, or take it out of this one"


def check_sprint_left_over(look: Inspection) -> Iterator[Finding]:
    """Sprints that are over, with items that are still open and in no sprint that ends later."""
    still_open = _open_work(look.plan)
    taken_up = _last_ends(look.plan)
    for sprint in look.plan.sprints:
        if sprint.end and sprint.end < look.today and sprint.place.path not in look.plan.foreign:
            left = [ref for ref in sprint.items if ref in still_open and taken_up[ref] <= sprint.end]
            if left:
                yield RULE.found(sprint.place.at("items"), _message(sprint, left), _HINT)


def _message(sprint: Sprint, left: list[Ref]) -> str:
    names = f"{', '.join(map(str, left[:-1]))} and {left[-1]} are" if len(left) > 1 else f"{left[0]} is"
    if len(left) > _NAMED:
        names = f"{len(left)} of its items are"
    return f"The sprint {sprint.id} ended on {sprint.end}, and {names} still open and in no later sprint."


def _open_work(plan: Plan) -> set[Ref]:
    return {work.ref for work in plan.works() if work.status.is_open and work.priority != "wont"}


def _last_ends(plan: Plan) -> dict[Ref, date]:
    """The end of the last sprint that each item is in."""
    ends: dict[Ref, date] = {}
    for sprint in plan.sprints:
        for ref in sprint.items:
            ends[ref] = max(ends.get(ref, date.min), sprint.end or date.max)
    return ends


RULE = Rule(
    "sprint-left-over",
    Level.ADVICE,
    "Work that a sprint leaves behind is lost sight of, unless somebody decides what becomes of it.",
    check_sprint_left_over,
    timed=True,
)
