"""How one value is replaced: where the old one is written decides which characters the new one takes the place of."""

from __future__ import annotations

import re

from milepost.documents.page import Page, Slot, Splice
from milepost.documents.quoting import New
from milepost.documents.spans import Node
from milepost.documents.writing import STEP, Laid, lay_out, lay_out_lines, write_flow

_HEADER = re.compile(r"[|>][-+0-9]*")


def replace_value(page: Page, slot: Slot, new: New, blocks: bool) -> list[Splice]:
    """Puts a value in the place of another one."""
    old, after = slot.value, _after_indicator(page, slot)
    if slot.in_flow:
        return _replace_in_flow(page, slot, old, after, write_flow(new))
    laid = _lay_out(page, slot, new, after, blocks)
    if after is None:  # a key without a colon, which an explicit ? allows
        return [(old.end, old.end, f": {laid[0]}")]
    if old.is_empty:
        return _fill(page, after, laid)
    if old.is_block_text:
        return _replace_block_text(page, old, after, laid)
    return _replace_block(page, old, after, laid) if old.is_block else _replace_inline(page, old, after, laid)


def replace_root(page: Page, root: Node | None, new: New, blocks: bool) -> list[Splice]:
    """Writes a whole document anew; comments before and after it stay."""
    line_break = page.line_break(0)
    lines = lay_out_lines(new, 0, blocks) if new and not isinstance(new, str) else [write_flow(new, flow=False)]
    written = line_break.join(lines)
    if root is not None and not root.is_empty:
        on_own_line = page.column(root.start) == 0 or len(lines) == 1
        return [(root.start, root.end, written if on_own_line else line_break + written)]
    end = len(page.text)
    if page.text and not page.text.endswith("\n"):
        return [(end, end, line_break + written)]
    return [(end, end, written + line_break)]


def _after_indicator(page: Page, slot: Slot) -> int | None:
    """The position after the colon or the dash that the value belongs to; None where there is neither."""
    if slot.container.kind == "mapping":
        return page.after_colon(slot.container.keys[slot.index])
    return None if slot.in_flow else page.dash(slot.container, slot.index) + 1


def _lay_out(page: Page, slot: Slot, new: New, after: int | None, blocks: bool) -> Laid:
    old, container = slot.value, slot.container
    same_kind = old.kind == ("mapping" if isinstance(new, dict) else "sequence" if isinstance(new, list) else "scalar")
    in_lines = same_kind and old.is_block
    if in_lines:
        indent = page.column(old.keys[0].start if old.keys else page.dash(old, 0))
    elif container.kind == "mapping":
        indent = page.column(container.keys[0].start) + STEP
    else:
        indent = page.column(after or 0) + 1 if old.is_empty else page.column(old.start)
    return lay_out(new, page.column(old.start), indent, blocks, in_lines)


def _replace_in_flow(page: Page, slot: Slot, old: Node, after: int | None, written: str) -> list[Splice]:
    if not old.is_empty:
        return [(old.start, old.end, f" {written}" if page.text[old.start - 1] == ":" else written)]
    if after is not None:
        return [(after, after, f" {written}")]
    end = slot.container.keys[slot.index].end
    return [(end, end, f": {written}")]


def _fill(page: Page, after: int, laid: Laid) -> list[Splice]:
    """Nothing was written here so far."""
    head, lines = laid
    at_dash = page.text[after - 1] == "-"
    if lines and not head and at_dash:
        head, lines = lines[0].lstrip(), lines[1:]
    beside = [(after, after, f" {head}")] if head else []
    return beside + _below(page, after, lines)


def _below(page: Page, at: int, lines: list[str]) -> list[Splice]:
    """Lines under the line of a position."""
    end, line_break = page.line_end(at), page.line_break(at)
    return [(end, end, "".join(line_break + line for line in lines))] if lines else []


def _replace_inline(page: Page, old: Node, after: int, laid: Laid) -> list[Splice]:
    """Text, or something in brackets; the comment after it stays."""
    head, lines = laid
    if not lines:
        return [(old.start, old.end, head)]
    if not page.are_on_one_line(after, old.start):
        return _replace_lines(page, old, after, laid)
    if not head and page.text[after - 1] == "-":
        head, lines = lines[0].lstrip(), lines[1:]
    return [(after, old.end, f" {head}" if head else ""), *_below(page, old.end, lines)]


def _replace_block_text(page: Page, old: Node, after: int, laid: Laid) -> list[Splice]:
    """A literal or folded block; the comment beside its bar stays."""
    head, lines = laid
    if not head and page.text[after - 1] == "-":
        head, lines = lines[0].lstrip(), lines[1:]
    bar = _HEADER.search(page.text, old.start)
    header_end = bar.end() if bar else old.end
    end, line_break = page.line_end(old.start), page.line_break(old.start)
    below = "".join(line_break + line for line in lines)
    return [(after, header_end, f" {head}" if head else ""), (end, max(end, old.end), below)]


def _replace_block(page: Page, old: Node, after: int, laid: Laid) -> list[Splice]:
    """A mapping or a list in lines."""
    if not page.are_on_one_line(after, old.start):
        return _replace_lines(page, old, after, laid)
    head, lines = laid
    if not lines:
        return [(old.start, old.end, head)]
    written = page.line_break(old.start).join((*([head] if head else []), *lines))
    return [(old.start, page.line_end(old.end), written.lstrip())]


def _replace_lines(page: Page, old: Node, after: int, laid: Laid) -> list[Splice]:
    """A value on lines of its own, below its key. Where it is one line and stays one, the comment after it stays."""
    head, lines = laid
    beside = [(after, after, f" {head}")] if head else []
    is_line = len(lines) == 1 and page.are_on_one_line(old.start, old.end)
    end = old.end if is_line else page.line_end(old.end)
    if not lines:
        before = page.line_start(old.start) - len(page.line_break(page.line_start(old.start) - 1))
        return [*beside, (before, end, "")]
    return [*beside, (page.line_start(old.start), end, page.line_break(old.start).join(lines))]
