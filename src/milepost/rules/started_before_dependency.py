"""Work that began before what it waits for was finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone, Status, Work
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties


def check_started_before_dependency(look: Inspection) -> Iterator[Finding]:
    """Work in progress that began before what it depends on was finished, or by SS had begun.

    A negative lag allows it.
    """
    for tie in open_ties(look.plan):
        started = _started(tie.work)
        missing = _missing(tie, started) if started and not tie.leads else ""
        if missing:
            yield _too_early(tie, f"{tie.work.ref.id} was started on {started}, but {tie.other.ref.id}, {missing}.")


def _missing(tie: Tie, started: date) -> str:
    """What was not so on the day on which the work began; nothing where all was."""
    if tie.type == "SS" and tie.other.status is Status.PLANNED:
        return "which has to begin first, has not been started"
    if tie.type != "FS":
        return ""
    if tie.other.status.is_open:
        return "which it depends on, is not finished"
    ended = tie.other.finish
    return f"which it depends on, was finished only on {ended}" if ended and ended > started else ""


def _started(work: Work) -> date | None:
    """The day on which work began: a milestone's with its first task."""
    days = [work.started, *(task.started for task in work.tasks)] if isinstance(work, Milestone) else [work.started]
    return min((day for day in days if day), default=None)


def _too_early(tie: Tie, message: str) -> Finding:
    other = tie.other.ref.id
    hint = f"if it may begin earlier, write `{{item: {other}, type: SS}}` or name the task it waits for"
    if tie.type == "SS":
        hint = f"if {other} has begun, write `started: DATE` there; if nothing waits for it, remove the dependency"
    return RULE.found(tie.place, message, hint)


RULE = Rule(
    "started-before-dependency",
    Level.WARNING,
    "Either the dependency is not one, and makes dates too late, or work was begun that may have to be done again.",
    check_started_before_dependency,
)
