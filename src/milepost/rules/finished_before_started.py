"""An end before its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_work
from milepost.rules.rule import Inspection, Rule


def check_finished_before_started(look: Inspection) -> Iterator[Finding]:
    """Milestones and tasks that were finished before they were started."""
    for work in own_work(look.plan):
        if work.started and work.finished and work.finished < work.started:
            message = f"{work.ref.id} was finished on {work.finished} but started on {work.started}."
            hint = "correct one of the two dates"
            started = ((work.place.at("started"), "It was started here."),)
            yield RULE.found(work.place.at("finished"), message, hint, started)


RULE = Rule(
    "finished-before-started",
    Level.ERROR,
    "One of the two dates is wrong, and every duration learned from them would be too.",
    check_finished_before_started,
)
