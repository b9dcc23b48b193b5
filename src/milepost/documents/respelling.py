"""Values as they were written, with standard spaces, indentation and quotes."""

from __future__ import annotations

import re

from milepost.documents.order import Schema, below, standard_order
from milepost.documents.page import Page
from milepost.documents.quoting import can_be_plain, is_plain_text, quote, quote_key
from milepost.documents.spans import Node

_HEADER = re.compile(r"([|>])([-+0-9]*)[ \t]*(#.*)?")


class KeptText(str):
    """The last line of a block of text that keeps the blank lines behind it."""

    __slots__ = ()


def key_text(text: str, key: Node) -> str:
    """A key as it was written, without quotes it does not need."""
    return text[key.start : key.end] if key.plain else _without_quotes(quote_key(key.text), text, key)


def scalar_lines(text: str, node: Node, indent: int, column: int) -> list[str]:
    """A scalar outside of brackets. `indent` is that of its further lines, `column` where its entry began."""
    if node.is_block_text:
        return _block_text(text, node, indent, column)
    written = text[node.start : node.end].split("\n")
    if len(written) == 1:
        return [_spell(text, node, flow=False)]
    pad = " " * indent
    lines = [written[0], *(pad + line.lstrip() if line.strip() else "" for line in written[1:])]
    return [line if _ends_escaped(line) else line.rstrip() for line in lines]


def flow_lines(text: str, node: Node, column: int, schema: Schema) -> list[str]:
    """A value that stands in brackets or is some, from a column on. Lines break where they did, below the bracket."""
    if node.kind == "scalar":
        return [_spell(text, node, flow=True)]
    lines = ["{" if node.kind == "mapping" else "["]
    breaks = _breaks(text, node)
    for number, index in enumerate(_in_order(node, schema)):
        if number:
            lines[-1] += "," if breaks[number] else ", "
        if number and breaks[number]:
            lines.append(" " * (column + 1))
        _put_entry(lines, text, node, index, column, schema)
    lines[-1] += "}" if node.kind == "mapping" else "]"
    return lines


def _put_entry(lines: list[str], text: str, node: Node, index: int, column: int, schema: Schema) -> None:
    key = node.keys[index] if node.keys else None
    if key:
        lines[-1] += f"{_flow_key(text, key)}: "
    at = len(lines[-1]) + (column if len(lines) == 1 else 0)
    first, *more = flow_lines(text, node.values[index], at, below(schema, key.text if key else None))
    lines[-1] += first
    lines += more


def _flow_key(text: str, key: Node) -> str:
    return key_text(text, key) if "\n" not in text[key.start : key.end] else quote_key(key.text)


def _in_order(node: Node, schema: Schema) -> list[int]:
    if node.kind == "sequence":
        return list(range(len(node.values)))
    return standard_order(schema, [key.text for key in node.keys])


def _breaks(text: str, node: Node) -> list[bool]:
    """For each place whether a line began there."""
    starts = [one.start for one in (node.keys or node.values)]
    return [False, *("\n" in text[node.values[n].end : start] for n, start in enumerate(starts[1:]))]


def _spell(text: str, node: Node, flow: bool) -> str:
    """A scalar on one line."""
    written = text[node.start : node.end]
    if node.plain:
        return written if "\n" not in written else quote(node.text, flow)
    if "\n" in written:
        return quote(node.text, flow)
    return node.text if is_plain_text(node.text) and can_be_plain(node.text, flow) else written


def _without_quotes(wanted: str, text: str, node: Node) -> str:
    return wanted if wanted == node.text else text[node.start : node.end]


def _ends_escaped(line: str) -> bool:
    """Whether the white space at the end of a line follows a backslash, which makes it part of quoted text."""
    bare = line.rstrip()
    return bare != line and (len(bare) - len(bare.rstrip("\\"))) % 2 == 1


def _block_text(text: str, node: Node, indent: int, column: int) -> list[str]:
    """A literal or folded block. Spaces at the ends of its lines are part of the text."""
    header, *content = text[node.start : Page(text).line_end(node.end)].split("\n")
    match = _HEADER.fullmatch(header)
    assert match
    style, marks, comment = match.groups()
    digit = next((int(mark) for mark in marks if mark.isdigit()), 0)
    old = column + digit if digit else _indentation(content)
    marks = "".join("2" if mark.isdigit() else mark for mark in marks)
    lines = [f"{style}{marks}{'  ' + comment.rstrip() if comment else ''}"]
    lines += [" " * indent + line[old:] if line[old:] else "" for line in content]
    return _keep(lines, node.text) if "+" in marks else lines


def _keep(lines: list[str], text: str) -> list[str]:
    """With the blank lines that are part of the text, and a mark that nothing may be added to them."""
    lines += [""] * max(len(text) - len(text.rstrip("\n")) - 1, 0)
    return [*lines[:-1], KeptText(lines[-1])]


def _indentation(lines: list[str]) -> int:
    first = next((line for line in lines if line.strip()), "")
    return len(first) - len(first.lstrip(" "))
