"""Dates, days and values in the words that every report uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from milepost.model.history import Change, Revision
from milepost.model.item import Value
from milepost.render.plain import entry_words, value_words

__all__ = [
    "MONTHS", "change_words", "count_words", "day_words", "encode", "for_runners", "is_first", "pull_request",
    "revision_words", "signed_days", "to_json", "to_json_lines", "value_words",
]  # fmt: skip

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_TOGETHER = 200  # records in a piece
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


def change_words(old: Value | None, new: Value | None, field: str = "") -> str:
    """What became of a value: `3d → 5d`; of a list or a mapping only what was added, changed and taken away."""
    if old is None:
        return value_words(new, field)
    if new is None:
        return f"no longer {value_words(old, field)}"
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() & new.keys():
        return _mapping_change(old, new, field)
    if not (isinstance(old, list) and isinstance(new, list)):
        return f"{value_words(old, field)} → {value_words(new, field)}"
    return _list_change(old, new, field)


def _list_change(old: list[Value], new: list[Value], field: str) -> str:
    """What is done first, then what became of an entry, then what was taken away and added."""
    gone = {_text(entry): entry for entry in old if entry not in new}
    came = {_text(entry): entry for entry in new if entry not in old}
    both = [text for text in came if text in gone]
    parts = [words for text in both if (words := _done_words(text, gone[text], came[text]))]
    parts += [
        f"{entry_words(field, '', gone[text])} → {entry_words(field, '', came[text])}"
        for text in both
        if not _done_words(text, gone[text], came[text])
    ]
    parts += [f"− {entry_words(field, '', entry)}" for text, entry in gone.items() if text not in came]
    parts += [f"+ {entry_words(field, '', entry)}" for text, entry in came.items() if text not in gone]
    return ", ".join(parts) or "another order"


def _done_words(text: str, old: Value, new: Value) -> str:
    """`met 2027-02-20: 8 of 10 testers publish`, where that is what is new about an entry."""
    before = old if isinstance(old, dict) else {}
    after = new if isinstance(new, dict) else {}
    key = next((key for key in ("met", "done") if key in after and key not in before), None)
    return f"{key} {value_words(after[key])}: {text}" if key else ""


def _mapping_change(old: dict[str, Value], new: dict[str, Value], field: str) -> str:
    parts = [
        f"{entry_words(field, key, old[key])} → {entry_words(field, key, new[key]).removeprefix(f'{key}: ')}"
        for key in old
        if key in new and old[key] != new[key]
    ]
    parts += [f"− {entry_words(field, key, value)}" for key, value in old.items() if key not in new]
    parts += [f"+ {entry_words(field, key, value)}" for key, value in new.items() if key not in old]
    return "; ".join(parts) or "another order"


def _text(entry: Value) -> str:
    """What an entry is about, written short or long; all of it where it has no text of its own."""
    about = entry.get("text", entry.get("action")) if isinstance(entry, dict) else entry
    return value_words(entry if about is None else about)


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


def to_json_lines(head: Mapping[str, object], lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """One JSON object whose long lists have an encoded record a line: quick to write, and readable line by line.

    It comes in pieces that end with a record, so that a long one need not be held as a whole.
    """
    yield for_runners("{\n" + ",\n".join(f" {encode(key)}: {encode(value)}" for key, value in head.items()))
    for key, records in lists.items():
        rest, between = iter(records), f",\n {encode(key)}: [\n  "
        while some := list(islice(rest, _TOGETHER)):
            yield for_runners(between + ",\n  ".join(some))
            between = ",\n  "
        yield f",\n {encode(key)}: []" if between.endswith("[\n  ") else "\n ]"
    yield "\n}\n"


def to_json(data: object) -> str:
    """Indented JSON with a final line end. Text stays readable; what is no text at all is escaped."""
    return for_runners(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def for_runners(text: str) -> str:
    """The same JSON without `##[`, which a GitHub runner obeys anywhere in a line."""
    return text.replace("##[", "\\u0023#[")


#: JSON on one line.
encode = json.JSONEncoder(ensure_ascii=False).encode
