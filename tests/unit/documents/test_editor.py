"""The schemas for editors: they accept what ours accept, and offer the ids of the plan without asking for them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from milepost.documents.editor import IDS, editor_schemas, schema_globs
from milepost.resources import resource_folder

TITLES = {
    "person": {"bo": "Bo Lind", "ada": "Ada Bright"},
    "goal": {"self-serve": "People publish"},
    "milestone": {"public-beta": "Public beta"},
    "task": {"public-beta/server": "Serve tiles"},
    "release": {"v1.4": "2027-02-10"},
    "risk": {"terms": "Terms change"},
}
MILESTONE = {"id": "launch", "title": "Launch", "due": "2027-05-03"}
GOOD: list[dict[str, Any]] = [
    {"owner": "ada"},
    {"owner": "nobody-yet"},
    {"due": "v1.4"},
    {"due": "v9"},
    {"depends_on": ["public-beta", "other/task", {"item": "public-beta/server", "lag": "3d"}]},
]
BAD: list[dict[str, Any]] = [
    {"owner": "Ada Bright"},
    {"due": "3 May"},
    {"depends_on": [{"itm": "x"}]},
    {"goal": ["x"]},
    {"ownr": "ada"},
]


def validator(schemas: dict[str, str], name: str) -> Draft7Validator:
    registry: Registry[Any] = Registry().with_resources(
        (file, DRAFT7.create_resource(json.loads(text))) for file, text in schemas.items()
    )
    return Draft7Validator({"$ref": name}, registry=registry)


@pytest.mark.parametrize("titles", [TITLES, {}], ids=["a plan", "an empty plan"])
def test_an_id_is_offered_and_never_required(titles: dict[str, dict[str, str]]) -> None:
    check = validator(editor_schemas(titles), "milestone.schema.json")
    for good in GOOD:
        assert check.is_valid({**MILESTONE, **good}), good
    for bad in BAD:
        assert not check.is_valid({**MILESTONE, **bad}), bad


def test_only_one_file_changes_with_the_plan() -> None:
    full, empty = editor_schemas(TITLES), editor_schemas({})
    assert full == editor_schemas({kind: dict(reversed(ids.items())) for kind, ids in TITLES.items()})
    assert {name for name in full if full[name] != empty[name]} == {IDS}
    ids = json.loads(full[IDS])["definitions"]
    assert ids["person"]["anyOf"] == [
        {"const": "ada", "description": "Ada Bright"},
        {"const": "bo", "description": "Bo Lind"},
    ]


def test_every_example_of_ours_is_valid_there_too() -> None:
    schemas = editor_schemas(TITLES)
    for name in schema_globs():
        schema = json.loads((resource_folder("schemas") / name).read_text(encoding="utf-8"))
        check = validator(schemas, name)
        assert schema["examples"]
        for example in schema["examples"]:
            assert list(check.iter_errors(example)) == [], name


def test_every_kind_of_file_has_a_glob() -> None:
    files = {path.name for path in resource_folder("schemas").glob("*.json")}
    parts = {f"{name}.schema.json" for name in ("common", "person", "release", "source", "task")}
    assert set(schema_globs()) == files - parts
