"""What a team's past says of one thing, always with how much it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.scheduling.calibration import Ratios


@dataclass(frozen=True, slots=True)
class Known:
    """A number or a distribution that `n` finished items give; None where they are too few."""

    n: int
    value: float | None = None
    ratios: Ratios | None = None

    def rounded(self) -> tuple[object, ...]:
        """The same as plain values that are the same on every machine."""
        ratios = [significant(value) for value in self.ratios.values] if self.ratios else []
        return self.n, significant(self.value or 0.0), ratios


NOTHING = Known(0)


def significant(number: float) -> float:
    """A number with its first six digits, which are the same on every machine."""
    return float(f"{number:.6g}")
