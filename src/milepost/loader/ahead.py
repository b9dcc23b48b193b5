"""What a history is made of, found and read by a second process while this one takes in what came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import NamedTuple

from milepost.loader.cache import Cache
from milepost.loader.layout import Layout
from milepost.loader.planfiles import PlanFiles, Renames
from milepost.loader.reading import Parsed
from milepost.model.history import Identity, Revision
from milepost.model.item import Ref
from milepost.repository.meanwhile import beside
from milepost.repository.repository import Repository
from milepost.repository.steps import FileChange, Progress, Step

#: Versions of files: path and blob of each.
_Versions = list[tuple[str, str]]

#: A step as plain data: id, parent, whether it is a merge, and its files.
_Step = tuple[str, str, bool, list[tuple[str, str, str]]]

#: What a commit says of itself: name and address of its author, time, subject and body.
_Said = tuple[str, str, int, str, str]

#: All of a `Found`, what files say that nobody has read before, and progress.
_Row = tuple[str, _Step, _Said, list[tuple[str, str, str]], list[tuple[str, Parsed]], tuple[int, int]]


class Found(NamedTuple):
    """A commit that changed the plan, on the first-parent chain or on the side of one of its merges."""

    merge: str  # that brought it in; empty for one on the chain
    step: Step
    revision: Revision
    renamed: list[tuple[Ref, Ref]]  # items, by their files: as each is called from here on, and as it was called before


class Ahead:
    """Looks for what leads to a tip, and puts what files say into the cache before it is needed."""

    def __init__(self, repository: Repository, layout: Layout, files: PlanFiles, cache: Cache) -> None:
        self._repository = repository
        self._layout = layout
        self._files = files
        self._cache = cache
        self._done = (0, 0)

    def read(self, tip: str, since: str, progress: Progress | None) -> Iterator[Found]:
        """The steps after `since`, oldest first; then what their merges brought in, each commit before its parents.

        A second process looks for them at once; what came after a commit is found when somebody takes the first.
        """
        return self._unpack(self._rows(tip, since, self._note if progress else None), progress)

    def _unpack(self, rows: Iterable[_Row], progress: Progress | None) -> Iterator[Found]:
        people: dict[tuple[str, str], Identity] = {}
        for merge, (id, parent, is_merge, files), said, renamed, texts, done in rows:
            name, email, time, subject, body = said
            for key, parsed in texts:
                self._cache.put(key, parsed)
            step = Step(id, parent, tuple([FileChange(*file) for file in files]), is_merge)
            person = people.setdefault((name, email), Identity(name, email))
            again = [(Ref(kind, new), Ref(kind, old)) for kind, new, old in renamed]
            yield Found(merge, step, Revision(id, person, time, subject, body), again)
            if progress:
                progress(*done)

    def _rows(self, tip: str, since: str, note: Progress | None) -> Iterator[_Row]:
        if since:  # a few steps are not worth a process
            return self._look(tip, since, note)
        return beside(lambda: self._look(tip, since, note))

    def _look(self, tip: str, since: str, note: Progress | None) -> Iterator[_Row]:
        roots, renames = self._layout.roots, Renames(self._repository, self._layout)
        walk = renames.find_ahead(self._repository.walk_accepted(tip, roots, since, note))
        steps, later = tee(walk)
        sides = self._repository.sides(tip, since, roots, later)
        for step, unread in self._read_ahead((step, _after(step)) for step in steps):
            sides.look_on()
            yield self._row("", step, unread, renames.items(step.parent, step.commit))
        brought_in = [(merge, Step(id, "", files, False)) for merge, side in sides.find().items() for id, files in side]
        merges = iter([merge for merge, _ in brought_in])
        for step, unread in self._read_ahead((step, _both(step)) for _, step in brought_in):
            yield self._row(next(merges), step, unread, ())

    def _note(self, done: int, total: int) -> None:
        self._done = done, total

    def _read_ahead(self, steps: Iterable[tuple[Step, _Versions]]) -> Iterator[tuple[Step, _Versions]]:
        """Steps with those versions of files, path and blob, that nobody has read. git reads them already."""
        wanted, soon = tee((step, list(self._files.unread(versions))) for step, versions in steps)
        self._repository.read_ahead(id for step, unread in soon for id in (step.commit, *[blob for _, blob in unread]))
        return wanted

    def _row(self, merge: str, step: Step, unread: _Versions, renamed: Iterable[tuple[Ref, Ref]]) -> _Row:
        commit, parent, files, is_merge = step
        author, time, subject, body = self._repository.describe(commit)
        return (
            merge,
            (commit, parent, is_merge, [(file.path, file.old_blob, file.blob) for file in files]),
            (*author, time, subject, body),
            [(new.kind, new.id, old.id) for new, old in renamed],
            [self._files.parse(*version) for version in unread],
            self._done,
        )


def _after(step: Step) -> _Versions:
    """Paths and blobs as they are after a step: what was before it was read with an earlier one."""
    return [(file.path, file.blob) for file in step.files]


def _both(step: Step) -> _Versions:
    return [(file.path, blob) for file in step.files for blob in (file.old_blob, file.blob)]
