"""A range whose lower end is the larger one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from milepost.model.estimate import Estimate
from milepost.model.finding import Finding, Level
from milepost.model.item import Place
from milepost.model.plan import Plan
from milepost.rules.effort import comparable
from milepost.rules.own import own_work
from milepost.rules.rule import Inspection, Rule


def check_estimate_upside_down(look: Inspection) -> Iterator[Finding]:
    """Estimates and impacts in different units that do not ascend by the calendar. In one unit the schema says so."""
    for place, estimate in _estimates(look.plan):
        numbers = comparable(estimate, look.plan.calendar)
        pairs = list(zip(pairwise(estimate.amounts), pairwise(numbers), strict=True)) if numbers else []
        is_told = any(one.unit is other.unit and first > second for (one, other), (first, second) in pairs)
        falling = [(one, other) for (one, other), (first, second) in pairs if first > second]
        if falling and not is_told:
            low, high = falling[0]
            message = f"{low} is more than {high} in this plan's calendar, but stands before it."
            yield RULE.found(place, message, "write the smallest amount first, best in one unit")


def _estimates(plan: Plan) -> Iterator[tuple[Place, Estimate]]:
    for work in own_work(plan):
        if work.estimate:
            yield work.place.at("estimate"), work.estimate
    for risk in plan.risks:
        if risk.place.path not in plan.foreign:
            parts = [(risk.place, risk.impact)]
            parts += [(risk.place.at("mitigation", n), one.impact) for n, one in enumerate(risk.mitigation)]
            yield from ((place.at("impact"), impact) for place, impact in parts if impact)


RULE = Rule(
    "estimate-upside-down",
    Level.ERROR,
    "A range goes from the least to the most; the other way round it says nothing.",
    check_estimate_upside_down,
)
