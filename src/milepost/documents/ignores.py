"""`# milepost: ignore[rule] reason`: comments that silence a finding on the line below them.

YAML's parser drops comments, so they are looked for in the lines of a file. A line within a text that goes over several
lines is no comment, however much it looks like one: where such texts are is asked of the parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import YAMLError, YAMLStreamError
from ruamel.yaml.events import ScalarEvent, StreamEndEvent

from milepost.documents.characters import decode_text
from milepost.documents.marked import Problem, UnreadableError
from milepost.documents.yaml import read_plan_file

#: How many comments of a file are read, each counted once for every rule that it names.
MAX_IGNORES = 1_000

_MARK = re.compile(rb"#\s*milepost:\s*ignore\b")
_COMMENT = re.compile(r"(?P<before>[ \t]*)#\s*milepost:\s*ignore\b(?P<rest>.*)")
_PARTS = re.compile(r"\s*\[(?P<rules>[^\]]*)\]:?(?P<reason>.*)")
_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment. Lines and columns count from 1; `target` is the line that it is about, 0 where none follows."""

    line: int
    column: int
    rules: tuple[str, ...]
    reason: str
    target: int


def find_ignores(data: bytes) -> list[Ignore]:
    """The comments of a file, in order. A file that can't be read has none."""
    if not _MARK.search(data):
        return []
    try:
        text = decode_text(data)
        inside = _Insides(text)
    except (UnreadableError, YAMLError, YAMLStreamError, ValueError, AssertionError):
        return []
    lines = _split(text)
    comments = [not inside.holds(number, _indent(line)) and _is_empty(line) for number, line in enumerate(lines)]
    return list(_read(lines, comments))


def cut_ignores(ignores: list[Ignore]) -> tuple[list[Ignore], Problem | None]:
    """The comments that are read, and what is wrong where there are more."""
    count = 0
    for number, ignore in enumerate(ignores):
        count += max(len(ignore.rules), 1)
        if count > MAX_IGNORES:
            message = f"The file silences more than {MAX_IGNORES:,} rules in comments; those from here on are not read."
            hint = "change the level under `rules` in milepost.yaml, or mend what they name"
            return ignores[:number], Problem("too-big", ignore.line, ignore.column, message, hint)
    return ignores, None


def drop_ignores(data: bytes, unused: Mapping[int, frozenset[str]]) -> bytes:
    """The file without comments that silence nothing: for each line the rules to take out of its comment.

    A comment that names no other rule goes with its whole line; all other bytes stay. Below a text that keeps its blank
    lines, those below the comment go too: they would become text. Where the file would still say something else, it is
    left as it is.
    """
    meant = read_plan_file(data).data
    for with_blanks in (False, True):
        dropped = _drop(data, unused, with_blanks)
        if read_plan_file(dropped).data == meant:
            return dropped
    return data


def _drop(data: bytes, unused: Mapping[int, frozenset[str]], with_blanks: bool) -> bytes:
    lines = [match[0] for match in _LINE.finditer(data.decode("utf-8")) if match[0]]
    for ignore in find_ignores(data):
        if (dropped := unused.get(ignore.line)) is not None:
            kept = [rule for rule in ignore.rules if rule not in dropped]
            lines[ignore.line - 1] = _name_again(lines[ignore.line - 1], kept) if kept else ""
            if with_blanks and not kept:
                _drop_blanks(lines, ignore.line)
    return "".join(lines).encode()


def _drop_blanks(lines: list[str], start: int) -> None:
    for number in range(start, len(lines)):
        if lines[number].strip():
            return
        lines[number] = ""


def _read(lines: list[str], comments: list[bool]) -> Iterator[Ignore]:
    targets = _targets(comments)
    for number, line in enumerate(lines):
        match = _COMMENT.match(line) if comments[number] else None
        if match:
            parts = _PARTS.match(match["rest"])
            rules = [rule.strip() for rule in parts["rules"].split(",")] if parts else []
            reason = parts["reason"].strip() if parts else ""
            named = tuple(dict.fromkeys(rule for rule in rules if rule))
            yield Ignore(number + 1, len(match["before"]) + 1, named, reason, targets[number])


def _targets(comments: list[bool]) -> list[int]:
    """For each line the number of the next one with content, 0 where none follows: one pass from the bottom."""
    targets: list[int] = []
    target = 0
    for number in range(len(comments), 0, -1):
        targets.append(target)
        target = target if comments[number - 1] else number
    return targets[::-1]


def _name_again(line: str, rules: list[str]) -> str:
    start, end = line.index("["), line.index("]")
    return f"{line[: start + 1]}{', '.join(rules)}{line[end:]}"


def _split(text: str) -> list[str]:
    return [match[0].rstrip("\r\n") for match in _LINE.finditer(text) if match[0]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _is_empty(line: str) -> bool:
    """Whether a line outside of texts holds nothing but a comment, or nothing."""
    stripped = line.strip(" \t")
    return not stripped or stripped.startswith("#")


class _Insides:
    """From where to where each text of a file goes that takes up more than one line."""

    def __init__(self, text: str) -> None:
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []
        parser = CParser(text)
        while type(event := parser.get_event()) is not StreamEndEvent:
            if type(event) is ScalarEvent and event.end_mark.line > event.start_mark.line:
                self._starts.append((event.start_mark.line, event.start_mark.column))
                self._ends.append((event.end_mark.line, event.end_mark.column))

    def holds(self, line: int, column: int) -> bool:
        """Whether a position, counted from 0, is within such a text."""
        number = bisect_right(self._starts, (line, column)) - 1
        return number >= 0 and (line, column) < self._ends[number]
