"""A share and how sure one can be of it, on a line from nothing to all."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 240.0
_EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """Where the share lies, the range of what is plausible, and what it should be (None: there is no such thing)."""

    at: float
    low: float
    high: float
    should: float | None
    marks: tuple[float, float, float]  # nothing, half, all


def draw_interval(share: float, low: float, high: float, should: float | None = None) -> Span:
    """Lay a share from 0 to 1 out over `WIDTH` px."""
    return Span(
        at=_at(share),
        low=_at(low),
        high=_at(high),
        should=None if should is None else _at(should),
        marks=(_at(0.0), _at(0.5), _at(1.0)),
    )


def _at(share: float) -> float:
    return round(_EDGE + share * (WIDTH - 2 * _EDGE), 1)
