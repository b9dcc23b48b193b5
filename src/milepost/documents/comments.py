"""A document as blocks of entries, each with the comments that belong to it.

A comment belongs to the key or dash it stands beside, or above; one that is indented deeper than what follows belongs
to the end of the block that it is indented like. A comment that silences a finding belongs to what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from milepost.documents.page import Page
from milepost.documents.spans import Node

_SILENCES = re.compile(r"#\s*milepost:")
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(slots=True)
class Comment:
    """`space` is what stands before it on its line. `alone`: that is nothing but white space."""

    text: str
    at: int
    space: str
    column: int
    alone: bool
    blank: bool  # whether the line above is blank

    @property
    def silences(self) -> bool:
        """Whether it is about the line with content that follows, wherever it stands itself."""
        return self.alone and bool(_SILENCES.match(self.text))


@dataclass(slots=True, eq=False)
class Entry:
    """A key or a dash with its value. `block` is the value where it is laid out in lines, and not text."""

    key: Node | None
    value: Node
    start: int
    column: int
    blank: bool  # whether the line above is blank
    holder: Block
    block: Block | None = None
    above: list[Comment] = field(default_factory=list)
    beside: Comment | None = None


@dataclass(slots=True, eq=False)
class Block:
    """A mapping or list in lines. One in brackets counts as such where a comment within needs lines to stand on."""

    node: Node
    column: int
    depth: int
    above: Block | None
    entries: list[Entry] = field(default_factory=list)
    below: list[Comment] = field(default_factory=list)

    def is_open(self, at: int) -> bool:
        """Whether a position can still belong to it. Where lines end a block, indentation decides."""
        return not self.node.flow or at < self.node.end


def find_comments(text: str, root: Node) -> list[Comment]:
    """Every comment between the scalars of a document, in order."""
    page = Page(text)
    found: list[Comment] = []
    done = 0
    for node in _scalars(root):
        found += _comments_between(page, done, node.start)
        done = page.line_end(node.end) if node.is_block_text else node.end
    return [*found, *_comments_between(page, done, len(text))]


def read_blocks(text: str, root: Node) -> Block:
    """The blocks of a document whose root is a mapping or list that is not empty."""
    builder = _Builder(text, find_comments(text, root))
    block = builder.read(root, None)
    builder.attach(block)
    return block


def _comments_between(page: Page, start: int, end: int) -> Iterator[Comment]:
    for match in _COMMENT.finditer(page.text, start, end):
        at = match.start()
        line = page.text[page.line_start(at) : at]
        space = line[len(line.rstrip()) :]
        yield Comment(match[0].rstrip(), at, space, len(line), line == space, _is_below_blank(page, at))


def _scalars(node: Node) -> Iterator[Node]:
    if node.kind == "scalar":
        yield node
    for index, value in enumerate(node.values):
        if node.keys:
            yield node.keys[index]
        yield from _scalars(value)


def _is_below_blank(page: Page, at: int) -> bool:
    """Whether a position is on a line of its own below a blank one."""
    start = page.line_start(at)
    return start > 0 and page.is_first_on_line(at) and not page.text[page.line_start(start - 1) : start].strip()


class _Builder:
    """Builds blocks, then gives every comment its place. `entries` are all of them, in the order of the text."""

    def __init__(self, text: str, comments: list[Comment]) -> None:
        self.page = Page(text)
        self.comments = comments
        self.places = [comment.at for comment in comments]
        self.entries: list[Entry] = []
        self.reached = (-1, 0)  # the entry before the last comment, and the depth that comment was placed at

    def read(self, node: Node, above: Block | None) -> Block:
        block = Block(node, 0, above.depth + 1 if above else 0, above)
        for index, value in enumerate(node.values):
            key = node.keys[index] if node.keys else None
            start = self._start(node, index)
            blank = _is_below_blank(self.page, start)
            entry = Entry(key, value, start, self.page.column(start), blank, block)
            block.entries.append(entry)
            self.entries.append(entry)
            if self._needs_lines(value):
                entry.block = self.read(value, block)
        block.column = block.entries[0].column
        return block

    def _start(self, node: Node, index: int) -> int:
        if node.keys:
            return node.keys[index].start
        return node.values[index].start if node.flow else self.page.dash(node, index)

    def _needs_lines(self, node: Node) -> bool:
        return bool(node.values) and (node.is_block or self._has_comment(node))

    def _has_comment(self, node: Node) -> bool:
        next_one = bisect_right(self.places, node.start)
        return next_one < len(self.places) and self.places[next_one] < node.end

    def attach(self, root: Block) -> None:
        """Gives every comment to an entry or a block."""
        starts = [entry.start for entry in self.entries]
        for comment in self.comments:
            index = bisect_right(starts, comment.at)
            before = self.entries[index - 1] if index else None
            after = self.entries[index] if index < len(self.entries) else None
            if before is None:
                self.entries[0].above.append(comment)
            elif not self._is_of(comment, before):
                self._place(comment, before, after, root)

    def _is_of(self, comment: Comment, entry: Entry) -> bool:
        """Gives a comment to the entry it stands beside or within, if it does."""
        if entry.beside is None and not comment.alone and (entry.key or not entry.block):
            entry.beside = comment
            return True
        if entry.block is None and comment.at < entry.value.end:
            entry.above.append(comment)
            return True
        return False

    def _place(self, comment: Comment, before: Entry, after: Entry | None, root: Block) -> None:
        if after and (comment.silences or before.block is after.holder):
            after.above.append(comment)
            return
        block = next((one for one in _outwards(before.holder) if self._fits(one, comment)), root)
        if self.reached[0] == before.start:
            while block.depth > self.reached[1] and block.above:
                block = block.above
        follows = after is not None and block.depth <= after.holder.depth
        if after and follows:
            after.above.append(comment)
        else:
            block.below.append(comment)
        self.reached = (before.start, -1 if follows else block.depth)

    def _fits(self, block: Block, comment: Comment) -> bool:
        if not block.is_open(comment.at):
            return False
        return block.node.flow or block.column <= comment.column


def _outwards(block: Block | None) -> Iterator[Block]:
    while block:
        yield block
        block = block.above
