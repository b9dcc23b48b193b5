"""A document as a tree of spans: what each value is, and from which character to which it is written.

Lenient where a plan file is strict: anchors, tags and aliases are kept as they stand and never expanded, so that a file
which is not ours can be edited too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import YAMLError, YAMLStreamError
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

from milepost.documents.characters import MAX_BYTES, decode_text
from milepost.documents.marked import UnreadableError
from milepost.documents.quoting import EditError, is_plain_text
from milepost.documents.yaml import MAX_SOURCE_DEPTH, read_foreign_yaml

_BOM = "\ufeff".encode()


@dataclass(slots=True)
class Node:
    """One value. `start` and `end` are characters; what belongs to it lies between, its anchor and tag included.

    `kind` is one of scalar, alias, mapping, sequence. `plain` is None for text that is yet to be written, which may
    be quoted or not as long as every reader takes it for text.
    """

    kind: str
    start: int = 0
    end: int = 0
    text: str = ""
    plain: bool | None = False
    style: str = ""  # of a scalar: the character that begins it, | and > among them
    flow: bool = False
    properties: tuple[str | None, str | None] = (None, None)  # anchor and tag
    keys: list[Node] = field(default_factory=list)  # of a mapping
    values: list[Node] = field(default_factory=list)  # of a mapping or a sequence

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or sequence that is laid out in lines."""
        return not self.flow and self.kind in ("mapping", "sequence")

    @property
    def is_block_text(self) -> bool:
        """Whether it is a literal or folded block of text."""
        return self.style in ("|", ">")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written, as after `key:` alone."""
        return self.kind == "scalar" and self.plain is True and not self.text and self.start == self.end


def decode(data: bytes) -> tuple[str, str]:
    """A byte order mark or nothing, and the text after it. Raises `EditError` where it can't be told line from line."""
    mark = "\ufeff" if data.startswith(_BOM) else ""
    try:
        return mark, decode_text(data.removeprefix(_BOM) if mark else data)
    except UnreadableError as error:
        raise unreadable(error) from None


def encode(text: str) -> bytes:
    """The bytes of a file. Raises `EditError` where there are too many."""
    data = text.encode()
    if len(data) > MAX_BYTES:
        raise EditError(f"The file would have more than {MAX_BYTES:,} bytes.", "split it into several files")
    return data


def read_spans(text: str) -> Node | None:
    """The tree of the one document in the text; None where it holds comments at most. Raises `EditError`."""
    builder = _Builder(text)
    try:
        builder.read()
    except (YAMLError, YAMLStreamError, ValueError, AssertionError):
        raise _syntax_error(text) from None
    return builder.root


def unreadable(error: UnreadableError) -> EditError:
    """The error with its place in words."""
    problem = error.problem
    return EditError(f"Line {problem.line}, column {problem.column}: {problem.message}", problem.hint)


def agrees(intended: Node, found: Node) -> bool:
    """Whether what was found is what was intended, with every scalar as a reader of YAML takes it."""
    if intended.kind != found.kind or intended.properties != found.properties:
        return False
    if intended.kind in ("scalar", "alias"):
        return intended.text == found.text and _reads_alike(intended, found)
    return (
        len(intended.keys) == len(found.keys)
        and len(intended.values) == len(found.values)
        and all(map(agrees, intended.keys, found.keys))
        and all(map(agrees, intended.values, found.values))
    )


def _reads_alike(intended: Node, found: Node) -> bool:
    if intended.plain is None:
        return not found.plain or is_plain_text(found.text)
    return intended.plain == found.plain


def _syntax_error(text: str) -> EditError:
    """The parser's complaint in the words that the reader of foreign files has for it."""
    try:
        read_foreign_yaml(text)
    except UnreadableError as error:
        return unreadable(error)
    return EditError("The file is not valid YAML.", "milepost check")


class _Builder:
    """Builds the tree without recursion. `open` is the path of containers from the root to where we are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.open: list[Node] = []
        self.documents = 0

    def read(self) -> None:
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self.add_scalar,
            AliasEvent: self.add_alias,
            MappingStartEvent: self.open_mapping,
            SequenceStartEvent: self.open_sequence,
            MappingEndEvent: self.close,
            SequenceEndEvent: self.close,
            DocumentStartEvent: self.start_document,
        }
        get_event = CParser(self.text).get_event
        while type(event := get_event()) is not StreamEndEvent:
            if handle := handlers.get(type(event)):
                handle(event)

    def start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            line = event.start_mark.line + 1
            raise EditError(f"A second document begins in line {line}.", "edit this file by hand, or split it")

    def add_scalar(self, event: Any) -> None:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style
        if style in ("|", ">"):  # the parser counts the blank lines that follow in
            end = start + len(self.text[start:end].rstrip())
        properties = (event.anchor, event.tag)
        self.place(Node("scalar", start, end, event.value, event.implicit[0], style or "", False, properties))

    def add_alias(self, event: Any) -> None:
        self.place(Node("alias", event.start_mark.index, event.end_mark.index, event.anchor, True))

    def open_mapping(self, event: Any) -> None:
        self.open_container("mapping", event)

    def open_sequence(self, event: Any) -> None:
        self.open_container("sequence", event)

    def open_container(self, kind: str, event: Any) -> None:
        if len(self.open) >= MAX_SOURCE_DEPTH:
            raise EditError(f"More than {MAX_SOURCE_DEPTH} levels are nested in line {event.start_mark.line + 1}.")
        flow, properties = bool(event.flow_style), (event.anchor, event.tag)
        node = Node(kind, event.start_mark.index, event.end_mark.index, flow=flow, properties=properties)
        self.place(node)
        self.open.append(node)

    def close(self, event: Any) -> None:
        node = self.open.pop()
        if node.flow and event.end_mark.index > event.start_mark.index:
            node.end = event.end_mark.index
        elif node.values:  # the end of a block is where the next thing begins, comments in between
            node.end = max(node.end, node.values[-1].end, node.keys[-1].end if node.keys else 0)

    def place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        is_key = parent.kind == "mapping" and len(parent.keys) == len(parent.values)
        (parent.keys if is_key else parent.values).append(node)
