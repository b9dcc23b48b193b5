"""Foreign text made harmless for where it is printed. The fourth escape, for HTML, is Jinja's autoescape.

Nothing is dropped without a trace: what could act is shown as what it is, such as `\\x1b`.
"""

from __future__ import annotations

import re

# Controls, separators that some readers take for line ends, a byte order mark, and whatever turns the direction of the
# text after it around (CVE-2021-42574). Surrogates are bytes of file names that are not UTF-8.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\n]")
_SPACE = re.compile("[ \t\r\n]+")

# A runner obeys `::` at the start of a line, after any space, and `##[` anywhere in it (actions/runner, ActionCommand).
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")

_MARKUP = re.compile(r"[\\`*_\[\]{}|~$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BLOCK = re.compile(r"^([-+=])|^(\d{1,9})([.)])")  # lists, rules, underlined headings
# @team, #1, GH-1, addresses and `www.` become links in what is rendered, so a backslash does not stop them.
_LINKING = re.compile(r"[@#]|GH-|://|www\.", re.IGNORECASE)
_BREAK = "&#8203;"  # a space of no width, which ends the word for whoever looks for links


def escape_terminal(text: str) -> str:
    """Text on one line that can't move the cursor, change colours, reverse what follows, or command a CI runner."""
    safe = _UNSAFE.sub(_show, text)
    return _COMMAND.sub(lambda match: f"{match[1] or ''}\\x{ord(match[0][-1]):02x}", safe)


def escape_command(text: str) -> str:
    """The message of a GitHub workflow command, which may have several lines."""
    lines = (escape_terminal(line).replace("%", "%25") for line in _LINE_END.split(text))
    return "%0A".join(lines)


def escape_command_property(text: str) -> str:
    """A property of a GitHub workflow command, such as its file."""
    return escape_command(text).replace(":", "%3A").replace(",", "%2C")


def escape_markdown(text: str) -> str:
    """Text that stays text in GitHub's Markdown, on one line: in a paragraph, a list or the cell of a table."""
    safe = _UNSAFE.sub(_show, _SPACE.sub(" ", text).strip(" "))
    safe = _MARKUP.sub(r"\\\g<0>", safe)
    safe = re.sub("[&<>]", lambda match: _ENTITIES[match[0]], safe)
    safe = _LINKING.sub(lambda match: match[0][:1] + _BREAK + match[0][1:], safe)
    return _BLOCK.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", safe)


def _show(match: re.Match[str]) -> str:
    """A character by its number; a byte that is no text by its value."""
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
