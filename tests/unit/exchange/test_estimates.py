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


@pytest.mark.parametrize(
    ("text", "pairs", "left_out"),
    [
        ("said;took\r\n2,5;3\r\n4;1.5\r\n", [Pair(2.5, 3), Pair(4, 1.5)], (0, 0)),
        ("said\ttook\n2\t3\n", [Pair(2, 3)], (0, 0)),
        (" said , took \n2, 3\n", [Pair(2, 3)], (0, 0)),
        ('said,took\n"2,5",3\n2,3\n', [Pair(2, 3)], (0, 1)),
        ('id,said,took\n"a\nb",2,3\nab,4,5\n"a\nb",6,7\n', [Pair(2, 3), Pair(4, 5)], (1, 0)),
        ("id,said,took\na\x85b,2,3\na\u2028c,4,5\na\x0cd,6,7\n", [Pair(2, 3), Pair(4, 5), Pair(6, 7)], (0, 0)),
        ("id,said,took\n,2,3\n,4,5\n", [Pair(2, 3), Pair(4, 5)], (0, 0)),
        ("said,took\r2,3\r\r4,5\r", [Pair(2, 3), Pair(4, 5)], (0, 0)),
        ("said,took\n2\n2,3,4,5\n", [Pair(2, 3)], (0, 1)),
    ],
    ids=["semicolons", "tabs", "spaces", "comma", "lines in a cell", "odd lines", "no id", "old Mac", "short and long"],
)
def test_tables_as_spreadsheets_write_them(text: str, pairs: list[Pair], left_out: tuple[int, int]) -> None:
    table = parse_estimates(text, Columns("said", "took", "id" if text.startswith("id") else None), [])
    assert table.pairs["all"] == pairs
    assert (table.repeated, table.unusable) == left_out


def test_rows_without_a_group_are_a_group() -> None:
    assert dict(parse_estimates("said,took,by\n2,3,\n", Columns("said", "took", by="by"), []).pairs) == {
        "none": [Pair(2, 3)]
    }


def test_a_column_that_is_there_twice_is_not_guessed() -> None:
    assert parse_estimates("said,took,x,x\n2,3,1,1\n", Columns("said", "took"), []).rows == 1
    with pytest.raises(UsageError, match="2 columns said"):
        parse_estimates("said,took,said\n2,3,4\n", Columns("said", "took"), [])


def test_a_cell_without_an_end_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="can't be read as a table"):
        parse_estimates('said,took\n2,"3\n' + "x" * 200_000, Columns("said", "took"), [])
