"""What somebody typed for a field, as the plan language writes it: the schema says what is a date, text or a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from milepost.documents.marked import Mapping, Problem, Sequence, Text, mark_text
from milepost.documents.order import schema_of
from milepost.documents.quoting import New, Plain
from milepost.documents.scalars import resolve
from milepost.documents.schema import validate_document
from milepost.documents.yaml import read_plan_file
from milepost.errors import UsageError
from milepost.model.calendar import parse_date
from milepost.model.item import Value
from milepost.model.reason import Category, parse_reason_line
from milepost.resources import resource_folder

__all__ = [
    "entry_names",
    "field_choices",
    "field_names",
    "is_list",
    "parse_field",
    "parse_reason_text",
    "required_names",
    "to_value",
]

#: A field of an item, and the keys below it where it is a mapping: `("blocked", "since")`.
Keys = tuple[str, ...]

_DATES = ("date", "due", "days", "release")  # the schema's definitions whose days stand without quotes
_WORDS = ("id", "reference", "dependency", "riskReference", "days")  # entries of lists that hold no comma
_LISTS_OF_WORDS = ("labels", "was")
_TYPED = 2  # the line of what was typed, which tells its problems from those of the item around it


def field_names(kind: str, keys: Keys = ()) -> tuple[str, ...]:
    """The keys that an item of a kind may have, in the order of the standard layout; or those of one of its fields."""
    if not keys:
        return tuple(_schema_file(kind).get("properties", ()))
    return tuple((_find(kind, keys) or {}).get("properties", ()))


def required_names(kind: str) -> tuple[str, ...]:
    """The keys that every item of a kind has."""
    return tuple(_schema_file(kind).get("required", ()))


def field_choices(kind: str, keys: Keys) -> tuple[str, ...]:
    """The words that a field can be; empty where it is not a choice of words."""
    return tuple(map(str, (_find(kind, keys) or {}).get("enum", ())))


def is_list(kind: str, keys: Keys) -> bool:
    """Whether a field can hold a list."""
    return "array" in _types(_find(kind, keys) or {})


def parse_field(kind: str, keys: Keys, text: str) -> New:
    """The value that a text means for a field. Raises `UsageError`, in the words of `check`, where it means none."""
    schema = _find(kind, keys) or {}
    value = _convert(schema, _read(schema, text))
    for problem in _problems(kind, keys, value):
        raise UsageError(problem.message, problem.hint)
    return value


def entry_names(kind: str, keys: Keys, text: str) -> list[str]:
    """What a text names of a list: words with commas in between, else one entry, which may be a mapping's id."""
    schema = _find(kind, keys) or {}
    return _split(text) if _holds_words(schema) else [text.strip()]


def parse_reason_text(text: str) -> dict[str, New]:
    """A `because` from one line, such as `scope: Sales needs single sign-on`. Raises `UsageError`."""
    reason = parse_reason_line(text)
    if reason is None:
        names = ", ".join(category for category in Category if category is not Category.SCOPE)
        raise UsageError(
            f"A reason is a category and a sentence, and {text!r} is not.", f'"scope: what changed" (or: {names})'
        )
    return {str(reason.category): reason.text}


def to_value(value: New) -> Value:
    """The same value as it reads back: text, lists and mappings of text."""
    if isinstance(value, dict):
        return {key: to_value(entry) for key, entry in value.items()}
    return [to_value(entry) for entry in value] if isinstance(value, list) else str(value)


@cache
def _schema_file(kind: str) -> dict[str, Any]:
    path = resource_folder("schemas") / f"{kind}.schema.json"
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def _find(kind: str, keys: Keys) -> dict[str, Any] | None:
    """The schema of a field; None where there is no such field."""
    found: dict[str, Any] | None = schema_of(kind)
    for key in keys:
        found = _step(found, key) if found is not None else None
    return found


def _step(schema: dict[str, Any], key: str) -> dict[str, Any] | None:
    for part in (schema, *schema.get("allOf", ())):
        further = part.get("properties", {}).get(key, part.get("additionalProperties"))
        if isinstance(further, dict):
            return further
    return None


def _types(schema: dict[str, Any]) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _read(schema: dict[str, Any], text: str) -> Value:
    """Lists and mappings as YAML has them in brackets; a list of words with commas in between; else the text itself."""
    types, typed = _types(schema), text.strip()
    if ("array" in types and typed.startswith("[")) or ("object" in types and typed.startswith("{")):
        return _read_flow(typed)
    if schema.get("x-name") == "because":
        return to_value(parse_reason_text(typed))
    if "array" not in types or "string" in types:
        return text
    return [*_split(typed)] if _holds_words(schema) else [text]


def _holds_words(schema: dict[str, Any]) -> bool:
    return schema.get("items", {}).get("x-name") in _WORDS or schema.get("x-name") in _LISTS_OF_WORDS


def _split(text: str) -> list[str]:
    return [part for one in text.split(",") if (part := one.strip())]


def _read_flow(text: str) -> Value:
    """What stands in brackets. A scalar that needs quotes in a file may do without: the schema says that it is text."""
    document = read_plan_file(text.encode("utf-8", "surrogateescape"))
    problem = next((problem for problem in document.problems if problem.rule != "ambiguous-scalar"), None)
    if problem or document.data is None:
        message = problem.message if problem else "nothing is there"
        raise UsageError(f"{text} can't be read: {message}", problem.hint if problem else None)
    return document.data


def _convert(schema: dict[str, Any], value: Value) -> New:
    if isinstance(value, dict):
        return {str(key): _convert(_step(schema, key) or {}, entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_convert(schema.get("items", {}), entry) for entry in value]
    quoted = isinstance(value, Text) and not value.plain
    return str(value) if quoted or not _is_plain(schema, str(value)) else Plain(value)


def _is_plain(schema: dict[str, Any], text: str) -> bool:
    """Whether a scalar is a date in a date's place, or a number or true or false where that belongs."""
    if schema.get("x-name") in _DATES and parse_date(text):
        return True
    meaning = resolve(mark_text(text, 1, 1, True)) if text else None
    if isinstance(meaning, bool):
        return "boolean" in _types(schema)
    wanted = "integer" in _types(schema) or "number" in _types(schema) or isinstance(schema.get("const"), int)
    return isinstance(meaning, int | float) and wanted


def _problems(kind: str, keys: Keys, value: New) -> Iterator[Problem]:
    """What is wrong with the value, and not with an item that has nothing else."""
    nested: Value = _mark(value)
    for key in reversed(keys[1:]):
        nested = {mark_text(key, _TYPED, 1, True): nested}
    document: Value = {mark_text(keys[0], _TYPED, 1, True): nested}
    for problem in validate_document(kind, document):
        if problem.line == _TYPED or problem.rule != "missing-key":
            yield problem


def _mark(value: New) -> Value:
    if isinstance(value, dict):
        return _mark_mapping({key: _mark(entry) for key, entry in value.items()})
    if isinstance(value, list):
        marked = Sequence(_mark(entry) for entry in value)
        marked.line, marked.column = _TYPED, 1
        return marked
    return mark_text(str(value), _TYPED, 1, isinstance(value, Plain))


def _mark_mapping(entries: dict[str, Value]) -> Mapping:
    marked = Mapping((mark_text(key, _TYPED, 1, True), entry) for key, entry in entries.items())
    marked.line, marked.column = _TYPED, 1
    return marked
