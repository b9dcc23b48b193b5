"""How a key or an entry is taken out, with the comment at the end of its own lines and nothing else."""

from __future__ import annotations

from milepost.documents.page import Page, Slot, Splice
from milepost.documents.spans import Node


def remove_entry(page: Page, slot: Slot, keep_break: bool) -> list[Splice]:
    """Takes one of several entries out of a mapping or list.

    `keep_break`: the line before keeps its line break where the last line of a file goes that has none.
    """
    container, index = slot.container, slot.index
    if slot.in_flow:
        return _remove_from_brackets(page, container, index)
    start = container.keys[index].start if container.kind == "mapping" else page.dash(container, index)
    end = page.last_line_end(container, index)
    if not page.is_first_on_line(start):
        return [_remove_beside_dash(page, start, end)]
    begin = page.line_start(start)
    if page.next_line(end) > page.line_end(end) or keep_break:
        return [(begin, page.next_line(end), "")]
    return [(begin - len(page.line_break(begin - 1)), end, "")]


def _remove_beside_dash(page: Page, start: int, end: int) -> Splice:
    """What comes on the next line takes its place; a comment or a blank line there stays where it is."""
    follows = page.skip_whitespace(end)
    if page.text[follows : follows + 1] != "#" and page.are_on_one_line(page.next_line(end), follows):
        return start, follows, ""
    return page.line_start(start) + len(page.text[page.line_start(start) : start].rstrip()), end, ""


def _remove_from_brackets(page: Page, container: Node, index: int) -> list[Splice]:
    start, end = _start(container, index), page.entry_end(container, index)
    if index + 1 < len(container.values):
        comma = page.skip_blanks(end)
        return [(start, _skip_rest(page, comma + 1), "")]
    before = page.entry_end(container, index - 1)
    if "#" in page.text[before:start]:  # the comma before stays, which YAML allows, and the comment with it
        comma = page.skip_blanks(end)
        return [(start, comma + 1 if page.text[comma : comma + 1] == "," else end, "")]
    return [(before, end, " " if page.text[before - 1] == ":" else "")]


def _start(container: Node, index: int) -> int:
    return (container.keys or container.values)[index].start


def _skip_rest(page: Page, at: int) -> int:
    """Past the comment at the end of the line, to where the next entry or a comment of its own begins."""
    text = page.text
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return page.skip_whitespace(page.line_end(at) if text[at : at + 1] == "#" else at)
