"""What became of a promise: it stands, or it was moved, lowered, left without a date, or given up."""

from __future__ import annotations

from typing import NamedTuple

from milepost.model.calendar import parse_period
from milepost.model.due import Commitment, Due
from milepost.model.item import Place
from milepost.model.work import Milestone, Status
from milepost.rules.promises import Promise
from milepost.rules.wording import count

_LOWER = {Commitment.TARGET: "only a target", Commitment.TENTATIVE: "only tentative"}


class Breach(NamedTuple):
    """Where a promise no longer stands, and in words what became of it. `release` is the one whose date moved it."""

    milestone: Milestone
    place: Place
    what: str
    release: str = ""


def find_breach(milestone: Milestone, promise: Promise, tolerance: float) -> Breach | None:
    """What the plan at hand makes of a promise; None where it stands, give or take some days.

    What is done is done: there only a change that is not accepted yet is looked at.
    """
    was = promise.explained
    if milestone.status is Status.DONE:
        if promise.now is None or not promise.promised:
            return None
        was = promise.now
    if was.day is None:
        return None
    start, place = f"{milestone.id} was promised for {was.day}", milestone.place
    if milestone.dropped:
        return Breach(milestone, place.at("dropped"), f"{start} and is dropped")
    if milestone.priority == "wont":
        return Breach(milestone, place.at("priority"), f"{start} and is put off now with `priority: wont`")
    if milestone.due is None:
        return Breach(milestone, place, f"{start} and has no date any more")
    if milestone.commitment in _LOWER:
        return Breach(milestone, place.at("commitment"), f"{start} and is {_LOWER[milestone.commitment]} now")
    return _moved(milestone, was, _meant(milestone.due, promise.now), tolerance)


def _meant(due: Due, accepted: Due | None) -> Due:
    """A period that stands as it was accepted means the same, though another calendar gives it another day."""
    return accepted if accepted and accepted.written == due.written and parse_period(due.written) else due


def _moved(milestone: Milestone, was: Due, now: Due, tolerance: float) -> Breach | None:
    days = (now.day - was.day).days if now.day and was.day else 0
    if abs(days) <= tolerance:
        return None
    by = f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
    what = f"{milestone.id} was promised for {was.day} and is now promised for {now.day}, {by}"
    return Breach(milestone, milestone.place.at("due"), what, now.written if now.written == was.written else "")
