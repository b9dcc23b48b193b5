"""One person, or one team, with too many milestones at once."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.item import Place
from milepost.model.people import Person
from milepost.model.plan import Plan
from milepost.model.work import Milestone, Status
from milepost.rules.open_work import plan_place
from milepost.rules.own import open_milestones
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from milepost.rules.wording import listing


def check_too_many_open(look: Inspection) -> Iterator[Finding]:
    """People, and teams of them, who own more than a number of milestones that are in progress at once.

    What nobody owns is on nobody's table: the rule `no-owner` names it.
    """
    by_owner = _in_progress(look.plan)
    limit, most = int(look.limits["limit"]), int(look.limits["team"])
    places = {person.id: person.place for person in look.plan.people}
    for owner, milestones in by_owner.items():
        if len(milestones) > limit:
            place, who = places.get(owner) or plan_place(look.plan), look.plan.person_name(owner) or owner
            yield _too_many(place, who, milestones, limit, "or give some to somebody else")
    for team, people in _teams(look.plan).items():
        milestones = [milestone for person in people for milestone in by_owner.get(person.id, ())]
        if len(milestones) > most:
            place = people[0].place.at("team")
            yield _too_many(place, f"The team {team}", milestones, most, "and help each other with these")


def _too_many(place: Place, who: str, milestones: list[Milestone], limit: int, or_else: str) -> Finding:
    names = listing([milestone.id for milestone in milestones])
    message = f"{who} has {len(milestones)} milestones in progress at once ({names}); at most {limit} make sense."
    hint = f"finish some of them before the next is started, {or_else}"
    related = tuple((milestone.place.at("id"), f"{milestone.id} is in progress.") for milestone in milestones)
    return RULE.found(place, message, hint, related)


def _in_progress(plan: Plan) -> dict[str, list[Milestone]]:
    """By owner, in the order of the plan."""
    found: dict[str, list[Milestone]] = {}
    for milestone in open_milestones(plan):
        if milestone.status is Status.IN_PROGRESS and milestone.owner:
            found.setdefault(milestone.owner, []).append(milestone)
    return found


def _teams(plan: Plan) -> dict[str, list[Person]]:
    """The people of each team."""
    found: dict[str, list[Person]] = {}
    for person in plan.people:
        if person.team:
            found.setdefault(person.team, []).append(person)
    return found


RULE = Rule(
    "too-many-open",
    Level.WARNING,
    "Whoever works on everything at once finishes everything late.",
    check_too_many_open,
    (
        Limit("limit", 5, Measure.COUNT, "milestones of one owner in progress at once"),
        Limit("team", 10, Measure.COUNT, "milestones in progress at once of all owners with the same `team`"),
    ),
)
