"""Risks as delays: what they are now, what they were, and where they enter."""

from __future__ import annotations

from datetime import date

import pytest

from milepost.analyses.forecasts.experience import Experience
from milepost.analyses.forecasts.forecast import forecast_worlds
from milepost.analyses.forecasts.register import make_register, score_risks
from milepost.analyses.forecasts.threats import Odds, find_threats, find_unrated
from milepost.analyses.forecasts.worlds import Settings, Worlds
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 3, 1)
MITIGATED = """
id: vendor
title: The vendor changes its terms
threatens: [beta]
probability: 40%
impact: 10d..10d
mitigation:
  - {action: Ask for a contract, done: 2027-01-01, probability: 20%}
  - {action: Buy a second one, done: 2027-01-02, impact: 5d..5d}
  - {action: Draw the tiles ourselves, probability: 10%, impact: 2d..2d}
"""


def worlds_of(plan: Plan) -> Worlds:
    return Worlds(plan, TODAY, Experience(), Settings())


def plan_with(*risks: str) -> Plan:
    """Alpha comes before beta, and gamma stands beside them."""
    return plan_of(
        milestone("{id: alpha, title: A, estimate: 3d..3d}"),
        milestone("{id: beta, title: B, estimate: 2d..2d, depends_on: [alpha]}"),
        milestone("{id: gamma, title: C, estimate: 2d..2d}"),
        *(("risk", risk) for risk in risks),
    )


def risk(id: str, more: str) -> str:
    return f"{{id: {id}, title: {id}, probability: 50%, impact: 5d..5d, {more}}}"


def odds(known: Odds) -> tuple[float, float]:
    """How likely it is, and what it then costs on average."""
    return known.probability, known.impact.mean


def test_what_is_done_makes_a_risk_smaller_and_what_is_not_is_worth_something() -> None:
    (threat,) = find_threats(plan_with(MITIGATED), TODAY)
    assert odds(threat.inherent) == pytest.approx((0.4, 10))
    assert odds(threat.residual) == pytest.approx((0.2, 5))
    third = threat.options[2]
    assert odds(third.with_it) == pytest.approx((0.1, 2))
    assert third.without_it == threat.residual
    first = threat.options[0]
    assert odds(first.without_it) == pytest.approx((0.4, 5))


@pytest.mark.parametrize("over", ["occurred: 2027-02-01", "closed: 2027-02-01", "expires: 2027-02-28"])
def test_what_is_over_adds_nothing(over: str) -> None:
    plan = plan_with(risk("late", f"threatens: [beta], {over}"))
    assert find_threats(plan, TODAY) == ()
    assert find_unrated(plan, TODAY) == ()


def test_what_cannot_be_reckoned_with_is_named() -> None:
    plan = plan_with(
        "{id: odds, title: No odds, threatens: [beta], impact: 5d}",
        "{id: impact, title: No impact, threatens: [beta], probability: 50%}",
        "{id: points, title: In points, threatens: [beta], probability: 50%, impact: 3pt}",
        risk("target", "threatens: []"),
    )
    assert [one.id for one in find_unrated(plan, TODAY)] == ["odds", "impact", "points", "target"]


def entries(plan: Plan) -> set[str]:
    """The items at whose end the delay of the only risk enters."""
    worlds = worlds_of(plan)
    (threat,) = worlds.threats
    changed = worlds.with_odds(threat, None)
    return {str(worlds.project.items[number]) for number in changed}


def test_a_delay_comes_once_on_each_path() -> None:
    assert entries(plan_with(risk("both", "threatens: [beta, alpha]"))) == {"alpha"}
    assert entries(plan_with(risk("apart", "threatens: [beta, gamma]"))) == {"beta", "gamma"}


def test_a_delay_enters_where_work_is_still_open() -> None:
    plan = plan_of(
        milestone("{id: alpha, title: A, finished: 2027-02-01}"),
        milestone("{id: beta, title: B, estimate: 2d..2d, depends_on: [alpha]}"),
        ("risk", risk("both", "threatens: [alpha, beta]")),
    )
    assert entries(plan) == {"beta"}


def test_one_coin_for_all_that_a_risk_threatens() -> None:
    plan = plan_with(risk("both", "threatens: [alpha, gamma]"))
    worlds = worlds_of(plan)
    late = worlds.finish([Ref("milestone", "alpha")]) - worlds.finish([Ref("milestone", "gamma")])
    assert [late.quantile(p) for p in (0.001, 0.999)] == pytest.approx([1, 1]), "both are late, or none is"


def test_the_register_tells_first_what_costs_most_and_what_is_done_about_it() -> None:
    plan = plan_with(
        MITIGATED.replace("40%", "90%").replace("20%", "60%"), risk("small", "threatens: [gamma]").replace("5d", "1d")
    )
    worlds = worlds_of(plan)
    first, second = make_register(worlds, forecast_worlds(worlds)).costs
    assert (first.threat.risk.id, first.item, second.threat.risk.id) == ("vendor", Ref("milestone", "beta"), "small")
    assert first.residual == pytest.approx(5)
    assert first.inherent == pytest.approx(10)
    assert first.expected == pytest.approx(3)
    assert [worth.days for worth in first.worths] == pytest.approx([0, 5, 5])
    assert second.residual == pytest.approx(1)


def test_risks_that_are_over_are_scored() -> None:
    plan = plan_with(
        risk("came", "occurred: 2027-02-01").replace("50%", "80%"),
        risk("stayed", "closed: 2027-02-01").replace("50%", "10%"),
        "{id: unsaid, title: No odds, closed: 2027-02-01}",
    )
    record = score_risks(plan)
    assert record is not None
    assert (record.n, record.happened) == (2, 1)
    assert record.given == pytest.approx(0.45)
    assert record.brier == pytest.approx((0.2**2 + 0.1**2) / 2)
    assert record.base == 0.25
