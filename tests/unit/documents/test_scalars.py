"""Numbers that are none: digits of other scripts, raised ones and doubled signs are read as text, and crash nothing."""

from __future__ import annotations

import pytest

from milepost.documents.yaml import read_plan_file
from milepost.model.calendar import Calendar
from milepost.model.fields import Fields

ODD = ["0²", "+-5", "--1", "٣", "-٣", "１２", "5²", "+"]


@pytest.mark.parametrize("text", ODD)
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    document = read_plan_file(f"title: {text}\n".encode())
    assert isinstance(document.data, dict)
    assert (document.data["title"], document.problems) == (text, ())


@pytest.mark.parametrize("text", ODD)
def test_it_is_no_rank_and_no_error(text: str) -> None:
    assert Fields({"rank": text}, {}, Calendar()).number("rank") is None


def test_numbers_are_numbers() -> None:
    assert [Fields({"rank": text}, {}, Calendar()).number("rank") for text in ("12", "-3", "+4")] == [12, -3, 4]
