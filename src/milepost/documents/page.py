"""Text by lines and columns: where a line begins and ends, and what lies between two values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milepost.documents.spans import Node

#: From a character to a character, what to write there instead.
Splice = tuple[int, int, str]

_BLANKS = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_WHITESPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value: its container and index there, and whether brackets are around it."""

    container: Node
    index: int
    in_flow: bool

    @property
    def value(self) -> Node:
        """What is there now."""
        return self.container.values[self.index]


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a document. Positions are characters from its beginning; lines end in LF or CRLF."""

    text: str

    def line_start(self, at: int) -> int:
        """Where the line begins that a position is in."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line ends that a position is in, before its line break."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """Where the line after a position begins; the end of the text where there is none."""
        return self.text.find("\n", at) + 1 or len(self.text)

    def column(self, at: int) -> int:
        """How many characters stand before a position on its line."""
        return at - self.line_start(at)

    def line_break(self, at: int) -> str:
        """How the line at a position ends; where it is the last and does not, how the first one does."""
        end = self.text.find("\n", at)
        if end < 0:
            end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def is_first_on_line(self, at: int) -> bool:
        """Whether nothing but spaces stands before a position on its line."""
        return not self.text[self.line_start(at) : at].strip()

    def are_on_one_line(self, one: int, other: int) -> bool:
        """Whether no line break lies between two positions."""
        return self.line_start(one) == self.line_start(other)

    def skip_blanks(self, at: int) -> int:
        """The next position that is neither white space nor in a comment."""
        match = _BLANKS.match(self.text, at)
        return match.end() if match else at

    def skip_whitespace(self, at: int) -> int:
        """The next position that is not white space."""
        match = _WHITESPACE.match(self.text, at)
        return match.end() if match else at

    def after_colon(self, key: Node) -> int | None:
        """The position after a key's colon; None where it has none, as in `{a, b}`."""
        at = self.skip_blanks(key.end)
        return at + 1 if self.text[at : at + 1] == ":" else None

    def dash(self, sequence: Node, index: int) -> int:
        """The position of the dash before an entry of a list in lines."""
        if index:
            return self.skip_blanks(self.entry_end(sequence, index - 1))
        if sequence.properties == (None, None):
            return sequence.start
        return self.skip_blanks(self.line_end(sequence.start))

    def entry_end(self, container: Node, index: int) -> int:
        """Where an entry ends, comments after it left out."""
        value = container.values[index]
        if container.kind == "sequence" or not value.is_empty:
            return value.end
        key = container.keys[index]
        return self.after_colon(key) or key.end

    def last_line_end(self, container: Node, index: int) -> int:
        """The end of the last line of an entry that is laid out in lines, comment and kept blank lines included."""
        end = self.line_end(self.entry_end(container, index))
        leaf = _last_leaf(container.values[index])
        if leaf.is_block_text and "+" in self.text[leaf.start : self.line_end(leaf.start)].partition("#")[0]:
            while (start := self.next_line(end)) < len(self.text) and self._is_blank(start):
                end = self.line_end(start)
        return end

    def skip_own_comments(self, end: int, column: int) -> int:
        """The end of the last of the comment lines below that are indented deeper than a column."""
        while (start := self.next_line(end)) < len(self.text):
            first = self.skip_whitespace(start)
            if self.text[first : first + 1] != "#" or first - self.line_start(first) <= column or self._is_blank(start):
                break
            end = self.line_end(first)
        return end

    def _is_blank(self, start: int) -> bool:
        return not self.text[start : self.line_end(start)].strip()


def _last_leaf(node: Node) -> Node:
    while node.values:
        node = node.values[-1]
    return node


def apply_splices(text: str, splices: list[Splice]) -> str:
    """The text with every splice in its place; what no splice covers is copied."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        parts += (text[done:start], new)
        done = end
    return "".join((*parts, text[done:]))
