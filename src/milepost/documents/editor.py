"""The schemas as an editor gets them: ours, which also offer the ids of the plan at hand.

What is offered never becomes a mistake when it is missing. yaml-language-server completes the constants of an `anyOf`;
it reports mistakes, and explains a field, by the first alternative, so ours stands first and the ids after it. They are
in one file of their own, so that only that file changes when the plan does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from milepost.resources import resource_folder

IDS = "ids.schema.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_ENDING = ".schema.json"

#: By the definition that a place of a schema refers to, the kinds of item whose ids belong there.
_KINDS = {
    "id": ("person",),
    "due": ("release",),
    "goalReference": ("goal",),
    "reference": ("milestone", "task"),
    "dependency": ("milestone", "task"),
    "riskReference": ("risk", "milestone"),
}
_OFFERED = tuple(dict.fromkeys(kind for kinds in _KINDS.values() for kind in kinds))

#: Where an id is a new one, or an earlier one of the same item.
_OWN_IDS = ("id", "was", "propertyNames")


def editor_schemas(titles: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The text of every schema file by name. `titles`: kind → id → what people call it, shown beside the id."""
    files = sorted(resource_folder("schemas").glob(f"*{_ENDING}"))
    ours = {file.name: json.loads(file.read_text("utf-8")) for file in files}
    shared = ours[f"common{_ENDING}"]["definitions"]
    schemas = {name: _offer(schema, "", shared) for name, schema in ours.items()}
    return {name: _to_text(schema) for name, schema in {**schemas, IDS: _ids(titles)}.items()}


def schema_globs() -> dict[str, str]:
    """Which files of a plan folder each schema describes: the schema's name → a glob from the plan folder on."""
    folders = {"goal": "goals", "milestone": "milestones", "risk": "risks", "sprint": "sprints"}
    folders |= {"feedback": "feedback", "review": "reviews"}
    return {f"plan{_ENDING}": "milepost.yaml"} | {
        f"{kind}{_ENDING}": f"{folder}/**/*.y*ml" for kind, folder in folders.items()
    }


def _offer(part: Any, key: str, shared: Mapping[str, Any]) -> Any:
    """A part of a schema, with ids beside every reference. `key` is what it stands under, but for `items`."""
    if isinstance(part, list):
        return [_offer(entry, "", shared) for entry in part]
    if not isinstance(part, dict):
        return part
    if kinds := _kinds_of(part, key):
        return _with_ids(part, kinds, shared)
    return {name: _offer(entry, key if name == "items" else name, shared) for name, entry in part.items()}


def _with_ids(part: Mapping[str, Any], kinds: Sequence[str], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Title and description stand at each level: servers differ in which one they show."""
    target = shared[_definition(part)]
    words = {word: part.get(word, target[word]) for word in ("title", "description")}
    ids = [{**words, "$ref": f"{IDS}#/definitions/{kind}"} for kind in kinds]
    return {**words, "anyOf": [{**part, **words, "examples": []}, *ids]}


def _kinds_of(part: Mapping[str, Any], key: str) -> Sequence[str]:
    return () if key in _OWN_IDS else _KINDS.get(_definition(part), ())


def _definition(part: Mapping[str, Any]) -> str:
    """The name of the definition that a part refers to; empty where it refers to none."""
    reference = part.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _ids(titles: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The schema of what is there, in order, so that two branches that add an id seldom meet."""
    return {
        "$schema": _DRAFT,
        "title": "Ids",
        "description": "The ids of this plan, for completion. Written by milepost init --refresh, never by hand.",
        "definitions": {kind: _any_of(titles.get(kind, {})) for kind in _OFFERED},
    }


def _any_of(titles: Mapping[str, str]) -> dict[str, Any]:
    if not titles:
        return {"not": {}}
    return {"anyOf": [{"const": id, "description": title} for id, title in sorted(titles.items())]}


def _to_text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
