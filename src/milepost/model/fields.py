"""An item's fields, each read as what it should be, and as nothing where it is something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from milepost.model.calendar import Calendar, parse_date
from milepost.model.due import Due, parse_due
from milepost.model.estimate import Amount, Estimate, parse_amount, parse_estimate
from milepost.model.item import Value
from milepost.model.reason import Reason, parse_reason
from milepost.model.work import Blocker

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUE = ("true", "True", "TRUE")


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields as written, with what is needed to know the day that a `due` means."""

    values: Mapping[str, Value]
    releases: Mapping[str, date | None]
    calendar: Calendar

    def text(self, key: str) -> str | None:
        """Text, without the words that stand for nothing."""
        value = self.values.get(key)
        return str(value) if isinstance(value, str) and value not in _NOTHING else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        value = self.values.get(key)
        return tuple(str(entry) for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()

    def day(self, key: str) -> date | None:
        """A date."""
        return parse_date(self.values.get(key))

    def due(self, key: str) -> Due | None:
        """A date, a period or a release."""
        return parse_due(self.values.get(key), self.releases, self.calendar)

    def number(self, key: str) -> int | None:
        """A whole number."""
        text = self.text(key)
        return int(text) if text and _WHOLE.fullmatch(text) else None

    def percent(self, key: str) -> float | None:
        """A share from 0 to 1, written as `30%`."""
        text = self.text(key)
        digits = text.removesuffix("%") if text else ""
        if text == digits or not digits.isascii() or not digits.replace(".", "", 1).isdecimal():
            return None
        share = float(digits) / 100
        return share if share <= 1 else None

    def estimate(self, key: str) -> Estimate | None:
        """Effort in any form."""
        value = self.values.get(key)
        return parse_estimate(value) if value is not None else None

    def amount(self, key: str) -> Amount | None:
        """A number with a unit."""
        text = self.text(key)
        return parse_amount(text) if text else None

    def reason(self, key: str) -> Reason | None:
        """A `because`."""
        return parse_reason(self.values.get(key))

    def parts(self, key: str) -> list[Fields]:
        """The mappings in a list."""
        value = self.values.get(key)
        entries = value if isinstance(value, list) else []
        return [Fields(entry, self.releases, self.calendar) for entry in entries if isinstance(entry, dict)]

    def inner(self, key: str) -> Fields | None:
        """The fields of a mapping."""
        value = self.values.get(key)
        return Fields(value, self.releases, self.calendar) if isinstance(value, dict) else None

    def flag(self, key: str) -> bool:
        """Whether it says true."""
        return self.text(key) in _TRUE

    def blocker(self, key: str) -> Blocker | None:
        """What holds work up."""
        inner = self.inner(key)
        return Blocker(inner.day("since"), inner.text("by") or "", inner.text("owner")) if inner else None
