"""Plain text, lists and mappings that remember where they were written.

They are ordinary `str`, `list` and `dict` to everything that only wants the data, so nothing has to be unwrapped.
Lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from milepost.model.item import Pointer, Value


class Text(str):
    """A scalar as written. `plain` is False where it was quoted, or is a block of text."""

    __slots__ = ("column", "line", "plain")
    line: int
    column: int
    plain: bool


class Sequence(list[Value]):
    """A list with its position."""

    __slots__ = ("column", "line")
    line: int
    column: int


class Mapping(dict[str, Value]):
    """A mapping with its position; its keys are `Text` and have theirs."""

    __slots__ = ("column", "line")
    line: int
    column: int


def mark_text(text: str, line: int, column: int, plain: bool) -> Text:
    """The text with its position."""
    marked = Text(text)
    marked.line, marked.column, marked.plain = line, column, plain
    return marked


def unmark(value: Value) -> Value:
    """The same without positions: quicker to compare, and nothing but data."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {str(key): unmark(entry) for key, entry in value.items()}
    return [unmark(entry) for entry in value]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one position of a file. The sentence and hint are for a person who may not know YAML."""

    rule: str
    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: its data (None where it can't be read), and what is wrong with it."""

    data: Value | None
    problems: tuple[Problem, ...] = ()


class UnreadableError(Exception):
    """A file can't be read any further. Holds the problem that says where and why."""

    def __init__(self, rule: str, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(rule, line, column, message, hint)


def position(value: object) -> tuple[int, int]:
    """Line and column of a marked value; the top of the file for anything else."""
    return getattr(value, "line", 1), getattr(value, "column", 1)


def locate(data: Value | None, pointer: Iterable[str | int], at_key: bool = False) -> tuple[int, int]:
    """Line and column of what a pointer leads to, or of the deepest part of it that exists.

    `at_key` asks for the last key of the pointer instead of its value.
    """
    found: object = data
    where = position(data)
    steps: Pointer = tuple(pointer)
    for depth, step in enumerate(steps):
        if isinstance(found, dict) and step in found:
            key = next(key for key in found if key == step)
            found = found[key]
            where = position(key if at_key and depth == len(steps) - 1 else found)
        elif isinstance(found, list) and isinstance(step, int) and -len(found) <= step < len(found):
            found = found[step]
            where = position(found)
        else:
            break
    return where
