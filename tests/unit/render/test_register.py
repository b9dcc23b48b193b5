from collections.abc import Callable
from datetime import date

from milepost.model.build import build_plan
from milepost.model.item import Item, Place, Ref, Value
from milepost.render.site.register import RiskEntry, arrange_risks

TODAY = date(2026, 11, 23)

Render = Callable[..., dict[str, str]]
Make = Callable[..., object]


def register(**risks: dict[str, Value]) -> list[RiskEntry]:
    items = [
        Item(Ref("risk", id), {"title": id, **fields}, Place(f"plan/risks/{id}.yaml")) for id, fields in risks.items()
    ]
    return list(arrange_risks(build_plan(items), TODAY))


def test_what_may_cost_most_comes_first_and_what_is_over_last() -> None:
    entries = register(
        small={"probability": "50%", "impact": "1d"},
        closed={"probability": "90%", "impact": "30d", "closed": "2026-01-01"},
        unknown={}, weeks={"probability": "30%", "impact": "1w..3w"}, hours={"probability": "90%", "impact": "2h"},
    )  # fmt: skip
    assert [entry.risk.id for entry in entries] == ["weeks", "small", "hours", "unknown", "closed"]


def test_only_finished_mitigations_make_a_risk_smaller() -> None:
    mitigation: list[Value] = [
        {"action": "a", "done": "2026-01-01", "probability": "20%"},
        {"action": "b", "done": "2026-01-02", "probability": "10%", "impact": "2d..4d"},
        {"action": "c", "probability": "1%", "impact": "1h"},
    ]
    (entry,) = register(risk={"probability": "30%", "impact": "5d..15d", "mitigation": mitigation})
    assert entry.probability == 0.1
    assert str(entry.impact) == "2d..4d"


def test_a_mitigation_that_nobody_owns_says_what_it_would_leave(render: Render, version: Make) -> None:
    small: Value = {"action": "Ask early", "probability": "10%"}
    risk: dict[str, Value] = {"title": "Vendor", "probability": "30%", "mitigation": [small]}
    html = render([version(date(2026, 11, 1), {Ref("risk", "vendor"): risk})])["risks.html"]
    assert '<span class="quiet">would leave 10\u202f%</span>' in html


def test_a_state_in_words() -> None:
    entries = register(
        open={"expires": "2026-11-23"}, past={"expires": "2026-11-22"}, closed={"closed": "2026-01-01"},
        occurred={"occurred": "2026-01-01", "expires": "2026-01-01"},
    )  # fmt: skip
    states = {entry.risk.id: entry.state for entry in entries}
    assert states == {"open": "Open", "past": "Due for a look", "closed": "Closed", "occurred": "Occurred"}
