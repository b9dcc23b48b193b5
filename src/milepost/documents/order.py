"""In which order the keys of a plan file stand: that of its schema, which is also that of the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from milepost.documents.schema import expand_schema, load_registry

Schema = Mapping[str, Any]
_NONE: Schema = {}


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file with its references written out; `kind` is plan, goal, milestone, …"""
    return expand_schema(f"{kind}.schema.json", load_registry())


def below(schema: Schema, key: str | None) -> Schema:
    """The schema of what stands under a key, or in a list where `key` is None."""
    if key is None:
        return _first(schema, "items")
    properties = _first(schema, "properties")
    found = properties[key] if key in properties else _first(schema, "additionalProperties")
    return found if isinstance(found, Mapping) else _NONE


def standard_order(schema: Schema, keys: Sequence[str]) -> list[int]:
    """The positions of keys in the order they should have. An unknown key stays behind the one it stands behind."""
    ranks = {key: rank for rank, key in enumerate(_first(schema, "properties"))}
    placed: list[int] = []
    for key in keys:
        placed.append(ranks.get(key, placed[-1] if placed else -1))
    return sorted(range(len(keys)), key=placed.__getitem__)


def _first(schema: Schema, keyword: str) -> Schema:
    """A keyword's value, here or in the parts that a schema is combined from."""
    parts = (part for name in ("allOf", "anyOf", "oneOf") for part in schema.get(name, ()))
    found = (part.get(keyword) for part in (schema, *parts) if isinstance(part, Mapping))
    return next((value for value in found if isinstance(value, Mapping)), _NONE)
