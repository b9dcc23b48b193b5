"""YAML on the parser's events: a position for every value, duplicate keys seen, depth and size bounded.

Loaders that compose or construct were not an option: on hostile input each of them hangs, crashes, changes data or
raises outside its own error class. Events come from libyaml through ruamel.yaml's C extension. There is no fallback,
so that one input has one reading: without the extension every command stops.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from milepost.documents.characters import find_bad_character
from milepost.documents.marked import Mapping, Problem, Sequence, Text, UnreadableError, mark_text
from milepost.documents.scalars import check_scalar, resolve
from milepost.errors import MilepostError
from milepost.model.item import Value

try:
    from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError
    from ruamel.yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )
except ImportError as error:  # pragma: no cover - needs an installation without the extension
    raise MilepostError(
        "The C extension of ruamel.yaml is missing, and no other YAML parser reads plans the same way.",
        "pip install 'ruamel.yaml[oldlibyaml]'",
    ) from error
if CParser is None:  # the extra [libyaml] leaves the name without the parser
    raise MilepostError(
        "ruamel.yaml was installed without the parser that Milepost needs.",
        "pip install 'ruamel.yaml[oldlibyaml]'",
    )

_LONGEST_KEY = 1024


class Builder:
    """Builds data from events without recursion. `open` is the path of containers from the root to where we are."""

    def __init__(self, max_depth: int, max_nodes: int, strict: bool) -> None:
        self.strict = strict
        self.max_depth = max_depth
        self.max_nodes = max_nodes
        self.problems: list[Problem] = []
        self.open: list[Mapping | Sequence] = []
        self.keys: list[Text | None] = []  # for every open mapping the key that waits for its value
        self.anchors: dict[str, Value] = {}
        self.sizes: dict[str, int] = {}  # nodes below each anchor
        self.heights: dict[str, int] = {}  # levels of each anchor
        self.opened: list[tuple[str | None, int]] = []  # anchor and node count of each open container
        self.below: list[int] = []  # levels that each open container has below it so far
        self.nodes = 0
        self.documents: list[Value] = []

    def read(self, text: str) -> list[Value]:
        """The data of every document in the text."""
        get_event = CParser(text).get_event
        handlers = {
            ScalarEvent: self.add_scalar,
            MappingStartEvent: self.open_mapping,
            SequenceStartEvent: self.open_sequence,
            MappingEndEvent: self.close_container,
            SequenceEndEvent: self.close_container,
            AliasEvent: self.add_alias,
            DocumentStartEvent: self.start_document,
        }
        try:
            while True:
                event = get_event()
                kind = type(event)
                if kind is StreamEndEvent:
                    return self.documents
                if handle := handlers.get(kind):
                    handle(event)
        except (YAMLError, YAMLStreamError, ValueError, AssertionError) as error:
            raise _syntax_error(error, text) from None

    def start_document(self, event: Any) -> None:
        if not self.strict:
            return
        if event.version or event.tags:
            _stop(event, "directive", "A line that begins with % sets YAML's own options.", "remove it")
        if self.documents:
            _stop(event, "multi-doc", "A second document begins here.", "remove the line ---, or use two files")

    def add_scalar(self, event: Any) -> None:
        mark = event.start_mark
        text = mark_text(event.value, mark.line + 1, mark.column + 1, event.implicit[0])
        if self.strict:
            self.check_node(event)
            self.check_text(text)
        elif event.anchor:
            self.anchors[event.anchor], self.sizes[event.anchor], self.heights[event.anchor] = text, 1, 0
        self.place(text, event)

    def open_mapping(self, event: Any) -> None:
        self.open_container(event, Mapping())

    def open_sequence(self, event: Any) -> None:
        self.open_container(event, Sequence())

    def open_container(self, event: Any, container: Mapping | Sequence) -> None:
        mark = event.start_mark
        container.line, container.column = mark.line + 1, mark.column + 1
        if self.strict:
            self.check_node(event)
        if len(self.open) >= self.max_depth:
            _stop(event, "too-deep", f"More than {self.max_depth} levels are nested here.", "flatten it")
        self.place(container, event)
        self.open.append(container)
        self.keys.append(None)
        self.opened.append((event.anchor, self.nodes))
        self.below.append(0)

    def close_container(self, _: Any) -> None:
        container = self.open.pop()
        self.keys.pop()
        anchor, before = self.opened.pop()
        height = self.below.pop() + 1
        self.note_height(height)
        if anchor:
            self.anchors[anchor], self.sizes[anchor] = container, self.nodes - before + 1
            self.heights[anchor] = height
        if isinstance(container, Mapping) and not self.strict:
            _merge(container)

    def add_alias(self, event: Any) -> None:
        if self.strict:
            _stop(event, "anchor", f"*{event.anchor} repeats another part of the file.", "write the value out")
        if event.anchor not in self.anchors:
            _stop(event, "anchor", f"*{event.anchor} names nothing before it.", "write the value out")
        self.nodes += self.sizes[event.anchor] - 1
        height = self.heights[event.anchor]
        if len(self.open) + height > self.max_depth:
            _stop(event, "too-deep", f"More than {self.max_depth} levels are nested here.", "flatten it")
        self.note_height(height)
        self.place(self.anchors[event.anchor], event)

    def note_height(self, height: int) -> None:
        """Takes down that something with so many levels stands in the innermost open container."""
        if self.below:
            self.below[-1] = max(self.below[-1], height)

    def place(self, value: Value, event: Any) -> None:
        """Puts a finished or just opened value where it belongs."""
        self.nodes += 1
        if self.nodes > self.max_nodes:
            _stop(event, "too-big", f"The file has more than {self.max_nodes:,} values.", "split it into several files")
        if not self.open:
            self.documents.append(value)
        elif isinstance(self.open[-1], Sequence):
            self.open[-1].append(value)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self.key(value, event)
        else:
            self.set_entry(self.open[-1], key, value)

    def set_entry(self, mapping: Mapping, key: Text, value: Value) -> None:
        if key in mapping:
            message = f"The key {key!s} is given twice; readers differ in which one counts."
            self.problems.append(Problem("duplicate-key", key.line, key.column, message, "remove one of them"))
        mapping[key] = value
        self.keys[-1] = None

    def key(self, value: Value, event: Any) -> Text:
        if not isinstance(value, Text):
            _stop(event, "complex-key", "A list or a mapping is used as a key here.", "use a word as the key")
        if self.strict and value.plain and value not in ("<<",) and not isinstance(resolve(value), str):
            message = f"The key {value or '(empty)'} is not text."
            self.problems.append(_problem("non-string-key", value, message, f'quote it: "{value}"'))
        return value

    def check_node(self, event: Any) -> None:
        """What no part of a plan file may carry."""
        if event.anchor:
            _stop(event, "anchor", f"&{event.anchor} names a part of the file to repeat it.", "write the value out")
        if event.tag:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            _stop(event, "tag", f"{shown} asks the reader for a special type.", "remove it; plain text is enough")

    def check_text(self, text: Text) -> None:
        if text == "<<" and text.plain and self.keys and self.keys[-1] is None:
            self.problems.append(_problem("merge-key", text, "<< copies keys from elsewhere.", "write the keys out"))
        elif problem := check_scalar(text):
            self.problems.append(problem)
        if not text.plain and (name := find_bad_character(text)):
            message = f"The text holds the character {name}, which is invisible or misleading."
            self.problems.append(_problem("bad-char", text, message, "remove it"))


def _merge(mapping: Mapping) -> None:
    """Expands a merge key as YAML 1.1 does: what the mapping says itself wins, then the first that is merged."""
    merged = mapping.get("<<")
    sources = merged if isinstance(merged, list) else [merged]
    if merged is None or not all(isinstance(source, dict) for source in sources):
        return
    del mapping["<<"]
    for source in sources:
        if isinstance(source, dict):
            for key, value in source.items():
                mapping.setdefault(key, value)


def _stop(event: Any, rule: str, message: str, hint: str) -> NoReturn:
    mark = event.start_mark
    raise UnreadableError(rule, mark.line + 1, mark.column + 1, message, hint)


def _problem(rule: str, text: Text, message: str, hint: str) -> Problem:
    return Problem(rule, text.line, text.column, message, hint)


def _syntax_error(error: Exception, text: str) -> UnreadableError:
    """The parser's error in words for people who do not know YAML, where we know better ones."""
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = str(getattr(error, "problem", None) or "the text can't be read")
    return _explain(problem, line, column, text)


def _explain(problem: str, line: int, column: int, text: str) -> UnreadableError:
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    rule, message, hint = _words(problem, here, column, max(map(len, lines), default=0))
    return UnreadableError(rule, line, column, message, hint)


def _words(problem: str, here: str, column: int, longest_line: int) -> tuple[str, str, str]:
    """Rule, sentence and hint for a message of the parser at a column of a line."""
    at, before = here[column - 1 : column], here[: column - 1]
    if "mapping values are not allowed" in problem and column <= _LONGEST_KEY:
        message = "A colon followed by a space can't stand inside plain text."
        return "syntax", message, 'put the text in quotes: key: "text: with a colon"'
    if longest_line > _LONGEST_KEY and ("expected ':'" in problem or "mapping values" in problem):
        return "syntax", "A key is longer than 1,024 characters, or its colon is missing.", "use a short key"
    if "Unicode character escape" in problem and re.search(r"\\u[dD][89a-fA-F]", here):
        message = "Half of a surrogate pair, as JSON writes characters beyond U+FFFF, is no character in YAML."
        return "bad-char", message, "write the character itself, or \\U with eight digits"
    if before.endswith("?") or at == "?":
        message = "A question mark before , or } ends the text for some readers."
        return "ambiguous-scalar", message, "put the text in quotes"
    if "did not find expected ',' or" in problem and re.search(r"\d:\d", here):
        message = "A number with a colon, such as 12:30, means different things to different readers of YAML."
        return "ambiguous-scalar", message, 'quote it: "12:30"'
    if at == "\t" or "cannot start any token" in problem:
        message = "A tab or a reserved character stands where text should begin."
        return "syntax", message, "indent with spaces; quote text that begins with @ or `"
    hint = "check indentation, quotes and brackets on this line and the one before"
    return "syntax", f"This is not valid YAML: {problem}.", hint
