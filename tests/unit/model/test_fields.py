"""What a field says as text, and what it is read as."""

from __future__ import annotations

import pytest

from milepost.model.calendar import Calendar
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
    ],
)
def test_a_percentage_is_a_share_from_nothing_to_all(written: str, share: float | None) -> None:
    assert Fields({"probability": written}, {}, Calendar()).percent("probability") == share
