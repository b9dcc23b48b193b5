"""A version of a repository with some of its files changed, as it would be if they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from milepost.repository.files import Entry, Tree


class Overlay:
    """Another tree with files laid over it; None stands for one that is gone."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes | None]) -> None:
        self._tree = tree
        self._files = files
        self.name = tree.name

    def entries(self, root: str) -> Iterator[Entry]:
        """Every name below a folder, in path order."""
        prefix = f"{root}/" if root else ""
        kept = [entry for entry in self._tree.entries(root) if entry.path not in self._files]
        laid = [Entry(path, True) for path, data in self._files.items() if data is not None and path.startswith(prefix)]
        return iter(sorted([*kept, *laid], key=lambda entry: entry.path))

    def find(self, path: str) -> Entry | None:
        """One name."""
        if path in self._files:
            return Entry(path, True) if self._files[path] is not None else None
        return self._tree.find(path)

    def read_ahead(self, entries: Iterable[Entry]) -> None:
        """Says which files of the other tree will be read."""
        self._tree.read_ahead(entry for entry in entries if entry.path not in self._files)

    def read(self, entry: Entry) -> bytes:
        """A regular file's bytes."""
        data = self._files.get(entry.path)
        return self._tree.read(entry) if data is None else data
