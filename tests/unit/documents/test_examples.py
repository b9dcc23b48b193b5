"""What the schemas and the page of the plan language show as examples is right by the schemas themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from milepost.documents.schema import build_validator, expand_schema, load_registry, validate_document
from milepost.documents.yaml import read_plan_file
from milepost.resources import resource_folder

FORMAT = Path(__file__).parents[3] / "docs" / "plan-format.md"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in resource_folder("schemas").glob("*.schema.json"))
FILES = ["plan", "goal", "milestone", "risk", "sprint", "feedback", "review"]


def parts(schema: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and every schema within it, by place."""
    if isinstance(schema, dict):
        if isinstance(schema.get("examples"), list):
            yield at, schema
        for key, value in schema.items():
            if key != "examples":
                yield from parts(value, f"{at}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from parts(value, f"{at}/{number}")


def is_field(at: str) -> bool:
    """Whether a place is that of a key: its description and examples are what an editor shows."""
    return re.search(r"(^|/)properties/[^/]+$", at) is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_example_keeps_to_its_schema(name: str) -> None:
    found = list(parts(expand_schema(f"{name}.schema.json", load_registry())))
    assert found
    for at, schema in found:
        for example in schema["examples"]:
            errors = [error.message for error in build_validator(schema).iter_errors(example)]
            assert not errors, f"{name}{at}: {example}"


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_what_it_is_and_shows_an_example(name: str) -> None:
    schema = expand_schema(f"{name}.schema.json", load_registry())
    assert schema["title"]
    assert schema["description"]

    def walk(part: Any, at: str = "") -> None:
        entries: Any = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in entries:
            if isinstance(value, dict | list) and key != "examples":
                if is_field(f"{at}/{key}"):
                    missing = {"title", "description", "examples"} - set(value)
                    assert not missing, f"{name}{at}/{key}"
                walk(value, f"{at}/{key}")

    walk(schema)


@pytest.mark.parametrize("kind", FILES)
def test_the_page_shows_a_whole_file_of_every_kind(kind: str) -> None:
    title = expand_schema(f"{kind}.schema.json", load_registry())["title"]
    section = re.search(rf"(?ms)^## {title}$.*?(?=^## |\Z)", FORMAT.read_text(encoding="utf-8"))
    assert section
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```$", section[0])
    assert blocks
    for block in blocks:
        document = read_plan_file(block.encode())
        assert not document.problems
        assert validate_document(kind, document.data) == []


def test_every_example_of_the_page_can_be_read() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    examples = re.findall(r"(?m)^- \*\*`(\w+)`\*\*.*?Examples?: (.+?)\.(?: Default: .*)?$", text)
    assert len(examples) > 50
    for key, written in examples:
        for example in re.findall(r"`([^`]+)`", written):
            assert not read_plan_file(f"{key}: {example}\n".encode()).problems, example
