"""Counts, days, shares and estimates in words."""

from __future__ import annotations

from milepost.model.estimate import Amount, Estimate, Form, Unit
from milepost.model.percent import whole_percent

_UNITS = {Unit.HOURS: "hour", Unit.DAYS: "day", Unit.WEEKS: "week", Unit.POINTS: "point"}


def count(number: float, word: str) -> str:
    """`1 day`, `46 days`, `0.5 days`."""
    many = word[:-1] + "ies" if word.endswith("y") and not word.endswith("day") else word + "s"
    plural = word if number == 1 else many
    return f"{number:,g} {plural}" if number < 1e6 else f"{number:g} {plural}"


def part(number: int, of: int) -> str:
    """`3,242 of 4,011`."""
    return f"{number:,} of {of:,}"


def times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def shift(days: int) -> str:
    """`+21 d`, `−1,205 d` or `±0 d`; positive is later."""
    sign = "+" if days > 0 else "−" if days < 0 else "±"
    return f"{sign}{abs(days):,} d"


def later(days: int) -> str:
    """`46 days later`, `1 day earlier`, `the same day`."""
    if days == 0:
        return "the same day"
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def share(part: float) -> str:
    """A probability from 0 to 1 as `30 %`, with a narrow no-break space."""
    return f"{part * 100:.3g}\u202f%"


def whole_share(part: float, meant: float | None = None) -> str:
    """The same without decimals: `31 %`; never the share that it is `meant` to be, nor beyond it, where it is not."""
    bounds = () if meant is None else (meant,)
    return f"{whole_percent(part, least=bounds, most=bounds)}\u202f%"


def effort(estimate: Estimate) -> str:
    """`3 to 12 days`, `about 5 days (3 to 12)`; amounts of different units stay as written."""
    units = {amount.unit for amount in estimate.amounts}
    if len(units) > 1:
        return str(estimate)
    low, high = estimate.amounts[0], estimate.amounts[-1]
    if estimate.form is Form.MEDIAN:
        return amount_words(low)
    if estimate.form is Form.RANGE:
        return f"{low.number:g} to {amount_words(high)}"
    middle = "most likely" if estimate.form is Form.PERT else "about"
    return f"{middle} {amount_words(estimate.amounts[1])} ({low.number:g} to {high.number:g})"


def amount_words(amount: Amount) -> str:
    """`1 day`, `0.5 weeks`."""
    return count(amount.number, _UNITS[amount.unit])
