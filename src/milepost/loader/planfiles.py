"""Versions of plan files as history reads them: the items that each names, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from milepost.documents.chunks import Chunks
from milepost.loader.cache import Cache, parsed_key
from milepost.loader.layout import Layout
from milepost.loader.reading import Parsed, items_of, parse_blob
from milepost.model.history import Revision, Unreadable
from milepost.model.item import Item, Ref
from milepost.repository.renames import find_renames
from milepost.repository.repository import Repository
from milepost.repository.steps import FileChange, Step

_KEPT = 1 << 14  # versions of files


class PlanFiles:
    """Reads the versions of plan files, and keeps the revisions that could not be read as they are meant."""

    def __init__(self, repository: Repository, layout: Layout, cache: Cache) -> None:
        self._repository = repository
        self._layout = layout
        self._cache = cache
        self._chunks = Chunks()
        self._items: dict[tuple[str, str], list[Item]] = {}  # by path and blob: merges tell the same once more
        self.unreadable: list[Unreadable] = []
        self.duplicates: list[Unreadable] = []

    def belongs(self, path: str) -> bool:
        """Whether a file is one of the plan's, by its name."""
        return bool(self._layout.kind_of(path) or self._layout.sources_of(path))

    def items_now(self, path: str, blob: str, revision: Revision) -> list[Item] | None:
        """What a file says from a revision on; None where that is what it said before, as it does not parse."""
        if not self.belongs(path):
            return None
        if not blob:
            return []
        parsed = self._parse(path, blob)
        _, duplicates, error = parsed
        if error is not None:
            self.unreadable.append(Unreadable(revision, path, error))
        self.duplicates += [Unreadable(revision, path, message) for message in duplicates]
        return None if error is not None else self._items_of(path, blob, parsed)

    def unread(self, versions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those versions of files, path and blob, that were never read."""
        for path, blob in versions:
            if blob and self.belongs(path) and self._cache.get(parsed_key(path, blob)) is None:
                yield path, blob

    def parse(self, path: str, blob: str) -> tuple[str, Parsed]:
        """What a version says, and the key under which the cache has it from now on."""
        return parsed_key(path, blob), self._parse(path, blob)

    def items_of_blob(self, path: str, blob: str) -> dict[Ref, Item] | None:
        """What a file says in some revision; None where it can't be read."""
        if not self.belongs(path):
            return {}
        parsed = self._parse(path, blob)
        return None if parsed[2] is not None else {item.ref: item for item in self._items_of(path, blob, parsed)}

    def _items_of(self, path: str, blob: str, parsed: Parsed) -> list[Item]:
        items = self._items.get((path, blob))
        if items is None:
            if len(self._items) >= _KEPT:
                self._items.clear()
            items = self._items[path, blob] = items_of(self._layout, path, parsed)
        return items

    def _parse(self, path: str, blob: str) -> Parsed:
        return parse_blob(self._repository, path, blob, self._cache, self._chunks)


class Renames:
    """Renamed files that are their own identity, as git finds them between a commit and one of its parents."""

    def __init__(self, repository: Repository, layout: Layout) -> None:
        self._repository = repository
        self._layout = layout
        self._found: Mapping[tuple[str, str], Mapping[str, str]] = {}

    def find(self, edges: Mapping[tuple[str, str], tuple[FileChange, ...]]) -> None:
        """Looks for renames on all (parent, commit) edges in one go."""
        if any(source.id is None for source in self._layout.sources):
            pairs = [edge for edge, files in edges.items() if edge[0] and self._may_rename(files)]
            self._found = dict(_find_all(self._repository, pairs))

    def find_ahead(self, steps: Iterable[Step]) -> Iterable[Step]:
        """The same for steps, which are all read first where renames matter."""
        if any(source.id is None for source in self._layout.sources):
            steps = list(steps)
            self.find({(step.parent, step.commit): step.files for step in steps})
        return steps

    def items(self, parent: str, commit: str) -> Iterator[tuple[Ref, Ref]]:
        """The items whose files a commit renamed: as each is called now, and as it was called before."""
        for new, old in self._found.get((parent, commit), {}).items():
            for number in self._layout.sources_of(new):
                source = self._layout.sources[number]
                if source.id is None:
                    yield Ref(source.kind, new), Ref(source.kind, old)

    def _may_rename(self, files: tuple[FileChange, ...]) -> bool:
        came = any(not file.old_blob and self._layout.sources_of(file.path) for file in files)
        return came and any(not file.blob and self._layout.sources_of(file.path) for file in files)


def _find_all(
    repository: Repository, pairs: list[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    """The renames by (parent, commit): git is asked once, and once more for each further parent of a merge."""
    while pairs:
        now = {commit: parent for parent, commit in reversed(pairs)}
        found = find_renames(repository, [(parent, commit) for commit, parent in now.items()])
        yield from (((now[commit], commit), renames) for commit, renames in found.items())
        pairs = [(parent, commit) for parent, commit in pairs if now[commit] != parent]
