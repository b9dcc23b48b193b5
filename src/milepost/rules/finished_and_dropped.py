"""Done and given up at once."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.own import own_work
from milepost.rules.rule import Inspection, Rule


def check_finished_and_dropped(look: Inspection) -> Iterator[Finding]:
    """Milestones and tasks that have both `finished` and `dropped`."""
    for work in own_work(look.plan):
        if work.finished and work.dropped:
            message = f"{work.ref.id} is both finished and dropped."
            finished = ((work.place.at("finished"), "It is finished here."),)
            yield RULE.found(work.place.at("dropped"), message, "remove `finished` or `dropped`", finished)


RULE = Rule(
    "finished-and-dropped",
    Level.ERROR,
    "What was given up was not reached; one of the two is a mistake.",
    check_finished_and_dropped,
)
