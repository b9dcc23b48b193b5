"""Which advice to follow first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from milepost.model.finding import Finding, Level
from milepost.model.plan import Plan
from milepost.rules.comparison import Owners
from milepost.rules.rule import Rule


def most_useful(findings: Iterable[Finding], plan: Plan, rules: Sequence[Rule]) -> Finding | None:
    """The advice of the rule that comes first, for what is due first; None where there is no advice.

    Rules stand in the order of what following them gives. What is over comes last.
    """
    order = {rule.name: number for number, rule in enumerate(rules)}
    owners, dues = Owners(plan), _dues(plan)

    def rank(finding: Finding) -> tuple[int, date]:
        owner = owners.owner(finding.place)
        milestone = owner.id.partition("/")[0] if owner and owner.kind in ("milestone", "task") else ""
        return order.get(finding.rule, len(order)), dues.get(milestone, date.max)

    return min((one for one in findings if one.level is Level.ADVICE), key=rank, default=None)


def _dues(plan: Plan) -> dict[str, date]:
    """The days on which milestones are due that are not over."""
    open_ones = (one for one in plan.milestones if not one.finished and not one.dropped)
    return {one.id: one.due.day for one in open_ones if one.due and one.due.day}
