"""A milestone that counts as reached although its own criteria do not hold."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Status
from milepost.rules.own import own_milestones
from milepost.rules.rule import Inspection, Rule
from milepost.rules.wording import count


def check_done_without_measure_met(look: Inspection) -> Iterator[Finding]:
    """Done milestones with measures that have no `met`."""
    for milestone in own_milestones(look.plan):
        if milestone.status is not Status.DONE:
            continue
        unmet = [number for number, measure in enumerate(milestone.measures) if measure.met is None]
        if unmet:
            of = f"{len(unmet)} of its {count(len(milestone.measures), 'measure')}"
            message = f"{milestone.id} is done, but nobody has seen {of} hold."
            hint = "write `{text: …, met: DATE}` with the day it was seen to hold, or add the work that is missing"
            place = milestone.place.at("measures")
            related = tuple((place.at(number), "This one was not seen to hold.") for number in unmet[1:])
            yield RULE.found(place.at(unmet[0]), message, hint, related)


RULE = Rule(
    "done-without-measure-met",
    Level.WARNING,
    "The work may be done and the outcome not there: the measures say which.",
    check_done_without_measure_met,
)
