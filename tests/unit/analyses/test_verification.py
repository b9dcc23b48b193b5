"""Scores of what would have been said, by cases that can be counted on the fingers of one hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milepost.analyses.forecasts.outlook import Basis
from milepost.analyses.forecasts.replay import PastForecast
from milepost.analyses.forecasts.verification import ENOUGH, Verification, verify_forecasts
from milepost.model.item import Ref
from milepost.model.plan import Plan
from tests.unit.plans import milestone, plan_of

TODAY = date(2027, 6, 1)
BETA = Ref("milestone", "beta")


def said(
    chance: float | None = 0.7, *, sure: str = "2027-03-10", late: str = "2027-03-20", item: Ref = BETA
) -> PastForecast:
    """A forecast of March 2027, due on the 15th."""
    days = {0.1: date(2027, 3, 1), 0.5: date(2027, 3, 5)}
    days |= {0.8: date.fromisoformat(sure), 0.9: date.fromisoformat(late), 0.95: date.fromisoformat(late)}
    return PastForecast(item, "c0ffee", date(2027, 2, 1), date(2027, 3, 15), chance, days, Basis.WORK)


def plan(finished: str | None) -> Plan:
    return plan_of(milestone(f"id: beta\ntitle: Beta\n{f'finished: {finished}' if finished else 'due: 2027-09-01'}\n"))


def judge(finished: str | None, *forecasts: PastForecast, today: date = TODAY) -> Verification:
    return verify_forecasts(forecasts or (said(),), plan(finished), today)


@pytest.mark.parametrize(
    ("finished", "in_range", "was_sure", "kept"),
    [
        ("2027-03-04", 1, 1, 1),
        ("2027-02-26", 0, 1, 1),  # earlier than 9 of 10 would be
        ("2027-03-12", 1, 0, 1),
        ("2027-03-18", 1, 0, 0),
        ("2027-03-25", 0, 0, 0),
        (None, 0, 0, 0),  # long past all that was said
    ],
)
def test_what_came_true(finished: str | None, in_range: int, was_sure: int, kept: int) -> None:
    found = judge(finished)
    assert found.ranges
    assert found.sure
    assert found.chances
    assert (found.ranges.hits, found.sure.hits, found.chances.rate) == (in_range, was_sure, kept)
    assert found.chances.brier == pytest.approx((0.7 - kept) ** 2)


def test_what_is_not_over_yet_is_not_judged() -> None:
    found = judge(None, today=date(2027, 3, 9))
    assert (found.open, found.ranges, found.sure, found.chances) == (1, None, None, None)
    later = judge(None, today=date(2027, 3, 16))
    assert (later.open, later.ranges) == (0, None)
    assert later.sure
    assert (later.sure.hits, later.sure.n) == (0, 1)


def test_what_was_dropped_or_taken_out_is_not_judged() -> None:
    dropped = plan_of(milestone("{id: beta, title: Beta, dropped: 2027-03-01}"))
    gone = Ref("milestone", "gone")
    found = verify_forecasts([said(), said(item=gone)], dropped, TODAY)
    assert (found.forecasts, found.open, found.milestones) == (2, 2, 0)


def test_the_base_rate_stands_beside_the_score() -> None:
    """Somebody who always says 50 % is as good as the base rate where half of it comes true."""
    early, late = said(0.5), said(0.5, sure="2027-03-01")._replace(due=date(2027, 3, 1))
    found = judge("2027-03-04", early, late)
    assert found.chances
    assert (found.chances.brier, found.chances.base, found.chances.rate) == (0.25, 0.25, 0.5)
    assert not found.chances.reliability


def test_reliability_is_shown_from_thirty_chances_on() -> None:
    forecasts = [
        said(0.9 if number % 2 else 0.1)._replace(due=date(2027, 3, 1) + timedelta(days=number % 3 * 10))
        for number in range(ENOUGH)
    ]
    found = judge("2027-03-05", *forecasts)
    assert found.chances
    assert [(round(one.said, 6), one.n) for one in found.chances.reliability] == [(0.1, 15), (0.9, 15)]
    assert sum(one.came * one.n for one in found.chances.reliability) == 20
