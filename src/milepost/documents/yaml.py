"""YAML files as data: those of our own format strictly, all others leniently."""

from __future__ import annotations

from milepost.documents.characters import decode_text
from milepost.documents.marked import Document, Problem, UnreadableError
from milepost.model.item import Value

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_SOURCE_DEPTH = 100
MAX_SOURCE_NODES = 1_000_000


def read_plan_file(data: bytes) -> Document:
    """A file of our own format, read as the strict subset that every YAML reader understands alike."""
    from milepost.documents.events import Builder

    builder = Builder(MAX_DEPTH, MAX_NODES, strict=True)
    try:
        documents = builder.read(decode_text(data))
    except UnreadableError as error:
        return Document(None, (*builder.problems, error.problem))
    return Document(documents[0] if documents else None, tuple(builder.problems))


def read_foreign_yaml(text: str) -> tuple[list[Value], list[Problem]]:
    """All documents of a file of another shape: aliases and merge keys expand, the last duplicate wins.

    Raises `UnreadableError` where it does not parse or expands beyond the bounds. Problems name duplicate keys.
    """
    from milepost.documents.events import Builder  # what is in the cache needs no parser

    builder = Builder(MAX_SOURCE_DEPTH, MAX_SOURCE_NODES, strict=False)
    return builder.read(text.removeprefix("\ufeff")), builder.problems
