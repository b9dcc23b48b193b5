"""Reads what Fedora's release plans use of TaskJuggler's language: https://taskjuggler.org/tj3/manual/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|(?:#|//)[^\n]*', re.DOTALL)
_MACRO = re.compile(r"^macro\s+(\w+)\s*\[([^\]]*)\]", re.MULTILINE)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{},]|[^\s{},"]+')


class Dependency(NamedTuple):
    """Another task, and the days between it and this one: working days, or days of 24 hours."""

    id: str
    working: float = 0.0
    elapsed: float = 0.0


@dataclass
class Task:
    """A task with its full id. Lengths are in working days, durations in days of 24 hours."""

    id: str
    parent: Task | None = None
    tasks: list[Task] = field(default_factory=list)
    start: datetime | None = None
    length: float = 0.0
    duration: float = 0.0
    depends: list[Dependency] = field(default_factory=list)
    precedes: list[Dependency] = field(default_factory=list)
    is_late: bool = False  # as late as possible: by `precedes`, its own or that of the task above

    def leaves(self) -> Iterator[Task]:
        """The tasks below it that have none below them, or itself."""
        if not self.tasks:
            yield self
        for task in self.tasks:
            yield from task.leaves()


def read_tasks(text: str) -> dict[str, Task]:
    """All tasks by their full ids, in the order of the file."""
    return _Reader(_expand(_COMMENT.sub(_without_comment, text))).read()


def _without_comment(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else " "


def _expand(text: str) -> str:
    for name, value in dict(_MACRO.findall(text)).items():
        text = text.replace(f"${{{name}}}", value)
    return text


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.place = 0
        self.tasks: dict[str, Task] = {}

    def read(self) -> dict[str, Task]:
        while self.place < len(self.tokens):
            word = self._next()
            if word == "task":
                self._read_task(None)
            elif word == "{":
                self._skip()
        return self.tasks

    def _next(self) -> str:
        self.place += 1
        return str(self.tokens[self.place - 1])

    def _peek(self) -> str:
        return str(self.tokens[self.place])

    def _skip(self) -> None:
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self._next(), 0)

    def _read_task(self, parent: Task | None) -> None:
        task = Task((f"{parent.id}." if parent else "") + self._next(), parent, is_late=bool(parent and parent.is_late))
        self.tasks[task.id] = task
        if parent:
            parent.tasks.append(task)
        self._next()  # its name
        if self._next() != "{":
            raise ValueError(f"{task.id} has no body")
        while (word := self._next()) != "}":
            self._read_attribute(task, word)

    def _read_attribute(self, task: Task, word: str) -> None:
        match word:
            case "task":
                self._read_task(task)
            case "start":
                task.start = datetime.fromisoformat(self._next())
                task.is_late = False
            case "length" | "duration":
                setattr(task, word, _days(self._next()))
            case "depends" | "precedes":
                task.is_late = word == "precedes"
                getattr(task, word).extend(self._read_dependencies(task))
            case "flags":
                self._next()
                while self._peek() == ",":
                    self.place += 2
            case "note":
                self._next()
            case _:
                raise ValueError(f"{word!r} in {task.id} is not known")

    def _read_dependencies(self, task: Task) -> Iterator[Dependency]:
        yield self._read_dependency(task)
        while self._peek() == ",":
            self._next()
            yield self._read_dependency(task)

    def _read_dependency(self, task: Task) -> Dependency:
        word = self._next()
        above: Task | None = task
        while word.startswith("!"):
            word = word[1:]
            above = above.parent if above else None
        gaps = {"gaplength": 0.0, "gapduration": 0.0}
        if self._peek() == "{":
            self._next()
            while (name := self._next()) != "}":
                gaps[name] = _days(self._next())
        return Dependency(f"{above.id}.{word}" if above and above is not task else word, *gaps.values())


def _days(text: str) -> float:
    if not text.endswith("d"):
        raise ValueError(f"{text!r} is not in days")
    return float(text[:-1])
