"""`milepost log --format csv`: a line for each change, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from milepost.model.history import Change
from milepost.model.item import Value

COLUMNS = (
    "date", "commit", "kind", "id", "field", "old", "new", "by", "by_email", "accepted_by", "accepted_by_email",
    "category", "reason", "subject", "path",
)  # fmt: skip

#: A spreadsheet takes what begins like this for a formula, some of them after spaces too (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_log_csv(changes: Iterable[Change]) -> str:
    """Columns as in the JSON; lists and mappings as JSON; an absent value is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, changes))
    return out.getvalue()


def _row(change: Change) -> list[str]:
    day, reason = change.revision.day, change.reason
    cells = (
        day.isoformat() if day else "", change.revision.id, change.item.kind, change.item.id, change.field,
        _text(change.old), _text(change.new), *change.by, *change.accepted_by,
        reason.category if reason else "", reason.text if reason else "", change.revision.subject, change.path,
    )  # fmt: skip
    return [harmless(cell) for cell in cells]


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def harmless(cell: str) -> str:
    """The text with an apostrophe in front, where a spreadsheet would compute it."""
    text = cell.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
