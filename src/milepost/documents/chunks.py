"""Versions of a file share most of their text: each top-level entry is read once, whatever version it stands in.

A block mapping is the entries it consists of. One begins at the start of a line with a plain word, and ends where the
next one does so, unless a quoted text, a bracket or the like is still open there. So a text is read entry by entry
where that gives one key for each, with nothing odd about it, and whole otherwise. Positions are of no use to history,
and are not those in the file.
"""

from __future__ import annotations

import re

from milepost.documents.marked import Problem, UnreadableError, unmark
from milepost.documents.yaml import read_foreign_yaml
from milepost.model.item import Value

#: What may stand before the first entry: comments, and the line that begins a document.
_HEAD = re.compile(r"(?:#[^\n]*\n|\n)*(?:---\n)?(?:#[^\n]*\n|\n)*")
_BEGINS = re.compile(r"^(?=[A-Za-z][A-Za-z0-9_-]*:(?:[ \n]|$))", re.MULTILINE)

#: Lines that begin with neither an entry, nor a space, a comment or a dash: an entry with one may have a second key.
#: Aliases count against the bounds of the whole, and YAML has more line ends than we split at.
_ODD = re.compile(r"^(?![A-Za-z][A-Za-z0-9_-]*:(?:[ \n]|$)|[ #\n]|- |$)|[*\r\x85\u2028\u2029]", re.MULTILINE)

#: What can only be one thing: a word, and a text in which no character means anything to YAML.
_SIMPLE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*): ([A-Za-z0-9](?:[A-Za-z0-9 ./()+_-]*[A-Za-z0-9.)])?)\n*")

_LONGEST = 1 << 18  # characters, and so values: far below the bounds of a whole text
_KEPT = 20_000


class Chunks:
    """Reads texts by their top-level entries, and remembers those."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Value]] = {}  # key and value of each entry's text

    def read(self, text: str) -> tuple[list[Value], list[Problem]]:
        """What `read_foreign_yaml` gives for the whole text, without positions. Texts share parts: change none."""
        text = text.removeprefix("\ufeff")
        document = self._read_entries(text)
        if document is not None:
            return [document], []
        documents, problems = read_foreign_yaml(text)
        return [unmark(document) for document in documents], problems

    def _read_entries(self, text: str) -> dict[str, Value] | None:
        """The mapping; None where the text is to be read whole."""
        head = _HEAD.match(text)
        body = text[head.end() :] if head else text
        if len(body) > _LONGEST:
            return None
        if len(self._known) >= _KEPT:
            self._known.clear()
        first, *entries = _BEGINS.split(body)
        if first or not entries:
            return None
        fresh = [entry for entry in entries if entry not in self._known and not self._is_simple(entry)]
        if fresh and (any(map(_ODD.search, fresh)) or not self._learn(fresh)):
            return None
        document = dict([self._known[entry] for entry in entries])
        return document if len(document) == len(entries) else None

    def _is_simple(self, entry: str) -> bool:
        """Whether an entry can be read without a parser, which is done then."""
        found = _SIMPLE.fullmatch(entry)
        if found:
            self._known[entry] = found[1], found[2]
        return found is not None

    def _learn(self, entries: list[str]) -> bool:
        """Reads entries in one go. Each has one key at most, so as many keys as entries are one for each."""
        try:
            documents, problems = read_foreign_yaml("".join(entries))
        except UnreadableError:
            return False
        found = documents[0] if len(documents) == 1 and not problems else None
        if not isinstance(found, dict) or len(found) != len(entries):
            return False
        self._known.update(zip(entries, [(str(key), unmark(value)) for key, value in found.items()], strict=True))
        return True
