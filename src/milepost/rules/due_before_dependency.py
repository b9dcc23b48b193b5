"""A milestone that is due before what it waits for."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties
from milepost.rules.wording import listing

_BIND_ENDS = ("FS", "FF")  # by the other two a milestone may well end before what it depends on


def check_due_before_dependency(look: Inspection) -> Iterator[Finding]:
    """Open milestones due before an open milestone that they, or their open tasks, depend on."""
    late: dict[str, list[Tie]] = {}
    for tie in open_ties(look.plan):
        if tie.type in _BIND_ENDS and not tie.leads and _is_due_later(tie):
            late.setdefault(tie.milestone.id, []).append(tie)
    for ties in late.values():
        yield _due_before(ties[0].milestone, ties)


def _is_due_later(tie: Tie) -> bool:
    """Whether the other is a milestone that is due later. A task of it may well be done long before that is due."""
    mine, other = tie.milestone.due, tie.other.due if isinstance(tie.other, Milestone) else None
    return bool(tie.other.status.is_open and mine and other and mine.day and other.day and other.day > mine.day)


def _due_before(milestone: Milestone, ties: list[Tie]) -> Finding:
    others = {tie.other.id: f"{tie.other.id} ({_due_of(tie)})" for tie in ties}
    message = (
        f"{milestone.id} is due on {_day(milestone)}, before what it depends on is: {listing([*others.values()])}."
    )
    related = tuple((tie.place, f"{tie.work.ref.id} depends on {tie.other.ref.id} here.") for tie in ties)
    return RULE.found(milestone.place.at("due"), message, "move one of the dates, or remove the dependency", related)


def _due_of(tie: Tie) -> str:
    return _day(tie.other) if isinstance(tie.other, Milestone) else ""


def _day(milestone: Milestone) -> str:
    return str(milestone.due.day) if milestone.due else ""


RULE = Rule(
    "due-before-dependency",
    Level.WARNING,
    "If both dates are meant, the later one breaks the earlier one.",
    check_due_before_dependency,
)
