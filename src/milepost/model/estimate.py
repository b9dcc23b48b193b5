"""Effort as people write it: `4d`, `3d..12d`, `3d..5d..12d` or `{pert: [3d, 4d, 12d]}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from milepost.model.item import Value

_MOST = 1e9
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(h|d|w|pt)")


class Unit(StrEnum):
    """What an amount of effort is counted in."""

    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    POINTS = "pt"


class Form(StrEnum):
    """How an estimate was given, which decides how its numbers are read (methods: estimates and distributions)."""

    MEDIAN = "median"
    RANGE = "range"  # P10..P90
    THREE_POINT = "three-point"  # P10..P50..P90
    PERT = "pert"  # optimistic, most likely (the mode), pessimistic


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: `3d` is three days of effort."""

    number: float
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number:g}{self.unit}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Effort that something is expected to take. `amounts` has one, two or three entries, as `form` says."""

    form: Form
    amounts: tuple[Amount, ...]

    def __str__(self) -> str:
        if self.form is Form.PERT:
            return "pert " + ", ".join(map(str, self.amounts))
        return "..".join(map(str, self.amounts))


def parse_amount(text: str) -> Amount | None:
    """The amount that a text such as `3d` or `0.5w` means; None where it is no amount, or more than anybody can do."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (number := float(match[1])) > _MOST:
        return None
    return Amount(number, Unit(match[2]))


def parse_estimate(value: Value) -> Estimate | None:
    """The estimate that a written value means; None where it is none."""
    match value:
        case {"pert": [str(low), str(likely), str(high)]}:
            return _estimate(Form.PERT, (low, likely, high))
        case str(text):
            parts = tuple(text.split(".."))
            forms = {1: Form.MEDIAN, 2: Form.RANGE, 3: Form.THREE_POINT}
            return _estimate(forms[len(parts)], parts) if len(parts) in forms else None
    return None


def _estimate(form: Form, texts: tuple[str, ...]) -> Estimate | None:
    amounts = tuple(amount for amount in map(parse_amount, texts) if amount)
    return Estimate(form, amounts) if len(amounts) == len(texts) else None
