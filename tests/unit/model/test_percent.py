"""Shares in percent: rounded, and never to the other side of a bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.percent import whole_percent

SHARES = st.floats(0, 1)
BOUNDS = st.integers(1, 100).map(lambda percent: percent / 100)


@pytest.mark.parametrize(
    ("share", "least", "most", "percent"),
    [(0.796, (0.5, 0.8), (), 79), (0.8, (0.8,), (), 80), (0.796, (), (), 80), (0.604, (), (0.6,), 61),
     (0.6, (), (0.6,), 60), (0.9999, (1.0,), (), 99)],
)  # fmt: skip
def test_a_bound_is_never_crossed(
    share: float, least: tuple[float, ...], most: tuple[float, ...], percent: int
) -> None:
    assert whole_percent(share, least, most) == percent


@given(SHARES, BOUNDS)
def test_what_is_shown_is_on_the_side_of_what_is_meant(share: float, bound: float) -> None:
    assert whole_percent(share, least=(bound,)) / 100 < bound or share >= bound
    assert whole_percent(share, most=(bound,)) / 100 > bound or share <= bound
    for shown in (whole_percent(share, least=(bound,)), whole_percent(share, most=(bound,))):
        assert abs(shown - share * 100) <= 1
