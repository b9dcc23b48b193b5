"""The risks that may still happen, and that a team wrote in our own format."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.plan import Plan
from milepost.model.risk import Risk


def open_risks(plan: Plan) -> Iterator[Risk]:
    """Risks that neither occurred nor were closed."""
    return (risk for risk in plan.risks if risk.is_open and risk.place.path not in plan.foreign)
