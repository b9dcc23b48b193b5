"""Where did a date come from: what was first said, each accepted move with its reason, and what is said now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.analyses.growth import Growth, measure_growth
from milepost.analyses.slip import Slip, measure_slips
from milepost.model.due import Commitment
from milepost.model.history import History
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.model.work import Status


@dataclass(frozen=True, slots=True)
class Explanation:
    """The story of one date. `slip` is None where the item never had one."""

    item: Ref
    title: str
    is_planned: bool  # False for what was taken out of the plan altogether
    commitment: Commitment
    status: Status | None
    finished: date | None
    slip: Slip | None
    growth: Growth | None = None  # of a milestone's work
    hours_a_day: float = 8.0

    @property
    def is_kept_by_dropping(self) -> bool:
        """Whether the date first said still holds, or an earlier one, and work was dropped for it."""
        days = self.slip.days if self.slip else None
        return days is not None and days <= 0 and self.growth is not None and self.growth.dropped > 0


def explain_date(plan: Plan, history: History, item: Ref) -> Explanation:
    """Why the date of an item is what it is now."""
    milestone = plan.milestone(item.id) if item.kind == "milestone" else None
    slip = next((slip for slip in measure_slips(history) if slip.item == item), None)
    return Explanation(
        item=item,
        title=title_of(plan, history, item),
        is_planned=item in plan.items,
        commitment=milestone.commitment if milestone else Commitment.TARGET,
        status=milestone.status if milestone else None,
        finished=milestone.finish if milestone else None,
        slip=slip,
        growth=measure_growth(history, item) if item.kind == "milestone" else None,
        hours_a_day=float(plan.calendar.hours),
    )


def title_of(plan: Plan, history: History, item: Ref) -> str:
    """What an item is called, or was called last."""
    return plan.title_of(item) if item in plan.items else _last_title(history, item)


def _last_title(history: History, item: Ref) -> str:
    titles = [change.old for change in history.of(item) if change.field == "title" and isinstance(change.old, str)]
    return titles[-1] if titles else item.id
