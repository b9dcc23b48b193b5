"""When something is due, and how firmly that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from milepost.model.calendar import Calendar, parse_date, parse_period
from milepost.model.item import Value


class Commitment(StrEnum):
    """How firmly a date is meant."""

    TENTATIVE = "tentative"
    TARGET = "target"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: as written (a date, a period or a release), and the day that means.

    `day` is None where a release is unknown or the text is no date.
    """

    written: str
    day: date | None

    def __str__(self) -> str:
        return self.written


def parse_due(value: Value | None, releases: Mapping[str, date | None], calendar: Calendar) -> Due | None:
    """What a written `due` means: a date, a period's last working day, or the day of a release.

    None where nothing is written; a `Due` without a day where the text means none.
    """
    if not isinstance(value, str) or value in ("", "~", "null"):
        return None
    if period := parse_period(value):
        return Due(value, calendar.last_working_day(period))
    return Due(value, parse_date(value) or releases.get(value))
