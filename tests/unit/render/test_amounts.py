"""Counts and shares as the pages write them."""

import pytest

from milepost.render.site.amounts import part


@pytest.mark.parametrize(
    ("number", "of", "words"), [(0, 1, "0 of 1"), (74, 96, "74 of 96"), (3242, 4011, "3,242 of 4,011")]
)
def test_a_part_of_many_can_be_read(number: int, of: int, words: str) -> None:
    assert part(number, of) == words
