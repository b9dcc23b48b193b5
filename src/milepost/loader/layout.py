"""Which files belong to the plan, and how each is read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path

from milepost.documents.foreign import read_foreign_file
from milepost.documents.marked import UnreadableError
from milepost.documents.paths import compile_glob, fixed_folder
from milepost.documents.sources import parse_source
from milepost.errors import MilepostError
from milepost.model.item import Value
from milepost.model.source import Source
from milepost.repository.files import Tree

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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the plan's own files are (None where the plan is in `sources` alone), and the sources beside them."""

    folder: str | None
    sources: tuple[Source, ...] = ()

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders and files that can hold plan files, none inside another."""
        roots = {fixed_folder(glob) for source in self.sources for glob in source.files}
        if self.folder is not None:
            roots |= {self.folder} if self.folder else {PLAN_FILE, *_FOLDERS}
        return tuple(root for root in sorted(roots) if not any(_is_below(root, other) for other in roots))

    def kind_of(self, path: str) -> str | None:
        """The kind of item that a file of our own format holds."""
        prefix = f"{self.folder}/" if self.folder else ""
        if self.folder is None or not path.startswith(prefix):
            return None
        inside = path[len(prefix) :]
        if inside == PLAN_FILE:
            return "plan"
        first, _, rest = inside.partition("/")
        if not rest or not rest.endswith(_ENDINGS):
            return None
        return _FOLDERS.get(first)

    def folder_of(self, kind: str) -> str | None:
        """Where files of a kind of item are; None where the plan has no files of its own, or the kind has none."""
        name = next((name for name, known in _FOLDERS.items() if known == kind), None)
        return posixpath.join(self.folder, name) if self.folder is not None and name else None

    def sources_of(self, path: str) -> tuple[int, ...]:
        """The numbers of the sources that read a file."""
        return tuple(
            number
            for number, source in enumerate(self.sources)
            if any(compile_glob(glob).matches(path) for glob in source.files)
        )


def find_layout(tree: Tree, config: Path | None = None) -> Layout:
    """The layout of a version, with the sources of its `milepost.yaml` or of a configuration from outside.

    Raises where there is neither a plan nor a configuration.
    """
    folder = next((folder for folder in ("plan", "") if _has_plan_file(tree, folder)), None)
    if config is not None:
        form = config.name if config.suffix == ".json" else "config.yaml"
        sources = _read_sources(form, _read_config(config))
        if not sources:
            raise MilepostError(f"{config} has no `sources` with `files`.", "see docs/how-to/existing-yaml.md")
        return Layout(folder, sources)
    if folder is None:
        if any(entry.path == "plan" and not entry.regular for entry in tree.entries("")):
            raise MilepostError("plan is a link, and links are not followed.", "put the folder itself there")
        raise MilepostError(f"There is no plan in {tree.name}: plan/{PLAN_FILE} is missing.", "milepost init")
    path = posixpath.join(folder, PLAN_FILE)
    entry = next(entry for entry in tree.entries(folder) if entry.path == path)
    return Layout(folder, _read_sources(path, tree.read(entry)))


def _has_plan_file(tree: Tree, folder: str) -> bool:
    path = posixpath.join(folder, PLAN_FILE)
    return any(entry.path == path and entry.regular for entry in tree.entries(folder) if entry.path.endswith(PLAN_FILE))


def _read_config(config: Path) -> bytes:
    try:
        return config.read_bytes()
    except OSError as error:
        raise MilepostError(
            f"{config} can't be read: {error.strerror}.", "name an existing file with --config"
        ) from None


def _read_sources(path: str, data: bytes) -> tuple[Source, ...]:
    try:
        documents, _ = read_foreign_file(path, data)
    except UnreadableError as error:
        problem = error.problem
        where = f"{path}:{problem.line}:{problem.column}"
        raise MilepostError(f"{where}: {problem.message}", problem.hint) from None
    entries: Value | None = documents[0].get("sources") if documents and isinstance(documents[0], dict) else None
    found = (parse_source(entry) for entry in (entries if isinstance(entries, list) else ()))
    return tuple(source for source in found if source)


def _is_below(path: str, other: str) -> bool:
    return path != other and (other == "" or path.startswith(f"{other}/"))
