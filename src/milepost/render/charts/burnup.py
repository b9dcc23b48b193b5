"""The burn-up: how much work there was and how much of it was done, as lines over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milepost.render.charts.columns import AmountScale, Rule
from milepost.render.charts.labels import spread
from milepost.render.charts.plot import Plot
from milepost.render.charts.scale import DayScale, Tick, month_ticks

WIDTH, HEIGHT = 760.0, 340.0
LEFT, TOP, RIGHT, BOTTOM = 56.0, 28.0, 150.0, 52.0


@dataclass(frozen=True, slots=True)
class Level:
    """Amounts on a day, in the unit that is shown."""

    day: date
    scope: float
    as_first: float
    done: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A line with its name at its end."""

    kind: str  # scope | first | done
    path: str
    label: str
    x: float
    y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class BurnupChart(Plot):
    """A burn-up, ready to be drawn."""

    across: tuple[Tick, ...]
    upwards: tuple[Rule, ...]
    area: str  # below the line of what is done
    curves: tuple[Curve, ...]


def draw_burnup(levels: Sequence[Level], labels: dict[str, str]) -> BurnupChart | None:
    """Lay a burn-up out; None where there was never any work, or only one day to tell of."""
    top = max((value for one in levels for value in (one.scope, one.as_first, one.done)), default=0.0)
    if len(levels) < 2 or not top:
        return None
    x = DayScale(levels[0].day, levels[-1].day, LEFT, WIDTH - RIGHT)
    y = AmountScale(top, HEIGHT - BOTTOM, TOP)
    values = {
        "first": [one.as_first for one in levels],
        "scope": [one.scope for one in levels],
        "done": [one.done for one in levels],
    }
    if values["first"] == values["scope"]:
        del values["first"]
    at = spread({kind: y.at(line[-1]) for kind, line in values.items()}, 18.0, TOP, HEIGHT - BOTTOM)
    xs = [x.at(one.day) for one in levels]
    curves = {
        kind: Curve(kind, _steps(xs, line, y), labels[kind], x.end, y.at(line[-1]), at[kind])
        for kind, line in values.items()
    }
    return BurnupChart(
        width=WIDTH, height=HEIGHT, left=LEFT, right=x.end, top=TOP, bottom=HEIGHT - BOTTOM,
        across=month_ticks(x, 9), upwards=y.rules(),
        area=f"{curves['done'].path}V{y.at(0.0)}H{LEFT}z", curves=tuple(curves.values()),
    )  # fmt: skip


def _steps(xs: Sequence[float], values: Sequence[float], y: AmountScale) -> str:
    """A step line: what held on a day holds until the next one that was looked at."""
    parts = [f"M{xs[0]} {y.at(values[0])}"]
    for at, value, before in zip(xs[1:], values[1:], values, strict=False):
        parts.append(f"H{at}" if value == before else f"H{at}V{y.at(value)}")
    return "".join(parts)
