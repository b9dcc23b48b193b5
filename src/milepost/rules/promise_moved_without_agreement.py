"""A promise that moved after those it consults agreed to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.work import Commitment, Milestone
from milepost.rules.agreements import AgreedDates, Given, agreed_dates, given_agreements
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_promise_moved_without_agreement(look: Inspection) -> Iterator[Finding]:
    """Open promises whose date is not the one that those agreed to who are `consulted`.

    Who never agreed is left to the rule `agreement-missing`.
    """
    promises = [
        one for one in open_milestones(look.plan) if one.commitment is Commitment.PROMISE and one.raci.consulted
    ]
    if look.history is None or not promises:
        return
    given, dates = given_agreements(look.plan), agreed_dates(look.history)
    for milestone in promises:
        known = accepted_item(look.history, look.plan.items[milestone.ref])
        day = milestone.due.day if milestone.due else None
        if known and day:
            then = _agreed_to(milestone, known.ref, given, dates)
            late = {who: days for who, days in then.items() if _all_far(days, day, look.limits["tolerance"])}
            if late:
                yield _finding(look, milestone, late)


def _agreed_to(
    milestone: Milestone, known: Ref, given: Mapping[tuple[str, Ref], list[Given]], dates: AgreedDates
) -> dict[str, list[date]]:
    """The dates that each person consulted has agreed to; nobody whose agreement is new."""
    found: dict[str, list[date]] = {}
    for who in milestone.raci.consulted:
        agreed = [dates.of(one, who, ref) for ref in {milestone.ref, known} for one in given.get((who, ref), ())]
        if agreed and all(days is not None for days in agreed):
            found[who] = [day for days in agreed for day in days or ()]
    return found


def _all_far(days: list[date], now: date, tolerance: float) -> bool:
    return bool(days) and all(abs((now - day).days) > tolerance for day in days)


def _finding(look: Inspection, milestone: Milestone, late: Mapping[str, list[date]]) -> Finding:
    names: dict[date, list[str]] = {}
    for who, days in late.items():
        names.setdefault(days[-1], []).append(str(look.plan.person_name(who)))
    said = ", and ".join(f"{' and '.join(agreed)} agreed to {day}" for day, agreed in names.items())
    message = f"{milestone.id} is promised for {milestone.due.day if milestone.due else ''}, but {said}."
    agreed = ", ".join(f"{{who: {who}, about: [{milestone.id}]}}" for who in late)
    return RULE.found(milestone.place.at("due"), message, f"ask again, and write into a review: `agreed: [{agreed}]`")


RULE = Rule(
    "promise-moved-without-agreement",
    Level.WARNING,
    "Who agreed to one date has not agreed to another.",
    check_promise_moved_without_agreement,
    limits=(Limit("tolerance", 2, Measure.DAYS, "by how much a promise may move without asking again"),),
    needs_history=True,
)
