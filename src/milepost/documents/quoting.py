"""Text as YAML that every reader understands alike: plain where that is safe, in quotes otherwise."""

from __future__ import annotations

import re

from milepost.documents.characters import find_bad_character
from milepost.documents.marked import mark_text
from milepost.documents.scalars import check_scalar, resolve
from milepost.errors import MilepostError


class EditError(MilepostError):
    """A file can't be changed as asked; nothing was changed."""


class Plain(str):
    """A scalar that is written exactly as it is, without quotes: a date, `30`, `true`, `30%`."""

    __slots__ = ()


#: What to write: `str` is text, quoted wherever a reader could take it for something else.
New = str | Plain | list["New"] | dict[str, "New"]

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_WORDS = frozenset(
    [
        "~",
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "=",
        "<<",
        ".inf",
        ".nan",
        "inf",
        "nan",
        "infinity",
    ]
)
# Whatever some reader takes for a number or a moment: signs, grouped and based numbers, exponents, clocks, dates.
_NUMBER = re.compile(r"[-+]?[.0-9][0-9_.,:]*([eE][-+]?[0-9_]*)?|[-+]?0[xXoObB][0-9a-fA-F_]*|[-+]?\.(inf|nan)", re.I)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t]+[0-9]{1,2}:.*)?")
# Legal in YAML, yet invisible, reordering or taken for a line end by some readers.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = {"\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e"}
_LONGEST_KEY = 1000  # YAML allows 1,024 characters, quotes and escapes included


def quote(text: str, flow: bool) -> str:
    """Text on one line, in quotes where it needs them. `flow`: it will stand inside brackets."""
    if half := _SURROGATE.search(text):
        raise EditError(f"The text holds U+{ord(half[0]):04X}, half of a character.", "remove it")
    if is_plain_text(text) and can_be_plain(text, flow):
        return text
    if ('"' in text or "\\" in text) and "'" not in text and not _UNPRINTABLE.search(text):
        return f"'{text}'"
    return '"' + _UNPRINTABLE.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def quote_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    written = quote(key, flow=True)
    if len(written) > _LONGEST_KEY:
        raise EditError("A key is longer than 1,000 characters.", "use a short key")
    return written


def write_plain(text: Plain, flow: bool) -> str:
    """A scalar exactly as it is. Raises `EditError` where it would be read as something else."""
    problem = check_scalar(mark_text(text, 1, 1, True))
    if problem or not text or not can_be_plain(text, flow):
        message = problem.message if problem else f"{str(text)!r} can't be written without quotes."
        raise EditError(message, f"quote it: {quote(str(text), flow)}")
    return str(text)


def is_plain_text(text: str) -> bool:
    """Whether a scalar without quotes is text to every reader, and not a number, a date or a word such as `no`."""
    marked = mark_text(text, 1, 1, True)
    return (
        isinstance(resolve(marked), str)
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
        and not _MOMENT.fullmatch(text)
        and check_scalar(marked) is None
    )


def can_be_plain(text: str, flow: bool) -> bool:
    """Whether text may stand without quotes at all. Narrower than YAML, which readers get wrong at the edges."""
    if not text or text != text.strip() or _UNPRINTABLE.search(text) or find_bad_character(text):
        return False
    starts_badly = text[0] in _INDICATORS and not _is_signed(text)
    if starts_badly or text.startswith("...") or ": " in text or " #" in text or text[-1] == ":":
        return False
    return not (flow and any(character in text for character in ",[]{}:?"))


def _is_signed(text: str) -> bool:
    """Whether the dash at the beginning is that of a number."""
    return bool(re.match(r"-[.0-9]", text))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return f"\\{_SHORT[character]}"
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_printable(text: str) -> bool:
    """Whether every character can stand in a file as it is: no controls, no line ends, nothing invisible."""
    return not _UNPRINTABLE.search(text)
