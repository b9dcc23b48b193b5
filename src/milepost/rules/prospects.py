"""What is to be expected of the dates of a plan, found once for all rules that ask for it.

Nothing is forecast, and numpy is not imported, where nobody gave an estimate and a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from milepost.errors import MilepostError
from milepost.model.history import History
from milepost.model.percent import whole_percent
from milepost.model.plan import Plan
from milepost.model.work import Milestone
from milepost.rules.open_work import open_work
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection

if TYPE_CHECKING:
    from milepost.analyses.forecasts.outlook import Outlook

_FEW, _MANY = 2000, 1000  # samples for plans with more tasks than so many; else what `milepost forecast` draws


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What a forecast follows from, the same only if it is the very same."""

    plan: Plan
    today: date
    history: History | None

    def __hash__(self) -> int:
        return hash((id(self.plan), self.today, id(self.history)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Question)
            and self.plan is other.plan
            and self.history is other.history
            and self.today == other.today
        )


def expected_dates(look: Inspection) -> Iterator[tuple[Milestone, Outlook]]:
    """The open milestones whose date is still ahead, with what their work says of it."""
    ahead = [one for one in open_milestones(look.plan) if one.due and one.due.day and one.due.day >= look.today]
    if not ahead or not any(work.estimate for _, work in open_work(look.plan)):
        return
    from milepost.analyses.forecasts.outlook import Basis

    outlooks = _expect(_Question(look.plan, look.today, look.history))
    for milestone in ahead:
        outlook = outlooks.get(milestone.id)
        if outlook and outlook.basis is Basis.WORK and outlook.chance is not None:
            yield milestone, outlook


@lru_cache(maxsize=2)
def _expect(question: _Question) -> dict[str, Outlook]:
    from milepost.analyses.forecasts.forecast import expect
    from milepost.analyses.forecasts.worlds import Settings, imagine

    plan = question.plan
    settings = Settings(samples=_FEW) if len(plan.tasks()) > _MANY else Settings()
    try:
        worlds = imagine(plan, question.today, question.history, settings)
    except MilepostError:  # work that waits for itself, or days on which nobody works, are told by other rules
        return {}
    found = ((one.id, expect(worlds, one)) for one in plan.milestones)
    return {id: outlook for id, outlook in found if outlook}


def promise_words(milestone: Milestone, outlook: Outlook, limit: float) -> str:
    """`beta is promised for 2027-04-05, which is 71 % likely; 80 % sure is 2027-04-09.` Less likely than a limit."""
    from milepost.analyses.forecasts.outlook import EVEN, SURE

    percent, sure = whole_percent(outlook.chance or 0.0, least=(EVEN, SURE, limit)), outlook.day(SURE)
    likely = "less than 5 %" if percent < 5 else "more than 95 %" if percent > 95 else f"{percent} %"
    day = milestone.due.day if milestone.due else None
    later = f"80 % sure is {sure}" if sure else "no day within 100 years is 80 % sure"
    return f"{milestone.id} is promised for {day}, which is {likely} likely; {later}."
