"""Estimates and actuals that are kept elsewhere, as rows of a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.analyses.scoring import Pair
from milepost.errors import UsageError

_FILTER = re.compile(r"([^!=]+)(!?=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; `unique` names the column whose first row counts where a value repeats."""

    estimate: str
    actual: str
    unique: str | None = None
    by: str | None = None  # to group by


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
    reader = csv.DictReader(text.splitlines(), restval="")
    needed = [columns.estimate, columns.actual, *(one.column for one in where)]
    needed += [name for name in (columns.unique, columns.by) if name]
    for name in needed:
        if name not in (reader.fieldnames or ()):
            raise UsageError(f"The file has no column {name}.", f"it has {', '.join(reader.fieldnames or ['none'])}")
    rows = list(reader)
    unique = list(_unique(rows, columns.unique))
    kept = [row for row in unique if all(one.holds(row) for one in where)]
    pairs: dict[str, list[Pair]] = {}
    for row in kept:
        if pair := _pair(row, columns):
            pairs.setdefault(row[columns.by] if columns.by else "all", []).append(pair)
    used = sum(map(len, pairs.values()))
    return Table(pairs, len(rows), len(rows) - len(unique), len(unique) - len(kept), len(kept) - used)


def _unique(rows: Sequence[dict[str, str]], column: str | None) -> Iterator[dict[str, str]]:
    """The first row for each value of a column, in the order of the file."""
    seen: set[str] = set()
    for row in rows:
        if column is None or row[column] not in seen:
            yield row
        if column is not None:
            seen.add(row[column])


def _pair(row: Mapping[str, str], columns: Columns) -> Pair | None:
    try:
        pair = Pair(float(row[columns.estimate]), float(row[columns.actual]))
    except ValueError:
        return None
    return pair if 0 < pair.estimate < float("inf") and 0 < pair.actual < float("inf") else None
