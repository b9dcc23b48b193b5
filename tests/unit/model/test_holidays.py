"""Public holidays count, and the library that knows them is imported only where a calendar names a country."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from milepost.model.calendar import Calendar, Span, parse_calendar
from milepost.model.holidays import close_codes, is_known_code, public_holidays

BERLIN = Calendar(holidays="DE-BE")


@pytest.mark.parametrize(
    ("calendar", "after", "until", "days"),
    [
        (Calendar(), date(2027, 4, 5), date(2027, 4, 30), 19),
        (BERLIN, date(2027, 4, 5), date(2027, 4, 30), 19),
        (Calendar(), date(2027, 3, 15), date(2027, 4, 30), 34),
        (BERLIN, date(2027, 3, 15), date(2027, 4, 30), 32),  # Good Friday and Easter Monday
        (Calendar(holidays="DE-BE", closed=(Span(date(2027, 3, 30), date(2027, 4, 4)),)),
         date(2027, 3, 15), date(2027, 4, 30), 28),
        (Calendar(holidays="XX"), date(2027, 3, 15), date(2027, 4, 30), 34),
    ],
)  # fmt: skip
def test_working_days(calendar: Calendar, after: date, until: date, days: int) -> None:
    assert calendar.working_days(after, until) == days


@pytest.mark.parametrize(("code", "free"), [("DE-BE", True), ("DE-BY", False), ("DE", False), ("PL", False)])
def test_a_region_has_days_of_its_own(code: str, free: bool) -> None:
    assert (date(2027, 3, 8) in public_holidays(code, 2027)) is free


def test_a_period_ends_before_a_holiday() -> None:
    may = Span(date(2030, 5, 1), date(2030, 5, 30))  # Ascension Day
    assert Calendar(holidays="DE").last_working_day(may) == date(2030, 5, 29)
    assert Calendar().last_working_day(may) == date(2030, 5, 30)


@pytest.mark.parametrize("year", [1, 1500, 2500, 9999])
def test_years_that_nobody_knows_about_have_none(year: int) -> None:
    assert public_holidays("DE", year) == frozenset()
    assert BERLIN.is_working_day(date(year, 3, 1)) is Calendar().is_working_day(date(year, 3, 1))


@pytest.mark.parametrize(
    ("code", "close"), [("DE-BER", "DE-BE"), ("de-be", "DE-BE"), ("AT-X", "AT-1"), ("DEU", "DE"), ("GER", "")]
)
def test_a_code_that_is_unknown(code: str, close: str) -> None:
    assert not is_known_code(code)
    assert close in (*close_codes(code), "")


def test_no_country_no_library() -> None:
    code = (
        "import sys; from datetime import date; import milepost.documents.schema\n"
        "from milepost.model.calendar import parse_calendar\n"
        "parse_calendar({'closed': []}).is_working_day(date(2027, 3, 26)); print('holidays' in sys.modules)\n"
        "parse_calendar({'holidays': 'DE'}).is_working_day(date(2027, 3, 26)); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_calendar_of_a_plan() -> None:
    assert parse_calendar({"holidays": "DE-BE"}).is_working_day(date(2027, 3, 26)) is False
