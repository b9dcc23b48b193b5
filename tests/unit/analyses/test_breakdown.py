"""The parts of a slip add up; rolling and silent dates are seen; a trend is the line through what was said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.analyses.breakdown import UNEXPLAINED, break_down, total_by_category
from milepost.analyses.slip import Slip
from milepost.analyses.trend import Said, Trend, measure_trend
from milepost.model.due import Due
from milepost.model.history import Identity, Revision
from milepost.model.item import Ref
from milepost.model.moves import Cause, Move
from milepost.model.reason import Category, Reason

ADA = Identity("Ada Ash", "ada@example.org")
DAY = date(2027, 1, 4)
DAYS = st.integers(-400, 800).map(lambda days: DAY + timedelta(days=days))
REASONS = st.none() | st.builds(Reason, st.sampled_from(Category), st.just("a reason"))


def revision(day: date) -> Revision:
    return Revision("a" * 40, ADA, (day.toordinal() - date(1970, 1, 1).toordinal()) * 86400 + 43200, "Move it")


def due(day: date | None) -> Due | None:
    return Due(day.isoformat(), day) if day else None


def slip_of(
    said: list[tuple[date, date | None]], actual: date | None = None, reasons: list[Reason | None] | None = None
) -> Slip:
    """The slip of a date that was said on some days; the first is the original."""
    reasons = reasons or [None] * len(said)
    pairs = zip(said, said[1:], reasons[1:], strict=False)
    moves = tuple(
        Move(due(old), due(new), Cause.CHANGE, revision(on), ADA, reason) for (_, old), (on, new), reason in pairs
    )
    first = due(said[0][1])
    assert first
    return Slip(Ref("milestone", "beta"), first, revision(said[0][0]), ADA, moves, None, None, due(said[-1][1]), actual)


@given(DAYS, st.lists(st.tuples(DAYS, st.none() | DAYS, REASONS), max_size=8), st.none() | DAYS)
def test_the_parts_add_up_to_the_total(
    original: date, moves: list[tuple[date, date | None, Reason | None]], actual: date | None
) -> None:
    said = [(DAY, original), *((on, day) for on, day, _ in moves)]
    found = break_down(slip_of(said, actual, [None, *(reason for _, _, reason in moves)]), actual is None, DAY)
    assert found is not None
    assert found.total == sum(part.days for part in found.parts) + found.unannounced
    assert sum(found.by_category.values()) == sum(part.days for part in found.parts)
    last = next(day for _, day in reversed(said) if day)
    assert found.total == ((actual or last) - original).days


def test_a_date_that_was_gone_for_a_while_loses_no_day() -> None:
    slip = slip_of([(DAY, date(2027, 3, 1)), (DAY, None), (DAY, date(2027, 3, 11))], date(2027, 3, 12))
    found = break_down(slip, False, date(2027, 4, 1))
    assert found is not None
    assert [part.days for part in found.parts] == [0, 10]
    assert (found.unannounced, found.total) == (1, 11)
    assert found.by_category == {UNEXPLAINED: 10}


def test_reasons_are_added_up_most_first() -> None:
    reasons = [None, Reason(Category.SCOPE, "a"), Reason(Category.RISK, "b"), Reason(Category.SCOPE, "c")]
    said = [(DAY, DAY + timedelta(days=days)) for days in (0, 3, 10, 14)]
    found = break_down(slip_of([*said], None, reasons), True, DAY)
    assert found is not None
    assert list(total_by_category([found]).items()) == [("risk", 7), ("scope", 7)]


@pytest.mark.parametrize(
    ("now", "is_open", "today", "silent"),
    [
        (date(2027, 3, 1), True, date(2027, 3, 1), 0),
        (date(2027, 3, 1), True, date(2027, 3, 25), 24),
        (date(2027, 3, 1), False, date(2027, 3, 25), 0),
    ],
)
def test_a_date_that_passed_in_silence(now: date, is_open: bool, today: date, silent: int) -> None:
    found = break_down(slip_of([(DAY, now)]), is_open, today)
    assert found is not None
    assert found.silent == silent


def test_a_far_date_that_hardly_moves_is_not_rolling() -> None:
    """It is about as far ahead each time because little time went by."""
    said = [(DAY + timedelta(days=20 * n), DAY + timedelta(days=365 + 3 * n)) for n in range(4)]
    found = break_down(slip_of(list(said)), True, DAY)
    assert found is not None
    assert found.rolling is None


@pytest.mark.parametrize(
    ("ahead", "rolling"),
    [([90, 90, 90, 90], 90), ([90, 84, 95, 88], 89), ([90, 60, 30, 5], None), ([90, 90, 90], None)],
)
def test_a_rolling_date_is_always_as_far_ahead(ahead: list[int], rolling: int | None) -> None:
    on = [DAY + timedelta(days=30 * number) for number in range(len(ahead))]
    said = [(day, day + timedelta(days=days)) for day, days in zip(on, ahead, strict=True)]
    found = break_down(slip_of([*said]), True, DAY)
    assert found is not None
    assert found.rolling == rolling


def test_the_worked_example_of_a_trend() -> None:
    said = [
        Said(DAY + timedelta(days=x), DAY + timedelta(days=y)) for x, y in ((0, 100), (14, 107), (28, 114), (42, 121))
    ]
    trend = measure_trend(said)
    assert trend is not None
    assert trend.slope == pytest.approx(0.5)
    assert trend.meets == DAY + timedelta(days=200)
    assert trend.colour == "amber"


def test_a_date_that_moves_as_fast_as_time_is_never_reached() -> None:
    said = [Said(DAY + timedelta(days=x), DAY + timedelta(days=x + 90)) for x in (0, 30, 60)]
    trend = measure_trend(said)
    assert trend is not None
    assert (round(trend.slope, 9), trend.meets, trend.colour) == (1, None, "red")
    assert measure_trend(said[:2]) is None
    assert measure_trend([said[0]] * 3) is None


@given(st.lists(st.integers(0, 4000), min_size=3, max_size=12, unique=True), st.integers(-400, 800))
def test_a_date_that_is_always_as_far_ahead_moves_exactly_as_fast_as_time(days: list[int], ahead: int) -> None:
    trend = measure_trend([Said(DAY + timedelta(days=x), DAY + timedelta(days=x + ahead)) for x in sorted(days)])
    assert trend is not None
    assert (trend.slope, trend.meets) == (1, None)


@pytest.mark.parametrize(
    ("slope", "meets", "in_one", "in_thirty"),
    [(1.004, None, 1.0, 30), (0.9998, None, 1.0, 30), (0.996, DAY, 0.99, 29), (0.38, DAY, 0.38, 11),
     (-0.5, DAY, -0.5, -15)],
)  # fmt: skip
def test_what_is_reached_is_not_rounded_up_to_as_fast_as_time(
    slope: float, meets: date | None, in_one: float, in_thirty: int
) -> None:
    trend = Trend(4, slope, meets)
    assert (trend.days_later(1, 2), trend.days_later(30)) == (in_one, in_thirty)
