from datetime import date

import pytest

from milepost.analyses.forecasts.outlook import Basis
from milepost.analyses.forecasts.replay import PastForecast
from milepost.model.due import Due
from milepost.model.estimate import parse_estimate
from milepost.model.item import Ref
from milepost.render.chances import percent_words
from milepost.render.charts.text import shorten, text_width
from milepost.render.paint import Paint
from milepost.render.replay import render_said_text
from milepost.render.site import amounts, dates

TODAY = date(2026, 11, 23)


def test_days_name_their_year_where_it_is_another() -> None:
    assert dates.short_day(date(2026, 12, 14), TODAY) == "14 Dec"
    assert dates.short_day(date(2027, 2, 7), TODAY) == "7 Feb 2027"
    assert dates.short_day(date(2026, 12, 14)) == "14 Dec 2026"
    assert dates.long_day(date(2026, 12, 14), TODAY) == "14 December"


@pytest.mark.parametrize(
    ("written", "day", "short", "long"),
    [
        ("2026-12-14", date(2026, 12, 14), "14 Dec", "14 December"),
        ("2027-Q2", date(2027, 6, 30), "Q2 2027", "Q2 2027"),
        ("2027-04", date(2027, 4, 30), "April 2027", "April 2027"),
        ("v1.0", date(2027, 2, 17), "17 Feb 2027 (v1.0)", "17 February 2027 with v1.0"),
        ("someday", None, "someday", "someday"),
    ],
)
def test_a_due_is_as_exact_as_it_was_meant(written: str, day: date | None, short: str, long: str) -> None:
    assert dates.due_words(Due(written, day), TODAY) == short
    assert dates.long_due(Due(written, day), TODAY) == long


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("4d", "4 days"), ("1d", "1 day"), ("3d..12d", "3 to 12 days"), ("3d..5d..12d", "about 5 days (3 to 12)"),
        ("4h..2d", "4h..2d"), ("0.5w", "0.5 weeks"), ("5pt", "5 points"),
    ],
)  # fmt: skip
def test_estimates_read_as_people_say_them(written: str, words: str) -> None:
    estimate = parse_estimate(written)
    assert estimate
    assert amounts.effort(estimate) == words


def test_a_mode_is_called_most_likely() -> None:
    estimate = parse_estimate({"pert": ["3d", "4d", "12d"]})
    assert estimate
    assert amounts.effort(estimate) == "most likely 4 days (3 to 12)"


def test_counts_shifts_and_shares() -> None:
    assert [amounts.count(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [amounts.shift(n) for n in (46, 0, -5)] == ["+46 d", "±0 d", "−5 d"]
    assert [amounts.times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [amounts.later(n) for n in (2, 0, -1)] == ["2 days later", "the same day", "1 day earlier"]
    assert amounts.share(0.3) == "30\u202f%"


def test_long_labels_are_cut_where_the_room_ends() -> None:
    assert shorten("Public beta", 200) == "Public beta"
    short = shorten("A very long title indeed", 80)
    assert short.endswith("…")
    assert text_width(short) <= 80
    assert text_width("地図") == text_width("abcd")


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.796, "79 %"), (0.8, "80 %"), (0.4999, "49 %"), (0.96, ">95 %"), (0.04, "<5 %"), (None, "–")],
)
def test_a_chance_is_shown_with_the_word_that_it_deserves(chance: float | None, words: str) -> None:
    assert percent_words(chance) == words
    said = PastForecast(Ref("milestone", "beta"), "0" * 40, date(2027, 1, 4), None, chance, {}, Basis.WORK)
    assert render_said_text([said], "Beta", None, Paint()).rstrip().endswith(words)
