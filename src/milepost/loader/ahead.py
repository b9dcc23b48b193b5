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
        """The steps after `since`, oldest first; then what their merges brought in, each commit before its parents."""
        people: dict[tuple[str, str], Identity] = {}
        for merge, (id, parent, is_merge, files), said, renamed, texts, done in self._rows(tip, since):
            name, email, time, subject, body = said
            for key, parsed in texts:
                self._cache.put(key, parsed)
            step = Step(id, parent, tuple([FileChange(*file) for file in files]), is_merge)
            person = people.setdefault((name, email), Identity(name, email))
            again = [(Ref(kind, new), Ref(kind, old)) for kind, new, old in renamed]
            yield Found(merge, step, Revision(id, person, time, subject, body), again)
            if progress:
                progress(*done)

    def _rows(self, tip: str, since: str) -> Iterator[_Row]:
        if since:  # a few steps are not worth a process
            return self._look(tip, since)
        self._repository.lead_to(tip, since)
        return beside(lambda: self._look(tip, since))

    def _look(self, tip: str, since: str) -> Iterator[_Row]:
        roots, renames = self._layout.roots, Renames(self._repository, self._layout)
        walk = renames.find_ahead(self._repository.walk_accepted(tip, roots, since, self._note))
        steps, soon, later = tee(walk, 3)
        self._repository.read_ahead(id for step in soon for id in self._needed(step, _after(step)))
        sides = self._repository.sides(tip, since, roots, later)
        for step in steps:
            sides.look_on()
            yield self._row("", step, _after(step), renames.items(step.parent, step.commit))
        brought_in = [(merge, Step(id, "", files, False)) for merge, side in sides.find().items() for id, files in side]
        self._repository.read_ahead(id for _, step in brought_in for id in self._needed(step, _both(step)))
        for merge, step in brought_in:
            yield self._row(merge, step, _both(step), ())

    def _note(self, done: int, total: int) -> None:
        self._done = done, total

    def _needed(self, step: Step, versions: Iterable[tuple[str, str]]) -> Iterator[str]:
        """The objects that have to be read."""
        yield step.commit
        yield from (blob for _, blob in self._files.unread(versions))

    def _row(
        self, merge: str, step: Step, versions: Iterable[tuple[str, str]], renamed: Iterable[tuple[Ref, Ref]]
    ) -> _Row:
        commit, parent, files, is_merge = step
        said = self._repository.revision(commit)
        texts = [self._files.parse(*version) for version in self._files.unread(versions)]
        return (
            merge,
            (commit, parent, is_merge, [(file.path, file.old_blob, file.blob) for file in files]),
            (*said.author, said.time, said.subject, said.body),
            [(new.kind, new.id, old.id) for new, old in renamed],
            texts,
            self._done,
        )


def _after(step: Step) -> list[tuple[str, str]]:
    """Paths and blobs as they are after a step: what was before it was read with an earlier one."""
    return [(file.path, file.blob) for file in step.files]


def _both(step: Step) -> list[tuple[str, str]]:
    return [(file.path, blob) for file in step.files for blob in (file.old_blob, file.blob)]
