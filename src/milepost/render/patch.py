"""What an edit changes: a line for each file, or the difference as a patch shows it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import unified_diff

from milepost.model.item import Value
from milepost.render.escape import escape_terminal
from milepost.render.words import change_words, value_words

#: What files hold, and what they would hold; None where there is none.
Files = Mapping[str, tuple[bytes | None, bytes | None]]
#: A path, a field, and its old and new value.
Change = tuple[str, str, Value | None, Value | None]

_NO_END = "\\ No newline at end of file"
_COLOURS = {"+": "32", "-": "31", "@": "36"}


def render_saved(files: Files, changes: Sequence[Change]) -> str:
    """A line for each file: its path, and what became of each field."""
    moved = _moved(files)
    lines = []
    for path in (path for path, (_, new) in files.items() if new is not None):
        names = [old for old, new in moved.items() if new == path]
        parts = [_change(*one) for one in _merge(changes, (path, *names))]
        lines.append(f"{path}: {', '.join(parts) or 'new'}" + "".join(f" (was {name})" for name in names))
    return "".join(f"{escape_terminal(line)}\n" for line in lines)


def render_patch(files: Files, colour: bool) -> str:
    """The change as a unified difference. It is to be read: what could act on a terminal is shown by its number."""
    return "".join(f"{line}\n" for path, pair in files.items() for line in _hunks(path, *pair, colour))


def _merge(changes: Sequence[Change], paths: Container[str]) -> list[tuple[str, Value | None, Value | None]]:
    """The changes of some files, with those that go on where an earlier one of the same field ended made one."""
    merged: list[tuple[str, Value | None, Value | None]] = []
    for where, field, old, new in changes:
        before = next((n for n, one in enumerate(merged) if (one[0], one[2]) == (field, old)), None)
        if where in paths and before is not None:
            merged[before] = (field, merged[before][1], new)
        elif where in paths:
            merged.append((field, old, new))
    return merged


def _change(field: str, old: Value | None, new: Value | None) -> str:
    """What became of a field. A reason replaces the one before it, which says nothing about this change."""
    if field.endswith("because") and isinstance(new, dict):
        return f"{field} " + ", ".join(f"{key}: {value_words(text)}" for key, text in new.items())
    return f"{field} {change_words(old, new)}"


def _hunks(path: str, old: bytes | None, new: bytes | None, colour: bool) -> Iterator[str]:
    before = "/dev/null" if old is None else f"a/{path}"
    after = "/dev/null" if new is None else f"b/{path}"
    for number, line in enumerate(unified_diff(_lines(old), _lines(new), before, after, lineterm="")):
        text = escape_terminal(line[1:] if line[1:] == _NO_END else line)
        code = "1" if number < 2 else _COLOURS.get(line[:1])
        yield f"\x1b[{code}m{text}\x1b[0m" if colour and code else text


def _lines(data: bytes | None) -> list[str]:
    """The lines without their ends; a last line without one is marked as git marks it."""
    if not data:
        return []
    text = data.decode("utf-8", "backslashreplace")
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    return lines if text.endswith("\n") else [*lines, _NO_END]


def _moved(files: Files) -> dict[str, str]:
    """Files that have another name now: a file that goes, and the one that comes with it."""
    gone = [path for path, (_, new) in files.items() if new is None]
    come = [path for path, (old, _) in files.items() if old is None]
    return dict(zip(gone, come, strict=True)) if len(gone) == len(come) == 1 else {}
