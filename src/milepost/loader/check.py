"""Everything that is wrong with one version of a plan: files, documents, schema and planning rules, in one run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from milepost.documents.foreign import read_foreign_file
from milepost.documents.ignores import Ignore, cut_ignores, find_ignores
from milepost.documents.items import read_items
from milepost.documents.marked import Document, Problem, UnreadableError, locate
from milepost.documents.schema import level_of, validate_document
from milepost.documents.sources import extract_items
from milepost.documents.yaml import read_plan_file
from milepost.loader.layout import Layout
from milepost.loader.plan import every_name
from milepost.loader.unread import find_unread
from milepost.model.build import build_plan
from milepost.model.finding import Finding, Level, Location
from milepost.model.item import Item, Place
from milepost.model.plan import Plan
from milepost.repository.files import Entry, Tree

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")
_FORBIDDEN = re.compile('[\\x00-\\x1f\\x7f<>:"|?*\\\\]')


class Examination:
    """One version of a plan, its documents, and what was found so far. Rules add their findings afterwards."""

    def __init__(self, tree: Tree, layout: Layout) -> None:
        self.documents: dict[str, Document] = {}
        self.ignores: dict[str, list[Ignore]] = {}
        self.findings: list[Finding] = []
        items: list[Item] = []
        foreign: set[str] = set()
        found = every_name(tree, layout)
        names = [entry for entry in found if layout.kind_of(entry.path) or layout.sources_of(entry.path)]
        self.findings += [*_check_names(names), *find_unread(tree, layout, found)]
        regular = [entry for entry in names if entry.regular]
        tree.read_ahead(regular)
        for entry in regular:
            if layout.kind_of(entry.path):
                items += self._read_own(tree, entry, layout)
            else:
                foreign.add(entry.path)
                items += self._read_foreign(tree, entry, layout)
        self.files = len(names)
        read = {path for path, document in self.documents.items() if document.data is not None}
        self.unread = frozenset(entry.path for entry in names) - read  # nobody knows what the plan says there
        self.plan: Plan = build_plan(items, layout.sources, frozenset(foreign))

    def locate(self, finding: Finding) -> Finding:
        """The finding with line and column, its related places too."""
        related = tuple(one._replace(location=self.locate_place(one.place)) for one in finding.related)
        return replace(finding, location=finding.location or self.locate_place(finding.place), related=related)

    def locate_place(self, place: Place) -> Location:
        """Where a symbolic place is in its file."""
        document = self.documents.get(place.path)
        return Location(place.path, *locate(document.data if document else None, place.pointer))

    def lines_of(self, finding: Finding) -> set[int]:
        """The lines that a finding can be silenced above: where it is, and where the key of what it is about is."""
        path, pointer = finding.place
        document = self.documents.get(path)
        location = finding.location or self.locate_place(finding.place)
        return (
            {location.line, locate(document.data, pointer, at_key=True)[0]} if document and pointer else {location.line}
        )

    def _read_own(self, tree: Tree, entry: Entry, layout: Layout) -> list[Item]:
        kind = layout.kind_of(entry.path) or ""
        data = tree.read(entry)
        document = self.documents[entry.path] = read_plan_file(data)
        ignores, too_many = cut_ignores(find_ignores(data))
        if ignores:
            self.ignores[entry.path] = ignores
        problems = [*document.problems, *([too_many] if too_many else [])]
        if document.data is not None or not problems:
            named = {(problem.line, problem.column) for problem in problems}
            further = validate_document(kind, document.data)
            problems += [problem for problem in further if (problem.line, problem.column) not in named]
        self.findings += [_finding(problem, entry.path) for problem in problems]
        return read_items(kind, entry.path, document.data)

    def _read_foreign(self, tree: Tree, entry: Entry, layout: Layout) -> Iterator[Item]:
        try:
            documents, problems = read_foreign_file(entry.path, tree.read(entry))
        except UnreadableError as error:
            documents, problems = [], [error.problem]
            self.findings.append(_finding(error.problem, entry.path))
        else:
            warnings = [_finding(problem, entry.path) for problem in problems]
            self.findings += [replace(finding, level=Level.WARNING) for finding in warnings]
        if documents:
            self.documents[entry.path] = Document(documents[0])
        for number in layout.sources_of(entry.path):
            yield from extract_items(layout.sources[number], entry.path, documents)


def _finding(problem: Problem, path: str) -> Finding:
    location = Location(path, problem.line, problem.column)
    return Finding(problem.rule, level_of(problem.rule), Place(path), problem.message, problem.hint, location)


def _check_names(entries: list[Entry]) -> Iterator[Finding]:
    """Names that some system can't hold, or holds as one file where there are two."""
    seen: dict[str, str] = {}
    for entry in entries:
        if reason := _bad_name(entry.path):
            yield _name_finding("bad-path", entry.path, f"The name {reason}.", "rename it: letters, digits, - and _")
        folded = unicodedata.normalize("NFC", entry.path).casefold()
        if folded in seen:
            message = f"On some systems this is the same file as {seen[folded]}."
            yield _name_finding("path-collision", entry.path, message, "rename one of them")
        seen.setdefault(folded, entry.path)


def _name_finding(rule: str, path: str, message: str, hint: str) -> Finding:
    return Finding(rule, Level.ERROR, Place(path), message, hint, Location(path))


def _bad_name(path: str) -> str | None:
    if any("\ud800" <= char <= "\udfff" for char in path):
        return "is not UTF-8"
    for part in path.split("/"):
        if _RESERVED.fullmatch(part):
            return f"{part} is reserved on Windows"
        if _FORBIDDEN.search(part):
            return "has characters that some systems forbid"
        if part.endswith((".", " ")):
            return f"{part} ends in a dot or a space, which Windows drops"
    return None
