"""How late this team's dates turn out to be, at the same share of their planned span."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milepost.analyses.forecasts.lateness import (
    ENOUGH,
    Lateness,
    Lifetime,
    find_begins,
    find_lifetimes,
    measure_lateness,
)
from milepost.analyses.slip import measure_slips
from milepost.analyses.trend import Said
from tests.unit.conftest import Version, milestone, tell

START = date(2027, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def lifetime(*said: tuple[int, int], finish: int) -> Lifetime:
    """A milestone that began on day 0; each pair is the day something was said, and the day that was said."""
    return Lifetime(START, tuple(Said(day(on), day(due)) for on, due in said), day(finish))


def test_what_was_left_is_compared_at_the_same_share_of_the_span() -> None:
    late = [lifetime((0, 100), finish=100 + 10 * number) for number in range(ENOUGH)]
    lateness = measure_lateness(late, START, day(50), day(25))  # half of the span is over
    assert lateness is not None
    assert lateness.ratios == pytest.approx([(50 + 10 * number) / 50 for number in range(ENOUGH)])


def test_the_date_that_stood_then_counts() -> None:
    moved = lifetime((0, 100), (60, 200), finish=200)
    lateness = measure_lateness([moved] * ENOUGH, START, day(100), day(20))
    assert lateness is not None
    assert set(lateness.ratios) == {180 / 80}, "on day 20 it was due on day 100"
    lateness = measure_lateness([moved] * ENOUGH, START, day(100), day(75))
    assert lateness is not None
    assert set(lateness.ratios) == {50 / 50}, "three quarters were over on day 150 only, due on day 200"


def test_what_never_came_so_far_is_left_out() -> None:
    early = lifetime((0, 100), finish=30)
    assert measure_lateness([early] * ENOUGH, START, day(100), day(80)) is None


@pytest.mark.parametrize("count", [0, ENOUGH - 1])
def test_too_few_say_nothing(count: int) -> None:
    assert measure_lateness([lifetime((0, 100), finish=120)] * count, START, day(100), day(50)) is None


def test_nothing_is_said_of_a_date_that_has_come() -> None:
    assert measure_lateness([lifetime((0, 100), finish=120)] * 9, START, day(50), day(50)) is None


def test_a_day_on_which_nothing_was_left_any_more_is_not_compared() -> None:
    short = lifetime((0, 10), finish=30)
    assert measure_lateness([short] * ENOUGH, START, day(100), day(96)) is None


def test_quantiles_and_chances_agree() -> None:
    lateness = Lateness((0.8, 1.0, 1.0, 1.1, 1.2, 1.5, 2.0, 3.0))
    for hundredth in range(1, 100):
        p = hundredth / 100
        assert lateness.chance(lateness.quantile(p)) >= min(p, 8 / 9) - 1e-9
    assert lateness.quantile(0.5) == pytest.approx(1.15)
    assert (lateness.quantile(0.01), lateness.quantile(0.99)) == (0.8, 3.0)
    assert lateness.chance(1.0) == pytest.approx(3 / 9)
    assert lateness.day(0.5, day(0), day(100)) == day(115)


def test_lifetimes_come_from_what_was_accepted() -> None:
    first = {"title": "Alpha", "due": "2027-02-01"}
    moved = {**first, "due": "2027-03-01"}
    plan, history = tell(
        [
            Version(
                date(2027, 1, 4), {milestone("alpha"): first, milestone("open"): {**first, "started": "2027-01-02"}}
            ),
            Version(date(2027, 1, 20), {milestone("alpha"): moved}),
            Version(date(2027, 2, 26), {milestone("alpha"): {**moved, "finished": "2027-02-25"}}),
        ]
    )
    slips = measure_slips(history)
    (alpha,) = find_lifetimes(plan, slips)
    assert alpha.start == date(2027, 1, 4), "nobody said when it was started, so when its date was first said"
    assert alpha.said == (Said(date(2027, 1, 4), date(2027, 2, 1)), Said(date(2027, 1, 20), date(2027, 3, 1)))
    assert find_begins(plan, slips) == {milestone("open"): date(2027, 1, 2)}
