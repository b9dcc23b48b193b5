"""Work that somebody or something has held up for days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from milepost.model.calendar import Calendar
from milepost.model.finding import Finding, Level
from milepost.model.plan import Plan
from milepost.model.work import Blocker, Work
from milepost.rules.agreed_work import one_line
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import count


def check_blocked_too_long(look: Inspection) -> Iterator[Finding]:
    """Open milestones and tasks that are blocked for more than some working days, and who removes what blocks them."""
    days = look.limits["limit"]
    earliest = _days_back(look.plan.calendar, look.today, days)
    for milestone in open_milestones(look.plan):
        works: list[Work] = [milestone, *milestone.tasks]
        for work in works:
            block = work.blocked
            if block and block.since and block.since < earliest and work.status.is_open and work.priority != "wont":
                message = f"{work.ref.id} has been blocked since {block.since}, more than {count(days, 'working day')}"
                by = f": “{one_line(block.by)}”" if block.by else ""
                yield RULE.found(work.place.at("blocked"), f"{message}{by}. {_remover(look.plan, block)}", _hint(block))


def _days_back(calendar: Calendar, today: date, days: float) -> date:
    """The earliest day after which there are no more than so many working days until today, counting today."""
    left, day = days, today
    while day > date.min and (left := left - calendar.is_working_day(day)) >= 0:
        day -= timedelta(days=1)
    return day


def _remover(plan: Plan, block: Blocker) -> str:
    return f"{plan.person_name(block.owner)} is to remove that." if block.owner else "Nobody is named to remove that."


def _hint(block: Blocker) -> str:
    if block.owner:
        return "ask what would help; take `blocked` out once the work goes on"
    return "write who removes it: `owner: ID` under `blocked`"


RULE = Rule(
    "blocked-too-long",
    Level.ADVICE,
    "What blocks work goes away when one person is asked to remove it, and others see that it is still there.",
    check_blocked_too_long,
    limits=(Limit("limit", 3, Measure.WORKING_DAYS, "how long something may be blocked"),),
    timed=True,
)
