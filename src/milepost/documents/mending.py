"""What can be mended in a file of our own format without asking, because only one thing can have been meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from milepost.documents.marked import Text
from milepost.documents.quoting import quote
from milepost.documents.schema import validate_document
from milepost.documents.yaml import read_plan_file
from milepost.model.item import Pointer, Value

_MARK = b"\xef\xbb\xbf"
_BARE_CR = re.compile(rb"\r(?!\n)")


class Mended(NamedTuple):
    """A file's new bytes, and what was done, by the rule that asks for it: how often, of what."""

    data: bytes
    done: tuple[tuple[str, int], ...]


def mend_document(kind: str, data: bytes, rules: Collection[str]) -> Mended:
    """The file without a byte order mark and lone carriage returns, and with ambiguous text in quotes.

    Only what one of the `rules` names is done. Nothing that is left would be read differently from before, but for the
    text that different readers read differently.
    """
    done: list[tuple[str, int]] = []
    if "bad-char" in rules and data.startswith(_MARK):
        data = data.removeprefix(_MARK)
        done.append(("bad-char", 1))
    if "bare-cr" in rules and (count := len(_BARE_CR.findall(data))) and not _is_wide(data):
        data = _BARE_CR.sub(b"\r\n" if b"\r\n" in data else b"\n", data)
        done.append(("bare-cr", count))
    if "ambiguous-scalar" in rules:
        data, count = _quote(kind, data)
        done += [("ambiguous-scalar", count)] if count else []
    return Mended(data, tuple(done))


def _is_wide(data: bytes) -> bool:
    """Whether it is UTF-16 or UTF-32, where a carriage return is more than one byte."""
    return b"\0" in data


def _quote(kind: str, data: bytes) -> tuple[bytes, int]:
    """Ambiguous text in quotes, unless text is not what belongs there: then somebody has to say what was meant."""
    document = read_plan_file(data)
    found = {(problem.line, problem.column) for problem in document.problems if problem.rule == "ambiguous-scalar"}
    texts = [(pointer, text) for pointer, text in _texts(document.data, ()) if (text.line, text.column) in found]
    if not texts:
        return data, 0
    refused = _refused(kind, _splice(data, [text for _, text in texts]))
    meant = [text for pointer, text in texts if pointer not in refused]
    mended = _splice(data, meant)
    return (mended, len(meant)) if read_plan_file(mended).data == document.data else (data, 0)


def _splice(data: bytes, texts: list[Text]) -> bytes:
    """Plain texts, none of which goes over a line, put in quotes where they stand; every other byte stays."""
    lines = data.decode("utf-8").split("\n")
    for text in sorted(texts, key=lambda one: (one.line, -one.column)):  # from the end of each line, so columns hold
        line, start = lines[text.line - 1], text.column - 1
        lines[text.line - 1] = line[:start] + quote(str(text), flow=True) + line[start + len(text) :]
    return "\n".join(lines).encode()


def _refused(kind: str, data: bytes) -> set[Pointer]:
    """Where the schema takes no text."""
    document = read_plan_file(data)
    problems = (*document.problems, *validate_document(kind, document.data))
    places = {(problem.line, problem.column) for problem in problems}
    return {pointer for pointer, text in _texts(document.data, ()) if (text.line, text.column) in places}


def _texts(value: Value | None, pointer: Pointer) -> Iterator[tuple[Pointer, Text]]:
    """Every scalar with the keys that lead to it; depth is bounded by the reader."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _texts(entry, (*pointer, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _texts(entry, (*pointer, number))
    elif isinstance(value, Text):
        yield pointer, value
