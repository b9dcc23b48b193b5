"""Where a chart lies in its picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of so many px, and the part of it that has the data in it: the rest is for labels."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
