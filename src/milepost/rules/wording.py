"""How sentences name and count several things."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 5  # names that a sentence lists


def listing(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; from the sixth on they are counted."""
    shown = list(names)
    if len(shown) > _LONGEST:
        shown = [*shown[: _LONGEST - 1], f"{len(shown) - _LONGEST + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def count(number: float, noun: str) -> str:
    """`1 task`, `3 tasks`, `0.5 days`."""
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def has(number: int) -> str:
    """The verb for so many things."""
    return "has" if number == 1 else "have"
