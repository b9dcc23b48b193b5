"""Something that should have made a risk smaller by now."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.finding import Finding, Level
from milepost.rules.agreed_work import overdue_parts
from milepost.rules.own import own_items
from milepost.rules.rule import Inspection, Rule

_HINT = "write `done: DATE` beside it, or a new `due`; or take it out, if you would rather accept the risk"


def check_mitigation_overdue(look: Inspection) -> Iterator[Finding]:
    """Mitigations of open risks that are not done, with a due date that has passed."""
    still_open = {risk.ref for risk in look.plan.risks if risk.is_open}
    for item in own_items(look.plan, "risk"):
        if item.ref in still_open:
            for place, message in overdue_parts(look.plan, item, "mitigation", "action", look.today):
                yield RULE.found(place, message, _HINT)


RULE = Rule(
    "mitigation-overdue",
    Level.ADVICE,
    "A risk is as large as ever until what makes it smaller is done.",
    check_mitigation_overdue,
    timed=True,
)
