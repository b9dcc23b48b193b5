"""Text on lines of a terminal: in several styles over as many as it takes, or cut so that it fits on one."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

from milepost.render.escape import escape_terminal

WIDTH = 80  # columns of a line

#: A word that would command a CI runner if a line began with it.
_COMMAND = re.compile("(?<= ):(?=:)")

#: A text, and how it is painted. A style is given one line at a time.
Part = tuple[str, Callable[[str], str]]


def flow(*parts: Part, hang: int = 4, together: int = 0, columns: int = WIDTH) -> Iterator[str]:
    """The parts one after the other, each safe to print, on lines of at most so many columns.

    Lines after the first are indented by `hang`. The first parts, as many as are to stay `together`, are never broken,
    and neither is a word that is longer than a line: it may be an id or an address that somebody copies.
    """
    safe = [(escape_terminal(text), style) for text, style in parts]
    whole = "".join(text for text, _ in safe)
    if len(whole) <= columns:
        yield "".join(style(text) for text, style in safe if text)
        return
    safe = [(_COMMAND.sub(r"\\x3a", text), style) for text, style in safe]
    whole = "".join(text for text, _ in safe)
    kept = sum(len(text) for text, _ in safe[:together])
    whole = "." * kept + whole[kept:]
    at = 0
    for number, line in enumerate(_wrap(whole, columns, hang)):
        at = whole.index(line, at)
        yield (" " * hang if number else "") + _painted(safe, at, at + len(line))
        at += len(line)


def cut(text: str, columns: int) -> str:
    """A text in no more than some columns; nothing where it finds no room at all."""
    if len(text) <= columns:
        return text
    return text[: columns - 1].rstrip() + "…" if columns > 1 else ""


def _wrap(text: str, columns: int, hang: int) -> list[str]:
    """The first line keeps its own indentation, whatever the length of the word after it."""
    line = _lines(text, columns)[0]
    first = text[: text.index(line) + len(line)]
    rest = text[len(first) :].lstrip(" ")
    return [first, *_lines(rest, columns - hang)] if rest else [first]


def _lines(text: str, columns: int) -> list[str]:
    wrapper = textwrap.TextWrapper(
        columns, expand_tabs=False, replace_whitespace=False, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(text) or [""]


def _painted(parts: list[Part], start: int, end: int) -> str:
    """What lies between two places of the whole text, each part in its style."""
    painted, begin = "", 0
    for text, style in parts:
        part = text[max(start - begin, 0) : max(end - begin, 0)]
        painted += style(part) if part else ""
        begin += len(text)
    return painted
