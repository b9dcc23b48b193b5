"""What each risk may cost, side by side: as it stands, and as if nothing were done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from milepost.analyses.forecasts.register import Cost
from milepost.model.item import Ref
from milepost.render.chances import signed_working_days, working_days
from milepost.render.charts.effects import Effect, draw_effects
from milepost.render.site.material import Material
from milepost.render.site.register import arrange_risks

_MOST = 20  # risks that are drawn
_CARDS = 12  # open risks of which everything is seen; of the others it can be unfolded
_TIED = "\u00a0"  # a space at which no line ends


@dataclass(frozen=True, slots=True)
class CostRow:
    """One risk: the date that it makes later the most, by how much, and what its mitigations are worth."""

    risk: Ref
    item: Ref | None
    residual: str
    inherent: str
    worths: tuple[str, ...]
    effect: Effect | None


def risks_page(material: Material) -> Mapping[str, object]:
    """What the template of the risk register asks for."""
    register = material.ahead.register
    known = [one for one in register.costs if one.residual is not None] if register else []
    entries = arrange_risks(material.plan, material.today)
    still_open = [entry for entry in entries if entry.risk.is_open]
    return {
        "still_open": len(still_open),
        "largest": still_open[:_CARDS],
        "others": still_open[_CARDS:],
        "over": [entry for entry in entries if not entry.risk.is_open],
        "tornado": list(_rows(known[:_MOST])),
        "tornado_more": max(0, len(known) - _MOST),
    }


def _rows(costs: list[Cost]) -> Iterator[CostRow]:
    days = [(round(one.residual or 0.0, 1), round(one.inherent or 0.0, 1)) for one in costs]
    for cost, (residual, inherent), effect in zip(costs, days, draw_effects(days), strict=True):
        words = signed_working_days(residual), signed_working_days(inherent)
        yield CostRow(cost.threat.risk.ref, cost.item, *words, tuple(_worths(cost)), effect)


def _worths(cost: Cost) -> Iterator[str]:
    """What each mitigation saves, or would save if it were done."""
    for worth in cost.worths:
        if worth.days is not None:
            verb = "saves" if worth.mitigation.done else "would save"
            yield f"{worth.mitigation.action}: {verb} {working_days(max(worth.days, 0.0)).replace(' ', _TIED)}"
