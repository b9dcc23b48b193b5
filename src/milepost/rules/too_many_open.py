"""One person with too many milestones at once."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status
from milepost.rules.open_work import plan_place
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import listing


def check_too_many_open(look: Inspection) -> Iterator[Finding]:
    """Owners of more than a number of milestones that are in progress at once."""
    limit = int(look.limits["limit"])
    for owner, milestones in _in_progress(look.plan).items():
        if len(milestones) > limit:
            who = look.plan.person_name(owner) if owner else "The team"
            names = listing([milestone.id for milestone in milestones])
            message = (
                f"{who} has {len(milestones)} milestones in progress at once ({names}); at most {limit} make sense."
            )
            hint = "finish some of them before the next is started, or give some to somebody else"
            person = next((person.place for person in look.plan.people if person.id == owner), plan_place(look.plan))
            related = tuple((milestone.place.at("id"), f"{milestone.id} is in progress.") for milestone in milestones)
            yield RULE.found(person, message, hint, related)


def _in_progress(plan: Plan) -> dict[str | None, list[Milestone]]:
    """By owner, in the order of the plan."""
    found: dict[str | None, list[Milestone]] = {}
    for milestone in open_milestones(plan):
        if milestone.status is Status.IN_PROGRESS:
            found.setdefault(milestone.owner, []).append(milestone)
    return found


RULE = Rule(
    "too-many-open",
    Level.WARNING,
    "Whoever works on everything at once finishes everything late.",
    check_too_many_open,
    (Limit("limit", 5, Measure.COUNT, "milestones of one owner in progress at once"),),
)
