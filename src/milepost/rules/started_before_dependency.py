"""Work that began before what it waits for was finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.work import Milestone, Task
from milepost.rules.rule import Inspection, Rule
from milepost.rules.ties import Tie, open_ties


def check_started_before_dependency(look: Inspection) -> Iterator[Finding]:
    """Work in progress that depends, finish to start, on work that is still open. A negative lag allows it."""
    for tie in open_ties(look.plan):
        started = _started(tie.work)
        if started and tie.type == "FS" and not tie.leads and tie.other.status.is_open:
            yield _too_early(tie, started)


def _started(work: Milestone | Task) -> date | None:
    """The day on which work began: a milestone's with its first task."""
    days = [work.started, *(task.started for task in work.tasks)] if isinstance(work, Milestone) else [work.started]
    return min((day for day in days if day), default=None)


def _too_early(tie: Tie, started: date) -> Finding:
    message = (
        f"{tie.work.ref.id} was started on {started}, but {tie.other.ref.id}, which it depends on, is not finished."
    )
    hint = "if it may begin earlier, write `{item: " + tie.other.ref.id + ", type: SS}` or name the task it waits for"
    return RULE.found(tie.place, message, hint)


RULE = Rule(
    "started-before-dependency",
    Level.WARNING,
    "Either the dependency is not one, and makes dates too late, or work was begun that may have to be done again.",
    check_started_before_dependency,
)
