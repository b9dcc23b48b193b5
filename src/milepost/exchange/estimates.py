"""Estimates and actuals that are kept elsewhere, as rows of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.scoring import Pair
from milepost.errors import UsageError

_SEPARATORS = (",", ";", "\t")  # of columns: spreadsheets in half of the world write semicolons
_FILTER = re.compile(r"([^!=]+)(!?=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; `unique` names the column whose first row counts where a value repeats."""

    estimate: str
    actual: str
    unique: str | None = None
    by: str | None = None  # to group by

    @property
    def names(self) -> tuple[str, ...]:
        """All that are named."""
        return tuple(name for name in (self.estimate, self.actual, self.unique, self.by) if name)


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows whose column holds one of some values, or none of them."""

    column: str
    values: frozenset[str]
    negated: bool

    def holds(self, row: Mapping[str, str]) -> bool:
        """Whether a row passes."""
        return (row[self.column].strip() in self.values) != self.negated


@dataclass(frozen=True, slots=True)
class Table:
    """Pairs by group (all under `all` without one), and how many rows did not count."""

    pairs: Mapping[str, Sequence[Pair]]
    rows: int
    repeated: int
    filtered: int
    unusable: int  # no number, or none above 0


def parse_filter(text: str) -> Condition:
    """`COLUMN=VALUE[,VALUE…]` or `COLUMN!=VALUE[,VALUE…]`. Raises `UsageError` for anything else."""
    match = _FILTER.fullmatch(text)
    if match is None:
        raise UsageError(f"{text} is no condition on a column.", "--where 'Status!=CANCELLED,TEMPLATE'")
    values = frozenset(value.strip() for value in match[3].split(","))
    return Condition(match[1].strip(), values, match[2] == "!=")


def parse_estimates(text: str, columns: Columns, where: Sequence[Condition]) -> Table:
    """The pairs of a CSV file with a heading row. Repeated rows are left out first, then those that don't pass."""
    needed = [*columns.names, *(one.column for one in where)]
    try:
        rows, commas = _read_rows(text, needed)
    except csv.Error as error:
        raise UsageError(f"The file can't be read as a table: {error}.", 'is a " missing that ends a text?') from None
    unique = list(_unique(rows, columns.unique))
    kept = [row for row in unique if all(one.holds(row) for one in where)]
    pairs: dict[str, list[Pair]] = {}
    for row in kept:
        if pair := _pair(row, columns, commas):
            group = (row[columns.by].strip() or "none") if columns.by else "all"
            pairs.setdefault(group, []).append(pair)
    used = sum(map(len, pairs.values()))
    return Table(pairs, len(rows), len(rows) - len(unique), len(unique) - len(kept), len(kept) - used)


def _read_rows(text: str, needed: Sequence[str]) -> tuple[list[dict[str, str]], bool]:
    """The rows below the heading, by its names, and whether their numbers may have a comma in them.

    Columns are separated by what makes most of them in the heading.
    """
    readers = [csv.DictReader(io.StringIO(text, newline=""), restval="", delimiter=one) for one in _SEPARATORS]
    reader = max(readers, key=lambda one: len(one.fieldnames or ()))
    reader.fieldnames = names = [name.strip() for name in reader.fieldnames or ()]
    for name in needed:
        if name not in names:
            raise UsageError(f"The file has no column {name}.", f"it has {', '.join(names or ['none'])}")
        if names.count(name) > 1:
            raise UsageError(f"The file has {names.count(name)} columns {name}.", "give each a name of its own")
    return list(reader), reader is not readers[0]


def _unique(rows: Sequence[dict[str, str]], column: str | None) -> Iterator[dict[str, str]]:
    """The first row for each value of a column, in the order of the file. An empty cell repeats nothing."""
    seen: set[str] = set()
    for row in rows:
        value = row[column] if column else ""
        if value not in seen:
            yield row
        if value:
            seen.add(value)


def _pair(row: Mapping[str, str], columns: Columns, commas: bool) -> Pair | None:
    try:
        pair = Pair(*(_number(row[name], commas) for name in (columns.estimate, columns.actual)))
    except ValueError:
        return None
    return pair if 0 < pair.estimate < float("inf") and 0 < pair.actual < float("inf") else None


def _number(text: str, commas: bool) -> float:
    return float(text.replace(",", ".") if commas else text)
