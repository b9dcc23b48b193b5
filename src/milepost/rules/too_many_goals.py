"""So many goals that none is one."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.model.plan import Goal, Plan
from milepost.rules.open_work import plan_place
from milepost.rules.rule import Inspection, Limit, Measure, Rule


def check_too_many_goals(look: Inspection) -> Iterator[Finding]:
    """More than a number of open goals. A goal that others serve is reached by these, and not counted itself."""
    goals, limit = _open_goals(look.plan), int(look.limits["limit"])
    if len(goals) > limit:
        message = f"This plan has {len(goals)} open goals side by side, at most {limit} can be kept in mind."
        hint = "let smaller goals serve a larger one (`serves: ID`) or make them milestones, and put the rest off"
        related = tuple((goal.place.at("id"), f"{goal.id} is open.") for goal in goals)
        yield RULE.found(plan_place(look.plan), message, hint, related)


def _open_goals(plan: Plan) -> list[Goal]:
    """Own goals that are served by no other goal, and not all of whose milestones are done or dropped."""
    served = {goal.serves for goal in plan.goals}
    ahead: dict[str | None, list[bool]] = {}
    for milestone in plan.milestones:
        ahead.setdefault(milestone.goal, []).append(milestone.status.is_open)
    own = (goal for goal in plan.goals if goal.place.path not in plan.foreign)
    return [goal for goal in own if goal.id not in served and any(ahead.get(goal.id, [True]))]


RULE = Rule(
    "too-many-goals",
    Level.WARNING,
    "Many minor goals share one team's attention, and the important one gets as little as the rest.",
    check_too_many_goals,
    (Limit("limit", 5, Measure.COUNT, "open goals"),),
)
