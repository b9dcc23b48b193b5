"""Work that is given to somebody who has no time for it in this plan."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.work import Work
from milepost.rules.open_work import open_tasks
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Rule


def check_stakeholder_owner(look: Inspection) -> Iterator[Finding]:
    """Open milestones and tasks whose `owner` is a stakeholder. Stakeholders may own risks and what mitigates them."""
    stakeholders = {person.id: person.name for person in look.plan.people if person.is_stakeholder}
    for milestone in open_milestones(look.plan):
        works: list[Work] = [milestone, *open_tasks(milestone)]
        for work in works:
            if work.owner in stakeholders:
                name = stakeholders[work.owner]
                message = f"{work.ref.id} belongs to {name}, who as a stakeholder has no working time in this plan."
                hint = "name the person on the team who sees to it, or remove `kind: stakeholder` under `people`"
                yield RULE.found(work.place.at("owner"), message, hint)


RULE = Rule(
    "stakeholder-owner",
    Level.WARNING,
    "A stakeholder is consulted, informed and asked to agree; their work can't be scheduled.",
    check_stakeholder_owner,
)
