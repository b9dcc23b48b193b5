"""A promise that moved, and those it consults have not agreed to where it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from milepost.model.calendar import parse_period
from milepost.model.due import Commitment, Due
from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.work import Milestone
from milepost.rules.agreements import AgreedDates, Given, agreed_dates, given_agreements
from milepost.rules.own import open_milestones
from milepost.rules.past import accepted_item
from milepost.rules.promises import first_promised
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_promise_moved_without_agreement(look: Inspection) -> Iterator[Finding]:
    """Open promises whose date is not the one that those agreed to who are `consulted`.

    Whoever never agreed to any date is named where it is not the one that was promised first. A promise that did not
    move is left to the rule `agreement-missing`.
    """
    promises = [
        one for one in open_milestones(look.plan) if one.commitment is Commitment.PROMISE and one.raci.consulted
    ]
    if look.history is None or not promises:
        return
    given, dates, first = given_agreements(look.plan), agreed_dates(look.history), first_promised(look.history)
    for milestone in promises:
        known = accepted_item(look.history, look.plan.items[milestone.ref])
        day = milestone.due.day if milestone.due else None
        if known and day:
            tolerance = look.limits["tolerance"]
            then = _agreed_to(milestone, known.ref, given, dates)
            late = {who: days for who, days in then.items() if _all_far(days, day, tolerance)}
            was = _before(milestone, first.get(known.ref))
            never = _never_agreed(milestone, known.ref, given) if _all_far(was, day, tolerance) else []
            if late or never:
                yield _finding(look, milestone, late, dict.fromkeys(never, was))


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


def _never_agreed(milestone: Milestone, known: Ref, given: Mapping[tuple[str, Ref], list[Given]]) -> list[str]:
    """Those consulted whom no review names."""
    refs = {milestone.ref, known}
    return [who for who in milestone.raci.consulted if not any((who, ref) in given for ref in refs)]


def _before(milestone: Milestone, first: Due | None) -> list[date]:
    """The day for which it was promised first; none where the same period is written, whatever day it means now."""
    if first is None or first.day is None:
        return []
    is_same = milestone.due and milestone.due.written == first.written and parse_period(first.written)
    return [] if is_same else [first.day]


def _all_far(days: list[date], now: date, tolerance: float) -> bool:
    return bool(days) and all(abs((now - day).days) > tolerance for day in days)


def _finding(
    look: Inspection, milestone: Milestone, late: Mapping[str, list[date]], never: Mapping[str, list[date]]
) -> Finding:
    said = [f"{names} agreed to {day}" for day, names in _names(look, late)]
    said += [f"no review says that {names} agreed to move it from {day}" for day, names in _names(look, never)]
    message = f"{milestone.id} is promised for {milestone.due.day if milestone.due else ''}, but {', and '.join(said)}."
    agreed = ", ".join(f"{{who: {who}, about: [{milestone.id}]}}" for who in (*late, *never))
    ask = "ask again" if late else "ask them"
    return RULE.found(milestone.place.at("due"), message, f"{ask}, and write into a review: `agreed: [{agreed}]`")


def _names(look: Inspection, people: Mapping[str, list[date]]) -> list[tuple[date, str]]:
    """The people of each day, by the last of their days."""
    names: dict[date, list[str]] = {}
    for who, days in people.items():
        names.setdefault(days[-1], []).append(str(look.plan.person_name(who)))
    return [(day, " and ".join(those)) for day, those in names.items()]


RULE = Rule(
    "promise-moved-without-agreement",
    Level.WARNING,
    "Who agreed to one date has not agreed to another.",
    check_promise_moved_without_agreement,
    limits=(Limit("tolerance", 2, Measure.DAYS, "by how much a promise may move without asking again"),),
    needs_history=True,
)
