"""Accepted history in steps: what one accepted change did to one item, ready to be read.

Only fields that have a word here are shown, and those that a source tracks. What concerns a person alone has none:
votes, working share, absence, hours taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from milepost.model.calendar import parse_date
from milepost.model.estimate import parse_estimate
from milepost.model.history import Change, Identity, Revision
from milepost.model.item import Ref, Value
from milepost.model.reason import Reason
from milepost.render import plain
from milepost.render.site.amounts import effort, shift
from milepost.render.site.dates import period_words, short_day

#: Never shown, wherever it stands and whoever tracks it.
PRIVATE_FIELDS = frozenset({"votes", "works", "away", "actual", "email", "people", "because", "id"})
SHOWN_KINDS = frozenset({"milestone", "task", "goal", "risk", "release"})

_OWN_FIELDS = (
    "title", "vision", "commitment", "estimate", "owner", "priority", "rank", "value", "goal", "outcome", "achievable",
    "not_before", "started", "finished", "dropped", "blocked", "new_technology", "labels", "links", "notes", "kind",
    "audience", "timebox", "measure", "serves", "threatens", "probability", "impact", "response", "mitigation",
    "trigger", "expires", "reviewed", "occurred", "closed",
)  # fmt: skip
_WORDS = {name: name.replace("_", " ").capitalize() for name in _OWN_FIELDS} | {
    "due": "Date",
    "depends_on": "Waits for",
    "measures": "Success criteria",
    "raci": "Roles",
    "shipped": "Shipped",
    "was": "Earlier ids",
}
_HOLDS_IDS = frozenset({"owner", "goal", "serves", "depends_on", "threatens"})
_ESTIMATES = frozenset({"estimate", "impact"})
_IN_PLAIN_WORDS = frozenset({"raci", "shipped"})
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a step, in words. `old` or `new` is empty where there was or is nothing."""

    field: str
    label: str
    old: str
    new: str
    days: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What one accepted change did to one item."""

    item: Ref
    revision: Revision
    by: Identity
    reason: Reason | None
    added: bool
    removed: bool
    entries: tuple[Entry, ...]

    def entry(self, field: str) -> Entry | None:
        """What happened to one field."""
        return next((entry for entry in self.entries if entry.field == field), None)


def walk_steps(
    changes: Iterable[Change], names: Mapping[str, str], tracked: Collection[str] = frozenset()
) -> Iterator[Step]:
    """The steps of a history, oldest first. `names` says what ids in fields that hold ids are called.

    `tracked` are the fields of `sources` that the plan has no field for, and follows.
    """
    allowed = (_WORDS.keys() | tracked) - PRIVATE_FIELDS
    groups: dict[tuple[str, Ref], list[Change]] = {}
    for change in changes:
        if change.item.kind in SHOWN_KINDS:
            groups.setdefault((change.revision.id, change.item), []).append(change)
    seen: set[Ref] = set()
    for (_, item), group in groups.items():
        step = _step(item, group, [change for change in group if change.field in allowed], item in seen, names)
        seen.add(item)
        if step.entries:
            yield step


def by_revision(steps: Iterable[Step]) -> list[tuple[Revision, list[Step]]]:
    """Steps that were accepted together, in the order given."""
    return [(group[0].revision, group) for _, steps in groupby(steps, _revision_id) if (group := list(steps))]


def field_label(field: str) -> str:
    """What a field is called on a page. One that is not ours keeps the name it has in its file."""
    return _WORDS.get(field, field)


def value_words(field: str, value: Value | None, names: Mapping[str, str]) -> str:
    """A field's value in one line of text, cut off where it is long."""
    if field in _IN_PLAIN_WORDS and value:
        return _cut(plain.value_words(value, field, names))
    estimate = parse_estimate(value) if field in _ESTIMATES and value else None
    text = effort(estimate) if estimate else " ".join(_flat(value, names if field in _HOLDS_IDS else {}).split())
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _revision_id(step: Step) -> str:
    return step.revision.id


def _step(item: Ref, changes: list[Change], shown: list[Change], seen: bool, names: Mapping[str, str]) -> Step:
    first = (shown or changes)[0]
    reason = next((change.reason for change in shown if change.reason), None)
    return Step(
        item=item,
        revision=first.revision,
        by=first.by,
        reason=reason,
        added=not seen and all(change.old is None for change in changes),
        removed=any(change.field in ("title", "id") and change.new is None for change in changes),
        entries=tuple(_entry(change, names) for change in shown),
    )


def _entry(change: Change, names: Mapping[str, str]) -> Entry:
    before, after = parse_date(change.old), parse_date(change.new)
    days = shift((after - before).days) if before and after and change.field == "due" else ""
    old, new = (value_words(change.field, value, names) for value in _difference(change.old, change.new))
    return Entry(change.field, field_label(change.field), old, new, days)


def _difference(old: Value | None, new: Value | None) -> tuple[Value | None, Value | None]:
    """Of two lists, what went and what came; where nothing did, the order changed and both are shown."""
    if not isinstance(old, list) or not isinstance(new, list):
        return old, new
    went = [part for part in old if part not in new]
    came = [part for part in new if part not in old]
    return (went or None, came or None) if went or came else (old, new)


def _flat(value: Value | None, names: Mapping[str, str]) -> str:
    match value:
        case None:
            return ""
        case str():
            return _text(value, names)
        case list():
            return ", ".join(_flat(part, names) for part in value)
        case {"text": text, "met": met}:
            return f"{_flat(text, {})} (met {_flat(met, {})})"
        case {"item": only} | {"text": only}:
            return _flat(only, names)
    return "; ".join(f"{key}: {_flat(part, {})}" for key, part in value.items() if key not in PRIVATE_FIELDS)


def _text(value: str, names: Mapping[str, str]) -> str:
    day = parse_date(value)
    return short_day(day) if day else names.get(value) or period_words(value) or value
