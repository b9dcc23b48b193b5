"""Files to items, leniently: how every historical version, and every source, is read."""

from __future__ import annotations

from milepost.documents.chunks import Chunks
from milepost.documents.foreign import ReadYaml, read_foreign_file
from milepost.documents.items import read_items
from milepost.documents.marked import UnreadableError
from milepost.documents.sources import extract_items
from milepost.documents.yaml import read_foreign_yaml
from milepost.loader.cache import Cache, parsed_key
from milepost.loader.layout import Layout
from milepost.model.item import Item, Value
from milepost.repository.repository import Repository

#: The documents of a file, its duplicate keys, and why it could not be read (None where it could).
Parsed = tuple[list[Value], list[str], str | None]


def parse_file(path: str, data: bytes, read_yaml: ReadYaml = read_foreign_yaml) -> Parsed:
    """The documents of a file, its duplicate keys in words, and why it can't be read."""
    try:
        documents, problems = read_foreign_file(path, data, read_yaml)
    except UnreadableError as error:
        problem = error.problem
        return [], [], f"line {problem.line}: {problem.message}"
    return documents, [f"line {problem.line}: {problem.message}" for problem in problems], None


def parse_blob(repository: Repository, path: str, blob: str, cache: Cache, chunks: Chunks) -> Parsed:
    """The same for a file's version in git, by way of the cache."""
    key = parsed_key(path, blob)
    known = cache.get(key)
    if known is None:
        known = parse_file(path, repository.read_blob(blob), chunks.read)
        cache.put(key, known)
    documents, duplicates, error = known
    return documents, duplicates, error


def items_of(layout: Layout, path: str, parsed: Parsed) -> list[Item]:
    """The items that a file names: by our own format, and by every source that matches it."""
    documents = parsed[0]
    items: list[Item] = []
    kind = layout.kind_of(path)
    if kind and documents:
        items += read_items(kind, path, documents[0])
    for number in layout.sources_of(path):
        items += extract_items(layout.sources[number], path, documents)
    return items
