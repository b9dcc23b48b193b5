"""What stands where plan files are expected and is not read: links, other repositories, names that nobody looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milepost.documents.levels import level_of
from milepost.loader.layout import HOMES, Layout
from milepost.model.finding import Finding, Location
from milepost.model.item import Place
from milepost.repository.files import Entry, Tree

_RULE = "skipped-not-regular"


def find_unread(tree: Tree, layout: Layout, names: Iterable[Entry]) -> Iterator[Finding]:
    """What is not read of all names at and below the plan's folders. Nothing is said twice of a name."""
    folders = layout.folders
    for entry in names:
        if entry.path in folders:
            yield not_a_folder(entry)
        elif layout.kind_of(entry.path) or layout.sources_of(entry.path):
            if not entry.regular:
                yield _not_regular(entry)
        elif not entry.regular and any(entry.path.startswith(f"{folder}/") for folder in folders):
            yield not_a_folder(entry)
        elif layout.is_misnamed(entry.path):
            yield _misnamed(entry)
    beside = tree.find(HOMES[0]) if layout.folder == "" else None
    if beside and not beside.regular:
        yield not_a_folder(beside)


def not_a_folder(entry: Entry) -> Finding:
    """A name that is a folder in other plans, and here something that is not entered."""
    message = "This is no folder of this repository but a file, a link or another repository, so nothing in it is read."
    return _found(_RULE, entry, message, "put the folder itself here, or remove this")


def _not_regular(entry: Entry) -> Finding:
    message = "This is not a regular file, so it was not opened: a link, a folder, a device or another repository."
    return _found(_RULE, entry, message, "put the file itself here")


def _misnamed(entry: Entry) -> Finding:
    message = "This file is not read because of its name: plan files and their folders have small letters."
    return _found("unread-file", entry, message, f"rename it: git mv {entry.path} {entry.path.lower()}")


def _found(rule: str, entry: Entry, message: str, hint: str) -> Finding:
    return Finding(rule, level_of(rule), Place(entry.path), message, hint, Location(entry.path))
