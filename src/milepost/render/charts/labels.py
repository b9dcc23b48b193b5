"""Labels beside each other that do not cover each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_Key = TypeVar("_Key")


def spread(wanted: Mapping[_Key, float], pitch: float, top: float, bottom: float) -> dict[_Key, float]:
    """Heights as near to the wanted ones as a distance of `pitch` allows, between `top` and `bottom`.

    Two passes: each label is pushed down by the one above it, then up by the one below it. With more labels than fit,
    the topmost ones leave the room.
    """
    keys = sorted(wanted, key=lambda key: wanted[key])
    heights: list[float] = []
    for key in keys:
        lowest = heights[-1] + pitch if heights else top
        heights.append(max(wanted[key], lowest))
    limit = bottom
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], limit)
        limit = heights[index] - pitch
    return {key: round(height, 1) for key, height in zip(keys, heights, strict=True)}
