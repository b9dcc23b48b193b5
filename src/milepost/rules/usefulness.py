"""Which advice to follow first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from milepost.model.due import Commitment
from milepost.model.finding import Finding, Level
from milepost.model.item import Ref
from milepost.model.plan import Plan
from milepost.rules.comparison import Owners
from milepost.rules.rule import Rule

_DANGERS = frozenset(
    (
        "mitigation-overdue", "promise-risks-not-looked-at", "review-overdue", "risk-expired", "risk-review-overdue",
        "risk-without-mitigation", "risk-without-odds", "risk-without-owner", "risk-without-response",
        "risk-without-review",
    )
)  # fmt: skip

#: Advice that asks for more than a line that is missing.
_DOINGS = frozenset(
    (
        "action-overdue", "assertion-fails", "blocked-too-long", "due-aggressive", "due-at-risk", "due-unlikely",
        "enablers-first", "estimate-too-wide", "mitigation-overdue", "must-share", "not-shipped", "overdue",
        "pace-never-seen", "promise-risks-not-looked-at", "review-overdue", "risk-expired", "risk-review-overdue",
        "sprint-left-over", "sprint-length", "stale", "task-too-big", "tasks-too-small", "too-long", "too-many-goals",
        "too-many-open", "unexplained-ignore", "vague-word",
    )
)  # fmt: skip


def most_useful(findings: Iterable[Finding], plan: Plan, rules: Sequence[Rule]) -> Finding | None:
    """The advice of the rule that comes first, for what is due first; None where there is no advice.

    What hurts already comes before any gap: promises that are overdue, then other dates, then what endangers promises.
    Rules stand in the order of what following them gives. What is over comes last.
    """
    order = {rule.name: number for number, rule in enumerate(rules)}
    owners, dues, pains = Owners(plan), _dues(plan), _Pains(plan)

    def rank(finding: Finding) -> tuple[int, int, date]:
        owner = owners.owner(finding.place)
        milestone = owner.id.partition("/")[0] if owner and owner.kind in ("milestone", "task") else ""
        return pains.rank(finding.rule, owner), order.get(finding.rule, len(order)), dues.get(milestone, date.max)

    return min((one for one in findings if one.level is Level.ADVICE), key=rank, default=None)


def is_addition(finding: Finding) -> bool:
    """Whether following an advice means to write something that is missing, and not to do or change something."""
    return finding.rule not in _DOINGS


class _Pains:
    """How much the breach of a rule hurts, 0 for most."""

    def __init__(self, plan: Plan) -> None:
        self._promises = {one.ref for one in plan.milestones if one.commitment is Commitment.PROMISE}
        self._risks = {
            risk.ref
            for risk in plan.risks
            if any(Ref("milestone", ref.id.partition("/")[0]) in self._promises for ref in risk.threatens)
        }

    def rank(self, rule: str, owner: Ref | None) -> int:
        if rule == "overdue":
            return 0 if owner in self._promises else 1
        endangers = rule in _DANGERS and (owner in self._risks or owner in self._promises)
        return 2 if endangers else 3


def _dues(plan: Plan) -> dict[str, date]:
    """The days on which milestones are due that are not over."""
    open_ones = (one for one in plan.milestones if not one.finished and not one.dropped)
    return {one.id: one.due.day for one in open_ones if one.due and one.due.day}
