"""Plan files laid out the standard way: what they say stays, and so does every comment.

Keys stand in the order of the schema, indented by two spaces, lists under their key. What is in brackets stays in
brackets and keeps its line breaks; a comment within brackets makes lines of it. Nothing is wrapped or joined.
"""

from __future__ import annotations

from milepost.documents.comments import Block, Comment, Entry, find_comments, read_blocks
from milepost.documents.order import Schema, below, schema_of, standard_order
from milepost.documents.quoting import EditError
from milepost.documents.respelling import KeptText, flow_lines, key_text, scalar_lines
from milepost.documents.scalars import resolve_all
from milepost.documents.spans import decode, read_spans
from milepost.documents.yaml import read_plan_file

STEP = 2
_MODELINES = ("# yaml-language-server:", "# $schema:", "# vim:", "# -*-")


def format_document(kind: str, data: bytes) -> bytes:
    """The same plan file in the standard layout. `kind` is plan, goal, milestone, …

    Raises `EditError`, with the place, where the file can't be read.
    """
    document = read_plan_file(data)
    if not document.data or not isinstance(document.data, dict):
        if document.problems:
            problem = document.problems[0]
            raise EditError(f"Line {problem.line}, column {problem.column}: {problem.message}", problem.hint)
        return data
    _, text = decode(data)
    new = _format(kind, text.replace("\r\n", "\n"))
    written = new.replace("\n", "\r\n") if "\r\n" in text[: text.find("\n") + 1] else new
    _require_same(text, written)
    return written.encode()


def _format(kind: str, text: str) -> str:
    root = read_spans(text)
    assert root is not None
    block = read_blocks(text, root)
    head = _take_header(block.entries[0])
    first, lines = _Printer(text).block(block, 0, schema_of(kind))
    body = [*_above(first, 0), *lines]
    return "\n".join([*_above(head.comments, 0), *([""] if head.blank else []), *body]) + "\n"


class _Header:
    """What stands at the top of a file and is about all of it."""

    def __init__(self, comments: list[Comment], blank: bool) -> None:
        self.comments = comments
        self.blank = blank


def _take_header(first: Entry) -> _Header:
    """Takes off the comments above a blank line, and lines for editors, from the first entry.

    A comment that silences a finding, and what follows it, stays with that entry.
    """
    above = first.above
    blanks = [*(comment.blank for comment in above[1:]), first.blank]
    most = next((n for n, comment in enumerate(above) if comment.silences), len(above))
    count = next((n for n in range(len(above), 0, -1) if blanks[n - 1]), 0)
    count = min(count, most)
    while count < most and above[count].text.startswith(_MODELINES):
        count += 1
    first.above = above[count:]
    if not count:
        return _Header([], False)
    below = first.above[0] if first.above else first
    below.blank, blank = False, below.blank
    return _Header(above[:count], blank)


class _Printer:
    """Lays out blocks of one text as lines. Every line has its whole indentation."""

    def __init__(self, text: str) -> None:
        self.text = text

    def block(self, block: Block, indent: int, schema: Schema) -> tuple[list[Comment], list[str]]:
        """The comments above the first entry, which may have to stand above a dash, and the lines from there on."""
        entries = _in_order(block, schema)
        lines: list[str] = []
        for number, entry in enumerate(entries):
            above, own = self.entry(entry, indent, schema)
            if number == 0:
                first, lines = above, own
                continue
            _put(lines, above, indent)
            _put_lines(lines, entry.blank, own)
        _put(lines, block.below, indent)
        return first, lines

    def entry(self, entry: Entry, indent: int, schema: Schema) -> tuple[list[Comment], list[str]]:
        """The comments above an entry, and its lines."""
        key = entry.key.text if entry.key else None
        pad = " " * indent
        if entry.block and key is None:
            above, lines = self.block(entry.block, indent + STEP, below(schema, key))
            return [*entry.above, *above], _prefix(f"{pad}- ", lines, lines[0].lstrip(" "))
        start = f"{pad}{key_text(self.text, entry.key)}:" if entry.key else f"{pad}-"
        if entry.block:
            above, lines = self.block(entry.block, indent + STEP, below(schema, key))
            lines = [*_above(above, indent + STEP), *lines]
            return entry.above, [start + _beside(entry.beside), *lines]
        lines = self.value(entry, len(start) + 1, indent + STEP, schema)
        if lines[0]:
            lines = _prefix(f"{start} ", lines, lines[0])
        else:
            lines[0] = start
        if entry.beside:
            lines[-1] += _beside(entry.beside)
        return entry.above, lines

    def value(self, entry: Entry, column: int, indent: int, schema: Schema) -> list[str]:
        """A value that is no block. Its first line stands at a column, the others have their indentation."""
        if entry.value.kind == "scalar":
            return scalar_lines(self.text, entry.value, indent, entry.column)
        key = entry.key.text if entry.key else None
        return flow_lines(self.text, entry.value, column, below(schema, key))


def _in_order(block: Block, schema: Schema) -> list[Entry]:
    if not block.node.keys:
        return block.entries
    return [block.entries[n] for n in standard_order(schema, [key.text for key in block.node.keys])]


def _above(comments: list[Comment], indent: int) -> list[str]:
    lines: list[str] = []
    _put(lines, comments, indent)
    return lines


def _put(lines: list[str], comments: list[Comment], indent: int) -> None:
    for comment in comments:
        _put_lines(lines, comment.blank, [" " * indent + comment.text])


def _put_lines(lines: list[str], blank: bool, new: list[str]) -> None:
    """Adds lines, below a blank one if there was one. After text that keeps its blank lines one would be text."""
    if blank and lines and lines[-1] and not isinstance(lines[-1], KeptText):
        lines.append("")
    lines += new


def _prefix(start: str, lines: list[str], first: str) -> list[str]:
    """Lines, the first of them behind a key or a dash."""
    return [type(lines[0])(start + first), *lines[1:]]


def _beside(comment: Comment | None) -> str:
    """A comment at the end of a line, as far from it as it was."""
    if comment is None:
        return ""
    space = " " * len(comment.space.expandtabs()) if not comment.alone else ""
    return f"{space if len(space) > STEP else ' ' * STEP}{comment.text}"


def _require_same(old: str, new: str) -> None:
    """Raises where the layout would change what a file says, or lose a comment. None is known to."""
    before, after = read_plan_file(old.encode()), read_plan_file(new.encode())
    same = resolve_all(before.data) == resolve_all(after.data) and _comments(old) == _comments(new)
    if not same or len(before.problems) < len(after.problems):
        message = "The standard layout would change what it says."
        raise EditError(message, "lay it out by hand, and report this file as a bug of milepost")


def _comments(text: str) -> list[str]:
    root = read_spans(text.replace("\r\n", "\n"))
    return sorted(comment.text for comment in find_comments(text.replace("\r\n", "\n"), root)) if root else []
