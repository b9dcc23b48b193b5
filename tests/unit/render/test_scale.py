from datetime import date, timedelta

import pytest

from milepost.render.charts.scale import DayScale, add_days, month_ticks, near, span_of


def test_a_scale_puts_days_at_even_distances_and_keeps_others_inside() -> None:
    scale = DayScale(date(2026, 1, 1), date(2026, 1, 11), 100.0, 200.0)
    assert [scale.at(date(2026, 1, day)) for day in (1, 6, 11)] == [100.0, 150.0, 200.0]
    assert scale.at(date(2025, 1, 1)) == 100.0
    assert scale.at(date(2027, 1, 1)) == 200.0


def test_upwards_is_later_when_the_end_is_smaller() -> None:
    scale = DayScale(date(2026, 1, 1), date(2026, 1, 11), 200.0, 0.0)
    assert scale.at(date(2026, 1, 2)) > scale.at(date(2026, 1, 3))


def test_a_scale_of_one_day_divides_by_nothing() -> None:
    assert DayScale(date(2026, 1, 1), date(2026, 1, 1), 5.0, 9.0).at(date(2026, 1, 1)) == 5.0


def test_ticks_are_months_and_the_first_one_names_its_year() -> None:
    scale = DayScale(date(2026, 11, 15), date(2027, 3, 15), 0.0, 100.0)
    assert [tick.label for tick in month_ticks(scale, 12)] == ["Dec 2026", "Jan 2027", "Feb", "Mar"]
    assert [tick.strong for tick in month_ticks(scale, 12)] == [False, True, False, False]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["Jan 2026", "Apr", "Jul", "Oct"]),
        (date(2026, 2, 1), date(2028, 2, 1), ["Jul 2026", "Jan 2027", "Jul", "Jan 2028"]),
        (date(2020, 6, 1), date(2024, 6, 1), ["2021", "2022", "2023", "2024"]),
        (date(1900, 1, 1), date(2020, 1, 1), ["1900", "1950", "2000"]),
    ],
)
def test_ticks_grow_coarser_until_they_fit(first: date, last: date, labels: list[str]) -> None:
    assert [tick.label for tick in month_ticks(DayScale(first, last, 0.0, 1.0), 4)] == labels


def test_ticks_reach_the_ends_of_the_calendar() -> None:
    assert month_ticks(DayScale(date.min, date.max, 0.0, 1.0), 12)


def test_days_beyond_the_calendar_are_kept_within_it() -> None:
    assert add_days(date.max, 1) == date.max
    assert add_days(date.min, -1) == date.min
    assert span_of([date.max, date.min], 7) == (date.min, date.max)


def test_far_dates_are_not_near() -> None:
    today = date(2026, 11, 23)
    assert near(today + timedelta(days=3000), today)
    assert not near(date(9999, 12, 31), today)
