"""Bars and their scale: round numbers, nothing outside the plot, and labels that don't touch."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.render.charts.burnup import Level, draw_burnup
from milepost.render.charts.columns import Amount, AmountScale, draw_columns

AMOUNTS = st.floats(0, 1e7)
LABELS = {"scope": "all work", "first": "as first estimated", "done": "done"}


@pytest.mark.parametrize(
    ("top", "labels"),
    [
        (10, ["0", "2", "4", "6", "8", "10"]),
        (11, ["0", "5", "10", "15"]),
        (0.3, ["0", "0.1", "0.2", "0.3"]),
        (228.8, ["0", "50", "100", "150", "200", "250"]),
        (24, ["0", "5", "10", "15", "20", "25"]),
    ],
)
def test_an_axis_has_round_numbers(top: float, labels: list[str]) -> None:
    assert [rule.label for rule in AmountScale(top, 200, 0).rules()] == labels


@given(st.floats(1e-3, 1e9))
def test_an_axis_reaches_its_top_in_a_few_steps(top: float) -> None:
    scale = AmountScale(top, 200, 0)
    assert scale.most >= top * (1 - 1e-6)
    assert 2 <= len(scale.rules()) <= 7
    assert scale.at(0) == 200
    assert 0 <= scale.at(top) <= 200


@given(st.lists(st.builds(Amount, st.sampled_from(["4 Jan", "28 Dec"]), AMOUNTS, AMOUNTS), min_size=1, max_size=40))
def test_bars_stay_in_the_plot(amounts: list[Amount]) -> None:
    columns = draw_columns(amounts)
    if columns is None:
        assert not any(one.value or one.mark for one in amounts)
        return
    assert len(columns.bars) == len(amounts)
    for bar, amount in zip(columns.bars, amounts, strict=True):
        assert columns.left <= bar.x and bar.x + bar.width <= columns.right
        assert columns.top - 0.1 <= bar.y <= bar.y + bar.height <= columns.bottom + 0.1
        assert columns.top - 0.1 <= bar.mark <= columns.bottom
        assert bar.is_over == (amount.value > amount.mark * (1 + 1e-9))
    labelled = [bar.middle for bar in columns.bars if bar.label]
    assert all(after - before > 50 for before, after in itertools.pairwise(labelled))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=2, max_size=60))
def test_a_burn_up_has_a_line_for_each_that_differs(values: list[tuple[float, float, float]]) -> None:
    levels = [Level(date(2027, 1, 1) + timedelta(weeks=n), *three) for n, three in enumerate(values)]
    chart = draw_burnup(levels, LABELS)
    if not any(any(three) for three in values):
        assert chart is None
        return
    assert chart is not None
    same = all(scope == first for scope, first, _ in values)
    assert [curve.kind for curve in chart.curves] == (["scope", "done"] if same else ["first", "scope", "done"])
    heights = sorted(curve.label_y for curve in chart.curves)
    assert all(after - before >= 17.9 for before, after in itertools.pairwise(heights))


def test_one_day_and_no_work_are_not_drawn() -> None:
    assert draw_columns([Amount("4 Jan", 0, 0)]) is None
    assert draw_burnup([Level(date(2027, 1, 1), 5, 5, 1)], LABELS) is None
