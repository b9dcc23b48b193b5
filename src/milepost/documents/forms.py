"""The forms that text in a plan may have to have, and how to say that it has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from milepost.model.holidays import close_codes

_LONGEST = 40


class Form(NamedTuple):
    """How a value of one kind is written. `means` says what is wrong with one that only looks right."""

    rule: str
    noun: str
    advice: str
    means: str = ""
    near: Callable[[str], Sequence[str]] | None = None  # what may have been meant

    def message(self, value: Any, only_looks_right: bool) -> str:
        """What is wrong with a value."""
        if only_looks_right and self.means:
            return f"{show(value)} {self.means}."
        return f"{show(value)} is not {self.noun}."

    def hint(self, value: Any) -> str:
        """What to type instead."""
        if self.rule == "bad-id" and (word := _as_id(str(value))) and word != value:
            return f"write {word}: {self.advice}"
        if self.near and (codes := self.near(str(value))):
            return f"{self.advice}; close to this: {', '.join(codes)}"
        return self.advice


_DAY_ADVICE = "write year-month-day, such as 2027-03-15"
_NO_DAY = "is not a day of the calendar"
_ID_ADVICE = "lowercase letters, digits and hyphens, at most 64"
_UNITS = "units: h, d, w"

_REFERENCE = Form("bad-id", "a milestone or milestone/task", "write an id such as design-freeze or importer/schema")

_TEXT = Form(
    "bad-value",
    "text that says anything",
    'write a few words, or remove the line; a date as text stands in quotes: "2027-01-31"',
    "is a date to some readers of YAML and text to others",
)

#: By the name of the schema's definition.
FORMS = {
    "id": Form("bad-id", "an id", _ID_ADVICE),
    "text": _TEXT,
    "notes": _TEXT,
    "date": Form("bad-date", "a date", _DAY_ADVICE, _NO_DAY),
    "days": Form("bad-date", "a day or a range of days", "write 2027-05-14 or 2026-12-24..2026-12-31", "is no range"),
    "due": Form(
        "bad-date",
        "a date, a period or the name of a release",
        "write a date (2027-03-15), a month (2027-04), a quarter (2027-Q2) or the name of a release",
        _NO_DAY,
    ),
    "release": Form("bad-date", "a date", _DAY_ADVICE, _NO_DAY),
    "releaseName": Form(
        "bad-id", "a release name", "letters, digits, dots, underscores and hyphens, and not like a date: v1.4"
    ),
    "duration": Form("bad-value", "an amount of work", f"write a number and a unit, such as 3d ({_UNITS})"),
    "amount": Form("bad-value", "an amount of work", f"write a number and a unit, such as 14d ({_UNITS} or pt)"),
    "estimate": Form(
        "bad-value",
        "an estimate",
        f"write 4d, a range 3d..12d, three points 3d..5d..12d or {{pert: [3d, 4d, 12d]}} ({_UNITS} or pt)",
        "does not go from the smallest to the largest amount, or is more than anybody can do",
    ),
    "delay": Form(
        "bad-value",
        "a delay",
        f"write 5d, a range 5d..15d or three points 5d..8d..15d ({_UNITS})",
        "does not go from the smallest to the largest amount, or is more than anybody can do",
    ),
    "holidays": Form(
        "bad-value",
        "the code of a country or region",
        "write an ISO code such as DE, or DE-BE for a region",
        "is no country or region whose public holidays are known",
        close_codes,
    ),
    "ruleSettings": Form(
        "bad-value", "a level", "write error, warning, advice or ignore (the rule is off), or settings: {limit: 12}"
    ),
    "percent": Form("bad-value", "a percentage", "write a number from 0 to 100 with a percent sign, such as 30%"),
    "workingShare": Form("bad-value", "a share of working time", "write 4d/w, 20h/w or 80%"),
    "reference": _REFERENCE,
    "dependency": _REFERENCE,
    "riskReference": Form("bad-id", "a risk or a milestone", "write an id such as tile-vendor-lock-in"),
    "goalReference": Form("bad-id", "the id of a goal", "write an id such as self-serve"),
}

_LIMITS = {
    "minItems": "{name} has too few entries.",
    "maxItems": "{name} has too many entries: it may have {limit:,}.",
    "maxLength": "{name} is too long: it may have {limit:,} characters.",
    "uniqueItems": "{name} names something twice.",
    "minProperties": "{name} is empty; it needs exactly one entry.",
    "maxProperties": "{name} has more than one entry; it needs exactly one.",
    "minimum": "{name} has to be at least {limit}.",
    "exclusiveMinimum": "{name} has to be more than {limit}.",
    "maximum": "{name} has to be at most {limit}.",
}


def describe(keyword: str, name: str, limit: Any) -> str:
    """What is wrong where a number or a length is out of bounds."""
    return _LIMITS.get(keyword, "{name} has a value that is not allowed here.").format(name=name, limit=limit)


def show(value: Any) -> str:
    """A value in a sentence: quoted where it is empty or has spaces, shortened where it is long."""
    if isinstance(value, dict | list):
        return "this mapping" if isinstance(value, dict) else "this list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f'"{text}"' if not text or any(map(str.isspace, text)) else text


def _as_id(text: str) -> str:
    """The nearest text that is an id; empty where nothing of it can be kept."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.lower())
    return "-".join(part for part in letters.split("-") if part)[:64].strip("-")
