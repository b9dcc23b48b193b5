"""Globs over repository paths, and dotted paths into a document: the two small languages of `sources`."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from milepost.model.item import Pointer, Value

_STEP = re.compile(r"([^\[\]]*)((?:\[(?:\*|[0-9]{1,9})\])*)")
_INDEX = re.compile(r"\[(\*|[0-9]+)\]")
_WILD = re.compile(r"[*?\[]")


class Glob:
    """A pattern for whole paths: `*` and `?` stay within a folder, `**` is any number of folders.

    Folders are matched one after another with all the places in the pattern that are possible by then, so that no
    pattern takes more than its length times that of the path.
    """

    def __init__(self, glob: str) -> None:
        parts = glob.split("/")
        self._parts = [None if part == "**" else _compile_part(part) for part in parts]

    def matches(self, path: str) -> bool:
        """Whether the whole path fits the pattern."""
        places = self._skip({0})
        for name in path.split("/"):
            places = self._skip({after for place in places for after in self._step(place, name)})
        return len(self._parts) in places

    def _step(self, place: int, name: str) -> Iterator[int]:
        if place < len(self._parts):
            part = self._parts[place]
            if part is None:
                yield place
            elif part.fullmatch(name):
                yield place + 1

    def _skip(self, places: set[int]) -> set[int]:
        """The same places, and those behind any `**`, which may stand for no folder."""
        found = set(places)
        for place in range(len(self._parts)):
            if place in found and self._parts[place] is None:
                found.add(place + 1)
        return found


def _compile_part(part: str) -> re.Pattern[str]:
    """The pattern of one name. The standard library's never goes back further than one star."""
    return re.compile(fnmatch.translate(part.replace("[", "[[]")))


@lru_cache(maxsize=256)
def compile_glob(glob: str) -> Glob:
    """The pattern that a text means."""
    return Glob(glob)


def fixed_folder(glob: str) -> str:
    """The folder (or file) that everything a glob can match lies in: what comes before its first wildcard."""
    wild = _WILD.search(glob)
    return glob[: wild.start()].rpartition("/")[0] if wild else glob


@dataclass(frozen=True, slots=True)
class Entry:
    """What a walk found: the value, its key or text, the object that holds the walked collection, and its place."""

    value: Value
    key: str | None
    holder: Value
    pointer: Pointer


def walk(document: Value, path: str) -> Iterator[Entry]:
    """The entries of every mapping or list that a path leads to."""
    for holder, found, pointer in _follow(document, document, path, ()):
        if isinstance(found, dict):
            for key, value in found.items():
                yield Entry(value, key, holder, (*pointer, key))
        elif isinstance(found, list):
            for index, value in enumerate(found):
                yield Entry(value, None, holder, (*pointer, index))


def look_up(entry: Entry, path: str) -> Value | None:
    """What a path leads to from an entry; `^` stands for the object that holds the walked list."""
    start, rest = entry.value, path
    if path == "^" or path.startswith("^."):
        start, rest = entry.holder, path[2:]
    elif path in (".", "{value}"):
        return entry.value
    return next((found for _, found, _ in _follow(start, start, rest, ())), None)


def _follow(start: Value, holder: Value, path: str, pointer: Pointer) -> Iterator[tuple[Value, Value, Pointer]]:
    """The object that holds it, the value and its place, for everything that a path leads to."""
    found: list[tuple[Value, Value, Pointer]] = [(holder, start, pointer)]
    for step in [] if path in (".", "") else path.split("."):
        match = _STEP.fullmatch(step)
        name, indexes = (match[1], match[2]) if match else (step, "")
        found = [hit for place in found for hit in _step(place, name)] if name else found
        for index in _INDEX.findall(indexes):
            found = [hit for place in found for hit in _index(place, index)]
    yield from found


def _step(place: tuple[Value, Value, Pointer], name: str) -> Iterator[tuple[Value, Value, Pointer]]:
    _, value, pointer = place
    if isinstance(value, dict) and name in value:
        yield value, value[name], (*pointer, name)


def _index(place: tuple[Value, Value, Pointer], index: str) -> Iterator[tuple[Value, Value, Pointer]]:
    _, value, pointer = place
    if isinstance(value, list):
        numbers = range(len(value)) if index == "*" else [int(index)]
        yield from ((value, value[n], (*pointer, n)) for n in numbers if n < len(value))
