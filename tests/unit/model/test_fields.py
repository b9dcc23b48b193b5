"""What a field says as text, and what it is read as."""

from __future__ import annotations

import pytest

from milepost.model.calendar import Calendar, parse_calendar
from milepost.model.effort import working_share
from milepost.model.fields import Fields


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("30%", 0.3),
        ("2.5%", 0.025),
        ("0%", 0.0),
        ("100%", 1.0),
        ("100.1%", None),
        ("150%", None),
        ("9" * 400 + "%", None),
        ("-5%", None),
        ("30", None),
        ("%", None),
        ("٣٠%", None),
    ],
)
def test_a_percentage_is_a_share_from_nothing_to_all(written: str, share: float | None) -> None:
    assert Fields({"probability": written}, {}, Calendar()).percent("probability") == share


@pytest.mark.parametrize("written", ["٢٠٢٧-04", "٢٠٢٧-Q2", "٢٠٢٧-04-01"])
def test_a_date_has_the_digits_that_every_reader_knows(written: str) -> None:
    due = Fields({"due": written}, {}, Calendar()).due("due")
    assert due
    assert due.day is None


def test_effort_has_the_digits_that_every_reader_knows() -> None:
    fields = Fields({"estimate": "٣d..٥d", "actual": "٣d"}, {}, Calendar())
    assert (fields.estimate("estimate"), fields.amount("actual")) == (None, None)
    assert working_share("٨٠%", Calendar()) is None
    assert parse_calendar({"hours": "٧"}).hours == 8
