"""Dates, days and values in the words that every report uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from milepost.model.history import Change, Revision
from milepost.model.item import Value

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_PULL_REQUEST = re.compile(r"(?:\(|pull request )(#\d+)\b")


def day_words(day: date | None) -> str:
    """`5 Apr 2027`; `unknown` where there is none."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "unknown"


def signed_days(days: int) -> str:
    """`+21 d`, `−3 d` or `0 d`."""
    sign = "+" if days > 0 else "−" if days < 0 else ""
    return f"{sign}{abs(days)} d"


def count_words(number: int, one: str, many: str | None = None) -> str:
    """`1 move`, `3 moves`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def value_words(value: Value | None) -> str:
    """A written value on one line: text as it is, lists and mappings as they would stand in a flow."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return " ".join(value.split()) or '""'
    if isinstance(value, list):
        return "[" + ", ".join(map(value_words, value)) + "]"
    return "{" + ", ".join(f"{key}: {value_words(entry)}" for key, entry in value.items()) + "}"


def change_words(old: Value | None, new: Value | None) -> str:
    """What became of a value: `3d → 5d`; for lists only what was added and what was taken away."""
    if old is None:
        return value_words(new)
    if new is None:
        return f"no longer {value_words(old)}"
    if not (isinstance(old, list) and isinstance(new, list)):
        return f"{value_words(old)} → {value_words(new)}"
    gone, came = [entry for entry in old if entry not in new], [entry for entry in new if entry not in old]
    met = [entry for entry in came if isinstance(entry, dict) and "met" in entry and _text(entry) in map(_text, gone)]
    parts = [f"met {value_words(entry['met'])}: {value_words(_text(entry))}" for entry in met]
    parts += [f"− {value_words(entry)}" for entry in gone if _text(entry) not in map(_text, met)]
    parts += [f"+ {value_words(entry)}" for entry in came if entry not in met]
    return ", ".join(parts) or "another order"


def _text(measure: Value) -> Value:
    """What a measure says, written short or long."""
    return measure.get("text", "") if isinstance(measure, dict) else measure


def pull_request(revision: Revision) -> str | None:
    """`#118`, as the subject of a merge or squash names it."""
    match = _PULL_REQUEST.search(revision.subject)
    return match[1] if match else None


def revision_words(revision: Revision) -> str:
    """The pull request, else the commit."""
    return pull_request(revision) or revision.short_id


def is_first(change: Change) -> bool:
    """Whether a field got a value where it had none."""
    return change.old is None


def to_json_lines(head: Mapping[str, object], lists: Mapping[str, Iterable[object]]) -> str:
    """One JSON object whose long lists have a record a line: quick to write, and readable by line-based tools."""
    parts = [f" {_encode(key)}: {_encode(value)}" for key, value in head.items()]
    for key, records in lists.items():
        lines = ",\n".join(f"  {_encode(record)}" for record in records)
        parts.append(f" {_encode(key)}: [\n{lines}\n ]" if lines else f" {_encode(key)}: []")
    return _for_runners("{\n" + ",\n".join(parts) + "\n}\n")


def to_json(data: object) -> str:
    """Indented JSON with a final line end. Text stays readable; what is no text at all is escaped."""
    return _for_runners(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _for_runners(text: str) -> str:
    """The same JSON without `##[`, which a GitHub runner obeys anywhere in a line."""
    return text.replace("##[", "\\u0023#[")


_encode = json.JSONEncoder(ensure_ascii=False).encode
