"""Counts and shares as the pages write them, and as commands do."""

import pytest

from milepost.analyses.scoring import Interval
from milepost.render.chances import plausible_words
from milepost.render.site.amounts import part, whole_share


@pytest.mark.parametrize(
    ("number", "of", "words"), [(0, 1, "0 of 1"), (74, 96, "74 of 96"), (3242, 4011, "3,242 of 4,011")]
)
def test_a_part_of_many_can_be_read(number: int, of: int, words: str) -> None:
    assert part(number, of) == words


@pytest.mark.parametrize(
    ("share", "meant", "words"),
    [(0.796, None, "80\u202f%"), (0.796, 0.8, "79\u202f%"), (0.8, 0.8, "80\u202f%"), (0.804, 0.8, "81\u202f%")],
)
def test_a_share_is_not_what_it_is_meant_to_be_by_rounding(share: float, meant: float | None, words: str) -> None:
    assert whole_share(share, meant) == words


def test_an_interval_does_not_end_at_what_is_meant_by_rounding() -> None:
    assert plausible_words(Interval(0.204, 0.796)) == "plausibly 20% to 80%"
    assert plausible_words(Interval(0.204, 0.796), 0.8) == "plausibly 20% to 79%"
    assert plausible_words(Interval(0.804, 1.0), 0.8) == "plausibly 81% to 100%"
