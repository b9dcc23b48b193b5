"""Bytes to text: what a plan file may consist of, before anything looks at its structure."""

from __future__ import annotations

import re

from milepost.documents.marked import Problem, UnreadableError

MAX_BYTES = 1 << 20

# C0 and C1 controls but tab and line ends, line separators that only some readers see, a byte order mark, and the
# embedding, override and isolate controls that let text look different from what it is (CVE-2021-42574).
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_ANY_CR = re.compile("\r")
_BARE_CR = re.compile("\r(?!\n)")


def decode_text(data: bytes) -> str:
    """The text of a plan file. Raises `UnreadableError` where it is too big, not UTF-8, or misleads the eye."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            "too-big",
            1,
            1,
            f"The file has {len(data):,} bytes; a plan file may have {MAX_BYTES:,}.",
            "split it: one small file for each milestone, goal or risk",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise UnreadableError(
            "not-utf8",
            *_position(before, len(before)),
            "The file is not UTF-8 text.",
            "save it as UTF-8; in most editors: Save with encoding, UTF-8",
        ) from None
    for problem in (_bad_character(text), _bare_cr(text)):
        if problem:
            raise UnreadableError(problem.rule, problem.line, problem.column, problem.message, problem.hint)
    return text


def find_bad_character(text: str) -> str | None:
    """The name of the first character that has no place in a text, as in `U+202E`; None where all is well.

    A carriage return is one too: those at the ends of lines are no part of the text.
    """
    match = _BAD.search(text) or _ANY_CR.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def _bad_character(text: str) -> Problem | None:
    match = _BAD.search(text)
    if not match:
        return None
    name = f"U+{ord(match[0]):04X}"
    hint = "remove it"
    if match[0] == "\ufeff" and match.start() == 0:
        hint = "save the file as UTF-8 without a byte order mark"
    message = f"The character {name} is invisible or misleading and has no place in a plan."
    return Problem("bad-char", *_position(text, match.start()), message, hint)


def _bare_cr(text: str) -> Problem | None:
    match = _BARE_CR.search(text)
    if not match:
        return None
    line, column = _position(text, match.start())
    message = "A line ends in a lone carriage return, which readers of YAML count differently."
    return Problem("bare-cr", line, column, message, "save the file with Unix (LF) or Windows (CRLF) line ends")


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
