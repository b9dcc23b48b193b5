"""So many musts that nothing can give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from milepost.model.calendar import Calendar
from milepost.model.distribution import middle_points
from milepost.model.estimate import Estimate
from milepost.model.finding import Finding, Level
from milepost.model.percent import whole_percent
from milepost.model.plan import Plan
from milepost.rules.effort import median_days
from milepost.rules.open_work import open_work, plan_place
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


class _Work(NamedTuple):
    """Effort of an open item with a priority, in one unit for the whole plan; None where it has none in that unit."""

    is_must: bool
    effort: float | None


def check_must_share(look: Inspection) -> Iterator[Finding]:
    """A plan whose open musts are more than a share of its open effort (P50) that has a priority."""
    works = _works(look.plan, median_days)
    if all(work.effort is None for work in works):
        works = _works(look.plan, middle_points)
    known = [(work.is_must, work.effort) for work in works if work.effort is not None]
    if len(known) < look.limits["least"]:
        return
    musts, total = sum(effort for is_must, effort in known if is_must), sum(effort for _, effort in known)
    limit = look.limits["limit"]
    if musts > limit * total:
        left_out = len(works) - len(known)
        aside = f" ({count(left_out, 'item')} without such an estimate left out)" if left_out else ""
        share = f"{whole_percent(musts / total, most=(limit,))}% of the open effort that has a priority"
        message = f"Musts are {share}{aside}; at most {limit:.0%} should be."
        hint = "give `priority: should` or `could` to what you could go live without: `must` means that you can't"
        yield RULE.found(plan_place(look.plan), message, hint)


def _works(plan: Plan, effort: Callable[[Estimate, Calendar], float | None]) -> list[_Work]:
    """Open work that has a priority. A task is a must where its milestone is none less."""
    works = []
    for milestone, work in open_work(plan):
        named = {priority for priority in (work.priority, milestone.priority) if priority}
        if named:
            amount = effort(work.estimate, plan.calendar) if work.estimate else None
            works.append(_Work(named == {"must"}, amount))
    return works


RULE = Rule(
    "must-share",
    Level.WARNING,
    "When nearly everything is a must there is nothing to leave out when time runs short, so dates move instead.",
    check_must_share,
    (
        Limit("limit", 0.6, Measure.SHARE, "musts in the open effort"),
        Limit("least", 5, Measure.COUNT, "estimated items with a priority; with fewer a share says little"),
    ),
)
