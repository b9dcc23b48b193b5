"""How much room a text needs, as well as that can be known without a font."""

from __future__ import annotations

import unicodedata

_LETTER = 7.1  # px: the mean advance of system sans-serif fonts at 13 px, rounded up


def text_width(text: str) -> float:
    """About how wide a text is at 13 px, in px. East Asian wide characters count twice."""
    shown = text.replace("\u2068", "").replace("\u2069", "")
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in shown)
    return round(letters * _LETTER, 1)


def shorten(text: str, width: float) -> str:
    """A text in one line, cut off with an ellipsis where it needs more than `width` px."""
    line = " ".join(text.split())
    if text_width(line) <= width:
        return line
    while line and text_width(line) + _LETTER > width:
        line = line[:-1]
    return line.rstrip() + "…"


def isolate(text: str) -> str:
    """A text that keeps its own direction, whatever it stands beside: what `<bdi>` is in HTML."""
    return f"\u2068{text}\u2069"
