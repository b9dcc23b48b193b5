"""Which files belong to the plan, and how each is read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from milepost.documents.paths import compile_glob, fixed_folder
from milepost.errors import MilepostError
from milepost.loader.cache import Cache, parsed_key
from milepost.model.item import Value
from milepost.model.source import Source
from milepost.repository.files import Entry, Tree, is_inside

PLAN_FILE = "milepost.yaml"
_FOLDERS = {
    "goals": "goal",
    "milestones": "milestone",
    "risks": "risk",
    "sprints": "sprint",
    "feedback": "feedback",
    "reviews": "review",
}
_ENDINGS = (".yaml", ".yml")

#: Where a plan can be, in the order in which it is looked for. The empty text is the root of the repository.
HOMES = ("plan", "")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the plan's own files are (None where the plan is in `sources` alone), and the sources beside them.

    `earlier` is the folder where they were in older versions, for a history in which the plan has moved.
    """

    folder: str | None
    sources: tuple[Source, ...] = ()
    earlier: str | None = None

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders and files that can hold plan files, none inside another."""
        fixed = {fixed_folder(glob) for source in self.sources for glob in source.files}
        roots = set(filter(is_inside, fixed))
        for home in self.homes:
            roots |= {home} if home else {PLAN_FILE, *_FOLDERS}
        return tuple(root for root in sorted(roots) if not any(_is_below(root, other) for other in roots))

    @property
    def homes(self) -> tuple[str, ...]:
        """Where a version can have the plan's own files: the first that holds a `milepost.yaml` is the one."""
        return tuple(home for home in HOMES if home in (self.folder, self.earlier))

    def home_of(self, path: str) -> str | None:
        """The folder of the plan to which a file belongs by its name; None where it belongs to none."""
        return next((home for home in self.homes if _kind_in(home, path)), None)

    def kind_of(self, path: str) -> str | None:
        """The kind of item that a file of our own format holds."""
        if self.folder is None:
            return None
        kind = _kind_in(self.folder, path)
        return kind if kind or self.earlier is None else _kind_in(self.earlier, path)

    @property
    def folders(self) -> frozenset[str]:
        """The folders whose files each hold an item of our own format."""
        return frozenset(posixpath.join(home, name) for home in self.homes for name in _FOLDERS)

    def is_misnamed(self, path: str) -> bool:
        """Whether a file would be one of the plan's own if its name, or its folder's, were in small letters."""
        return self.kind_of(path) is None and any(_kind_in(home, path.lower()) for home in self.homes)

    def folder_of(self, kind: str) -> str | None:
        """Where files of a kind of item are; None where the plan has no files of its own, or the kind has none."""
        name = next((name for name, known in _FOLDERS.items() if known == kind), None)
        return posixpath.join(self.folder, name) if self.folder is not None and name else None

    def sources_of(self, path: str) -> tuple[int, ...]:
        """The numbers of the sources that read a file."""
        if not self.sources:
            return ()
        return tuple(
            number
            for number, source in enumerate(self.sources)
            if any(compile_glob(glob).matches(path) for glob in source.files)
        )


def find_layout(tree: Tree, config: Path | None = None, cache: Cache | None = None) -> Layout:
    """The layout of a version, with the sources of its `milepost.yaml` or of a configuration from outside.

    Where the cache has what that file says, it is not read again.

    Raises where there is neither a plan nor a configuration.
    """
    folder, entry = next(_plan_files(tree), (None, None))
    if config is not None:
        form = config.name if config.suffix == ".json" else "config.yaml"
        sources = _read_sources(form, _read_config(config))
        if not sources:
            raise MilepostError(f"{config} has no `sources` with `files`.", "see docs/how-to/existing-yaml.md")
        return Layout(folder, sources)
    if folder is None or entry is None:
        if is_no_folder(tree.find(HOMES[0])):
            raise MilepostError(
                "plan is a link or another repository, which is not entered.", "put the folder itself there"
            )
        raise MilepostError(f"There is no plan in {tree.name}: plan/{PLAN_FILE} is missing.", "milepost init")
    known = cache.get(parsed_key(entry.path, entry.blob)) if cache and entry.blob else None
    documents, _, error = known or ([], [], "unknown")
    return Layout(folder, _read_sources(entry.path, tree.read(entry)) if error else _sources_in(documents))


def _plan_files(tree: Tree) -> Iterator[tuple[str, Entry]]:
    """The folders of a version that hold a plan's own file, with that."""
    for home in HOMES:
        entry = tree.find(plan_file(home))
        if entry and entry.regular:
            yield home, entry


def is_no_folder(entry: Entry | None) -> bool:
    """Whether something that is not entered is where others have a folder: a link or another repository."""
    return entry is not None and not entry.regular


def _read_config(config: Path) -> bytes:
    try:
        return config.read_bytes()
    except OSError as error:
        raise MilepostError(
            f"{config} can't be read: {error.strerror}.", "name an existing file with --config"
        ) from None


def _read_sources(path: str, data: bytes) -> tuple[Source, ...]:
    from milepost.documents.foreign import read_foreign_file  # mostly the cache knows
    from milepost.documents.marked import UnreadableError

    try:
        documents, _ = read_foreign_file(path, data)
    except UnreadableError as error:
        problem = error.problem
        where = f"{path}:{problem.line}:{problem.column}"
        raise MilepostError(f"{where}: {problem.message}", problem.hint) from None
    return _sources_in(documents)


def _sources_in(documents: list[Value]) -> tuple[Source, ...]:
    entries: Value | None = documents[0].get("sources") if documents and isinstance(documents[0], dict) else None
    if not isinstance(entries, list):
        return ()
    from milepost.documents.sources import parse_source  # most plans have none

    return tuple(source for source in map(parse_source, entries) if source)


def is_planless(tree: Tree) -> bool:
    """Whether a version has no plan of its own, and nothing in its place that somebody may take for one."""
    return not is_no_folder(tree.find(HOMES[0])) and not any(_plan_files(tree))


def plan_file(home: str) -> str:
    """The file that says that a plan is in a folder."""
    return posixpath.join(home, PLAN_FILE)


@lru_cache(maxsize=1 << 14)
def _kind_in(home: str, path: str) -> str | None:
    """The kind of item that a file holds if the plan is in a folder."""
    prefix = f"{home}/" if home else ""
    if not path.startswith(prefix):
        return None
    inside = path[len(prefix) :]
    if inside == PLAN_FILE:
        return "plan"
    first, _, rest = inside.partition("/")
    return _FOLDERS.get(first) if rest and rest.endswith(_ENDINGS) else None


def _is_below(path: str, other: str) -> bool:
    return path != other and (other == "" or path.startswith(f"{other}/"))
