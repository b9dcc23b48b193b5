"""Items from files of another shape, as a `sources` entry maps them. Such files are only ever read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from milepost.documents.paths import Entry, look_up, walk
from milepost.model.item import Item, Place, Ref, Value
from milepost.model.source import Source, ValueRule

#: Stands for "the day on which this was accepted", which only history knows.
ACCEPTED = "\0accepted"

_BLANK = re.compile(r"\{([^{}]+)\}")


def parse_source(value: Value) -> Source | None:
    """The source that a configuration entry means; None where it lacks what is needed. `check` says what is wrong."""
    if not isinstance(value, dict) or not (files := _texts(value.get("files"))):
        return None
    return Source(
        files=files,
        kind=_text(value.get("kind")) or "milestone",
        each=_texts(value.get("each")),
        id=_text(value.get("id")),
        title=_text(value.get("title")),
        fields=_mapping(value.get("fields")),
        set=_mapping(value.get("set")),
        track=_texts(value.get("track")),
        same_id=_text(value.get("same_id")) or "last",
        values=tuple(_value_rules(value.get("values"))),
    )


def extract_items(source: Source, path: str, documents: list[Value]) -> list[Item]:
    """The items of one file, each id once, in the order of the file."""
    items: dict[Ref, Item] = {}
    for document in documents:
        for entry in _entries(source, document):
            item = _item(source, path, document, entry)
            if item and not (source.same_id == "first" and item.ref in items):
                items[item.ref] = item
    return list(items.values())


def _entries(source: Source, document: Value) -> Iterator[Entry]:
    if not source.each:
        yield Entry(document, None, document, ())
    for each in source.each:
        yield from walk(document, each)


def _item(source: Source, path: str, document: Value, entry: Entry) -> Item | None:
    name = _fill(source.id, path, document, entry) if source.id is not None else path
    if not name:
        return None
    fields = {ours: found for ours, theirs in source.fields.items() if (found := look_up(entry, theirs)) is not None}
    if source.title and (title := _fill(source.title, path, document, entry)):
        fields["title"] = title
    fields.update(source.set)
    fields.update({theirs: found for theirs in source.track if (found := look_up(entry, theirs)) is not None})
    for rule in source.values:
        if look_up(entry, rule.from_path) == rule.when:
            fields[rule.field] = ACCEPTED
    return Item(Ref(source.kind, name), fields, Place(path, entry.pointer))


def _fill(template: str, path: str, document: Value, entry: Entry) -> str | None:
    """A template's text; None where a blank of it has no value."""
    folder, name = posixpath.split(path)
    known: dict[str, Value | None] = {
        "key": entry.key,
        "value": entry.value,
        "file": path,
        "stem": posixpath.splitext(name)[0],
        "dir": posixpath.basename(folder),
    }
    values: dict[str, str] = {}
    for blank in _BLANK.findall(template):
        found = known[blank] if blank in known else look_up(entry, blank)
        if found is None and blank not in known:
            found = look_up(Entry(document, None, document, ()), blank)
        if not isinstance(found, str):
            return None
        values[blank] = found
    return _BLANK.sub(lambda match: values[match[1]], template)


def _value_rules(value: Value | None) -> Iterator[ValueRule]:
    for field, rule in value.items() if isinstance(value, dict) else ():
        if isinstance(rule, dict) and (path := _text(rule.get("from"))) and (when := _text(rule.get("when"))):
            yield ValueRule(field, path, when)


def _text(value: Value | None) -> str | None:
    return str(value) if isinstance(value, str) else None


def _texts(value: Value | None) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value] if value is not None else []
    return tuple(str(entry) for entry in values if isinstance(entry, str))


def _mapping(value: Value | None) -> dict[str, str]:
    return (
        {key: str(entry) for key, entry in value.items() if isinstance(entry, str)} if isinstance(value, dict) else {}
    )
