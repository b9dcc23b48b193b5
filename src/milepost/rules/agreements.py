"""Who agreed to a milestone in a review, and to which dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from milepost.model.history import History
from milepost.model.item import Ref, Value
from milepost.model.moves import replay_moves
from milepost.model.plan import Plan
from milepost.rules.own import entries


class Given(NamedTuple):
    """An agreement: in which review, and on which day."""

    review: Ref
    day: date


class _Dating(NamedTuple):
    """A date of an item, and when it was accepted: as a day, and as the number of the revision."""

    number: int
    accepted: date | None
    due: date | None


def given_agreements(plan: Plan) -> dict[tuple[str, Ref], list[Given]]:
    """The agreements of each person with each milestone, in the order of the plan."""
    found: dict[tuple[str, Ref], list[Given]] = {}
    for review in plan.reviews:
        for agreement in review.agreed:
            for ref in agreement.about:
                found.setdefault((agreement.who, ref), []).append(Given(review.ref, review.date or date.min))
    return found


@dataclass(frozen=True, slots=True)
class AgreedDates:
    """Which dates stood when somebody agreed: from the day of the review until the review was accepted.

    The change that moves a date and the review that agrees to it are accepted in either order, so all of these count.
    """

    dates: Mapping[Ref, list[_Dating]]
    recorded: Mapping[tuple[Ref, str, str], int]  # review, who, about: the revision that brought it

    def of(self, given: Given, who: str, item: Ref) -> list[date] | None:
        """The dates of an item that an agreement may mean; None where it is not accepted yet, and means any."""
        until = self.recorded.get((given.review, who, item.id))
        if until is None:
            return None
        until_then = [dating for dating in self.dates.get(item, ()) if dating.number <= until]
        before = (n for n, dating in enumerate(until_then) if dating.accepted and dating.accepted <= given.day)
        return [dating.due for dating in until_then[max(before, default=0) :] if dating.due]


def agreed_dates(history: History) -> AgreedDates:
    """What history knows about dates and agreements."""
    numbers: dict[str, int] = {}
    recorded: dict[tuple[Ref, str, str], int] = {}
    for change in history.changes:
        number = numbers.setdefault(change.revision.id, len(numbers))
        if change.item.kind == "review" and change.field == "agreed":
            for who, about in set(_pairs(change.new)) - set(_pairs(change.old)):
                recorded[change.item, who, about] = number
    dates: dict[Ref, list[_Dating]] = {}
    for item, move, _ in replay_moves(history):
        day = move.new.day if move.new else None
        dates.setdefault(item, []).append(_Dating(numbers[move.revision.id], move.revision.day, day))
    return AgreedDates(dates, recorded)


def _pairs(value: Value | None) -> Iterator[tuple[str, str]]:
    """Who agreed, and to what."""
    for entry in entries(value):
        if isinstance(entry, dict) and isinstance(who := entry.get("who"), str):
            for name in entries(entry.get("about")):
                if isinstance(name, str):
                    yield str(who), name.removeprefix("milestone:")
