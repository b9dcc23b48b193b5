"""How a key is added to a mapping, or an entry to a list: on lines of its own, or inside the brackets."""

from __future__ import annotations

from milepost.documents.page import Page, Splice
from milepost.documents.quoting import New, quote_key
from milepost.documents.spans import Node
from milepost.documents.writing import STEP, WIDTH, lay_out_entry, write_flow


def insert_key(page: Page, mapping: Node, after: int, key: str, new: New, blocks: bool, in_flow: bool) -> list[Splice]:
    """Adds a key after the entry at an index, -1 where there is none."""
    if in_flow:
        return _insert_in_brackets(page, mapping, after, f"{quote_key(key)}: {write_flow(new)}")
    column = page.column(mapping.keys[0].start)
    lines = lay_out_entry(f"{' ' * column}{quote_key(key)}:", new, column + STEP, blocks)
    return _insert_lines(page, mapping, after, column, lines)


def append_entry(page: Page, sequence: Node, new: New, blocks: bool, in_flow: bool) -> list[Splice]:
    """Adds an entry to the end of a list, laid out as the one before it."""
    last = len(sequence.values) - 1
    if in_flow:
        return _insert_in_brackets(page, sequence, last, write_flow(new))
    column = page.column(page.dash(sequence, 0))
    in_lines = sequence.values[last].is_block
    lines = lay_out_entry(f"{' ' * column}-", new, column + STEP, blocks, in_lines)
    return _insert_lines(page, sequence, last, column, lines)


def find_predecessor(mapping: Node, key: str, order: tuple[str, ...]) -> int:
    """The index of the entry that a new key goes after: the nearest before it in the order, else the last."""
    present = {node.text: index for index, node in enumerate(mapping.keys)}
    before = order[: order.index(key)] if key in order else ()
    return next((present[name] for name in reversed(before) if name in present), len(mapping.keys) - 1)


def _insert_lines(page: Page, container: Node, after: int, column: int, lines: list[str]) -> list[Splice]:
    end = page.skip_own_comments(page.last_line_end(container, after), column)
    return [(end, end, "".join(page.line_break(end) + line for line in lines))]


def _insert_in_brackets(page: Page, container: Node, after: int, written: str) -> list[Splice]:
    if after < 0:
        start, end = container.start + 1, container.end - 1
        return [(start, start if page.text[start:end].strip() else end, written)]
    at = page.entry_end(container, after)
    before = ""
    if page.text[at - 1] == ":":  # some readers take a comma right after the colon for text
        at, before = (at + 1, "") if page.text[at : at + 1] == " " else (at, " ")
    wraps = after == len(container.values) - 1 and _is_long(page, at, written)
    return [(at, at, before + (_wrap(page, container, written) if wraps else f", {written}"))]


def _is_long(page: Page, at: int, written: str) -> bool:
    """Whether a line that ends soon would become longer than a line should be."""
    return page.line_end(at) - page.line_start(at) + len(written) + 2 > WIDTH


def _wrap(page: Page, container: Node, written: str) -> str:
    """The same on a line of its own, under the first entry."""
    first = (container.keys or container.values)[0].start
    return f",{page.line_break(first)}{' ' * page.column(first)}{written}"
