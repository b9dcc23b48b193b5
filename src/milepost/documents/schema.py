"""Data against our JSON Schemas: every problem of a document in one run, in our own words.

Nothing is fetched: references resolve among the files that ship with Milepost and nowhere else. They are written out
before validating, which is faster and keeps the titles and examples that stand beside a reference, for the hints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from milepost.documents.complaints import Breach, explain
from milepost.documents.levels import level_of
from milepost.documents.marked import Problem, Text
from milepost.documents.scalars import resolve_all
from milepost.model.calendar import parse_date, parse_span
from milepost.model.estimate import parse_estimate
from milepost.model.holidays import is_known_code
from milepost.model.item import Value
from milepost.resources import resource_folder

if TYPE_CHECKING:
    from jsonschema import Draft7Validator, ValidationError
    from referencing import Registry

__all__ = ["build_validator", "expand_schema", "level_of", "load_registry", "validate_document"]

_ENDING = ".schema.json"
_DEEPEST = 20  # references that lead to references
_OF_A_FILE = ("$schema", "$id")  # within a schema, `$schema` makes jsonschema fall back to its own keywords
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def validate_document(kind: str, data: Value | None) -> list[Problem]:
    """What is wrong with the data of one plan file, in the order of the file.

    `kind` is plan, goal, milestone, risk, sprint, feedback or review. `data` is None for a file that holds nothing; one
    that could not be read holds None too, and has said why already.
    """
    breaches = [_breach(error) for error in _validator(kind).iter_errors(resolve_all(data))]
    return explain(data, breaches) if breaches else []


def load_registry() -> Registry[Any]:
    """A closed registry of our own schema files by name. Whatever else is referred to does not exist."""
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    files = sorted(resource_folder("schemas").glob(f"*{_ENDING}"))
    contents = ((file.name, json.loads(file.read_text("utf-8"))) for file in files)
    registry: Registry[Any] = Registry()
    return registry.with_resources((name, DRAFT7.create_resource(content)) for name, content in contents)


def expand_schema(name: str, registry: Registry[Any]) -> dict[str, Any]:
    """A schema with all its references written out. Raises `Unresolvable` where one leads out of the registry."""
    found = registry.resolver().lookup(name)
    expanded: dict[str, Any] = _expand(found.contents, found.resolver, 0)
    return expanded


def _expand(part: Any, resolver: Any, depth: int) -> Any:
    if isinstance(part, list):
        return [_expand(entry, resolver, depth) for entry in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if not isinstance(reference, str):
        return {key: _expand(value, resolver, depth) for key, value in part.items() if key not in _OF_A_FILE}
    if depth > _DEEPEST:
        raise ValueError(f"the schema reference {reference} leads back to itself")
    found = resolver.lookup(reference)
    target = _expand(found.contents, found.resolver, depth + 1)
    words = {key: part[key] for key in ("title", "description", "examples") if key in part}
    return {**target, **words, "x-name": reference.rpartition("/")[2].removesuffix(_ENDING)}


@cache
def _validator(kind: str) -> Draft7Validator:
    return build_validator(expand_schema(kind + _ENDING, load_registry()))


def build_validator(schema: dict[str, Any]) -> Draft7Validator:
    """What checks data against an expanded schema, or against a part of one, as the plan language means it."""
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend
    from referencing import Registry

    keywords = {"pattern": _check_pattern, "x-name": _check_meaning, "uniqueItems": _check_unique}
    validator: type[Draft7Validator] = extend(Draft7Validator, keywords)  # type: ignore[no-untyped-call]
    return validator(schema, registry=Registry())


def _breach(error: ValidationError) -> Breach:
    schema = error.schema if isinstance(error.schema, dict) else {}
    in_name = "propertyNames" in error.absolute_schema_path
    pointer = tuple(error.absolute_path)
    return Breach(str(error.validator), error.validator_value, error.instance, schema, pointer, in_name)


@cache  # as many as the schemas have
def _whole(pattern: str) -> re.Pattern[str]:
    r"""The pattern as ECMA 262 means it: in Python `$` also matches before a line end at the very end."""
    return re.compile(re.sub(r"(\\.)|\$", lambda match: match[1] or r"\Z", pattern, flags=re.DOTALL))


def _check_pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[Exception]:
    from jsonschema import ValidationError

    if isinstance(value, str) and not _whole(pattern).search(value):
        yield ValidationError("it does not have the form")


def _check_unique(_: Any, wanted: bool, value: Any, __: Any) -> Iterator[Exception]:
    """In one pass: jsonschema compares each mapping of a list with each other one."""
    from jsonschema import ValidationError

    if wanted and isinstance(value, list) and len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
        yield ValidationError("it names something twice")


def _check_meaning(_: Any, name: Any, value: Any, schema: Any) -> Iterator[Exception]:
    """What a pattern can't say: that a day exists, and that a range goes upwards."""
    from jsonschema import ValidationError

    check = _CHECKS.get(name)
    if check and not check(value) and not any(_check_pattern(_, schema.get("pattern", ""), value, schema)):
        yield ValidationError("it has the form, but means nothing")


def _is_day(value: Any) -> bool:
    """Whether text that looks like a day is one that exists; anything else is left to the pattern."""
    return not isinstance(value, str) or not _DAY.fullmatch(value) or parse_date(value) is not None


def _is_span(value: Any) -> bool:
    if not isinstance(value, str) or not all(map(_DAY.fullmatch, value.split("..", 1))):
        return True
    span = parse_span(value)
    return span is not None and span.first <= span.last


def _is_country(value: Any) -> bool:
    return not isinstance(value, str) or is_known_code(value)


def _is_ascending(value: Any) -> bool:
    """Whether amounts can be meant, and in one unit never get smaller; units compare only by a calendar."""
    estimate = parse_estimate(value) if isinstance(value, str | dict) else None
    if estimate is None and isinstance(value, str):
        return False
    amounts = estimate.amounts if estimate else ()
    return all(one.unit != other.unit or one.number <= other.number for one, other in pairwise(amounts))


def _is_quoted(value: Any) -> bool:
    """Whether text is text to every reader of YAML: a plain date is a date to some."""
    return not (isinstance(value, Text) and value.plain and _DAY.fullmatch(value))


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "text": _is_quoted,
    "notes": _is_quoted,
    "date": _is_day,
    "due": _is_day,
    "release": _is_day,
    "days": _is_span,
    "holidays": _is_country,
    "estimate": _is_ascending,
    "delay": _is_ascending,
}
