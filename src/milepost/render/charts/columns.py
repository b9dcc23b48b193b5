"""Upright bars beside each other, each with a mark that it can be compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import NamedTuple

from milepost.render.charts.plot import Plot

WIDTH, HEIGHT = 760.0, 260.0
LEFT, TOP, RIGHT, BOTTOM = 56.0, 28.0, 20.0, 48.0

_WIDEST = 56.0
_RULES = 5
_LEAST = 1e-300  # a number so small that its fifth has no logarithm is no amount


class Amount(NamedTuple):
    """What a bar shows, what its mark shows, and what stands below it."""

    label: str
    value: float
    mark: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the plot at a round number."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class AmountScale:
    """Maps amounts from 0 to at least `top` to positions."""

    top: float  # above 0
    start: float
    end: float

    @property
    def step(self) -> float:
        """A round number, so that there are at most five steps."""
        rough = max(self.top / _RULES, _LEAST)
        power = 10.0 ** floor(log10(rough))
        return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))

    @property
    def most(self) -> float:
        """The amount at the upper end."""
        return self.step * -(-self.top * (1 - 1e-9) // self.step)

    def at(self, amount: float) -> float:
        """The position of an amount."""
        return round(self.start + min(max(amount / self.most, 0.0), 1.0) * (self.end - self.start), 1)

    def rules(self) -> tuple[Rule, ...]:
        """The lines at round numbers, 0 included."""
        count = round(self.most / self.step)
        return tuple(Rule(self.at(number * self.step), f"{number * self.step:g}") for number in range(count + 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, its mark, and its label where there is room for it."""

    x: float
    y: float
    width: float
    height: float
    mark: float
    label: str
    middle: float
    is_over: bool  # more than its mark


@dataclass(frozen=True, slots=True)
class Columns(Plot):
    """Bars, ready to be drawn."""

    upwards: tuple[Rule, ...]
    bars: tuple[Bar, ...]


def draw_columns(amounts: Sequence[Amount]) -> Columns | None:
    """Lay bars out, with as many labels as there is room for; None where all of them are nothing."""
    top = max((value for one in amounts for value in (one.value, one.mark)), default=0.0)
    if not top:
        return None
    y = AmountScale(top, HEIGHT - BOTTOM, TOP)
    slot = (WIDTH - LEFT - RIGHT) / len(amounts)
    every = _labelled(amounts, slot)
    return Columns(
        width=WIDTH, height=HEIGHT, left=LEFT, right=WIDTH - RIGHT, top=TOP, bottom=HEIGHT - BOTTOM,
        upwards=y.rules(),
        bars=tuple(_bar(one, number, slot, y, number % every == 0) for number, one in enumerate(amounts)),
    )  # fmt: skip


def _labelled(amounts: Sequence[Amount], slot: float) -> int:
    """Every how many bars a label has room."""
    longest = max(len(one.label) for one in amounts) * 7.5 + 12
    return max(1, -int(-longest // slot))


def _bar(one: Amount, number: int, slot: float, y: AmountScale, has_label: bool) -> Bar:
    width = round(min(_WIDEST, slot * 0.7), 1)
    middle = round(LEFT + (number + 0.5) * slot, 1)
    return Bar(
        x=round(middle - width / 2, 1), y=y.at(one.value), width=width, height=round(y.start - y.at(one.value), 1),
        mark=y.at(one.mark), label=one.label if has_label else "", middle=middle,
        is_over=one.value > one.mark * (1 + 1e-9),
    )  # fmt: skip
