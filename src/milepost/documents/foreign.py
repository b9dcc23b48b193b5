"""Files that were never written for Milepost: YAML, JSON, or YAML between two lines of `---` before other text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from milepost.documents.marked import Problem, UnreadableError
from milepost.documents.yaml import MAX_SOURCE_DEPTH, read_foreign_yaml
from milepost.model.item import Value

MAX_SOURCE_BYTES = 16 << 20
_YAML = (".yaml", ".yml")

ReadResult = tuple[list[Value], list[Problem]]
ReadYaml = Callable[[str], ReadResult]


def read_foreign_file(path: str, data: bytes, read_yaml: ReadYaml = read_foreign_yaml) -> ReadResult:
    """The documents of one file with all scalars as text, and what is odd about it.

    The form follows from the file's name. Raises `UnreadableError` where it does not parse.
    """
    text = _decode(data)
    name = path.lower()
    if name.endswith(".json"):
        return _read_json(text)
    if name.endswith(_YAML):
        return read_yaml(text)
    front = _front_matter(text)
    return read_yaml(front) if front is not None else ([], [])


def _decode(data: bytes) -> str:
    if len(data) > MAX_SOURCE_BYTES:
        raise UnreadableError("too-big", 1, 1, f"The file has {len(data):,} bytes.", "leave it out of `files`")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("not-utf8", 1, 1, "The file is not UTF-8 text.", "save it as UTF-8") from None


def _front_matter(text: str) -> str | None:
    """What stands between `---` at the very start and the next line `---`; None where there is no such block.

    An empty line takes the place of the first one, so that the others keep their numbers.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---":
        return None
    lines = rest.split("\n")
    end = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), None)
    if end is None:
        raise UnreadableError("syntax", 1, 1, "The front matter has no end.", "close it with a line ---")
    return "\n".join(["", *lines[:end]])


def _read_json(text: str) -> tuple[list[Value], list[Problem]]:
    problems: list[Problem] = []

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = {key: _text(value) for key, value in pairs}
        if len(mapping) < len(pairs):
            twice = sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
            message = f"The key {', '.join(twice)} is given twice; the last one counts."
            problems.append(Problem("duplicate-key", 1, 1, message, "remove one of them"))
        return mapping

    try:
        value = _text(json.loads(text, object_pairs_hook=build, parse_int=str, parse_float=str, parse_constant=str))
    except json.JSONDecodeError as error:
        raise UnreadableError(
            "syntax",
            error.lineno,
            error.colno,
            f"This is not valid JSON: {error.msg}.",
            "check commas, quotes and brackets here",
        ) from None
    except RecursionError:
        _too_deep()
    return [_bound(value)], problems


def _text(value: Any) -> Any:
    """JSON's own words as text, in lists too; mappings were built from text already."""
    if isinstance(value, list):
        return [_text(entry) for entry in value]
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return value


def _bound(value: Value) -> Value:
    level: list[Value] = [value]
    for _ in range(MAX_SOURCE_DEPTH):
        level = [entry for holder in level if not isinstance(holder, str) for entry in _entries(holder)]
        if not level:
            return value
    _too_deep()


def _entries(holder: list[Value] | dict[str, Value]) -> list[Value]:
    return holder if isinstance(holder, list) else list(holder.values())


def _too_deep() -> NoReturn:
    message = f"More than {MAX_SOURCE_DEPTH} levels are nested in this file."
    raise UnreadableError("too-deep", 1, 1, message, "leave it out of `files`")
