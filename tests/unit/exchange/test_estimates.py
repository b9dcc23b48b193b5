"""Estimates from a CSV file: which rows count, and what a wrong name is answered with."""

from __future__ import annotations

import pytest

from milepost.analyses.scoring import Pair
from milepost.errors import UsageError
from milepost.exchange.estimates import Columns, parse_estimates, parse_filter

ROWS = """\
id,said,took,state,team
1,2,3,done,a
1,9,9,done,a
2,4,4,done,b
3,0,4,done,b
4,5,,done,b
5,5,6,cancelled,b
6,inf,6,done,b
7,1e3,5e2,done,a
"""


def test_which_rows_count() -> None:
    table = parse_estimates(ROWS, Columns("said", "took", "id", "team"), [parse_filter("state!=cancelled")])
    assert dict(table.pairs) == {"a": [Pair(2, 3), Pair(1000, 500)], "b": [Pair(4, 4)]}
    assert (table.rows, table.repeated, table.filtered, table.unusable) == (8, 1, 1, 3)


def test_without_groups_all_is_one() -> None:
    table = parse_estimates(ROWS, Columns("said", "took"), [parse_filter("state = done"), parse_filter("team=b,c")])
    assert dict(table.pairs) == {"all": [Pair(4, 4)]}


@pytest.mark.parametrize(
    "columns", [Columns("sad", "took"), Columns("said", "took", "key"), Columns("said", "took", None, "x")]
)
def test_a_column_that_is_not_there_is_a_usage_error(columns: Columns) -> None:
    with pytest.raises(UsageError, match="The file has no column"):
        parse_estimates(ROWS, columns, [])


def test_a_condition_without_a_sign_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="is no condition on a column"):
        parse_filter("state")
