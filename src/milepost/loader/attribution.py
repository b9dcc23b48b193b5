"""Who set a value that a merge brought in: the author of the last commit on the merged side that did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from milepost.model.history import Identity, Revision
from milepost.model.item import Item, Ref, Value
from milepost.repository.repository import Repository
from milepost.repository.steps import FileChange, Step

#: Reads the items of a file's version by path and blob id; None where it does not parse.
ReadItems = Callable[[str, str], "dict[Ref, Item] | None"]

#: What a commit changed below the plan's folders.
Changes = Callable[[str], tuple[FileChange, ...]]


@dataclass(frozen=True, slots=True)
class _SideCommit:
    """A commit that a merge brought in, with what the files that it changed said before and after."""

    id: str
    before: Mapping[Ref, Item]
    after: Mapping[Ref, Item]


class Attribution:
    """Authors of the values of one accepted revision. Looks at the merged side only when asked."""

    def __init__(
        self, repository: Repository, read_items: ReadItems, changes: Changes, step: Step, revision: Revision
    ) -> None:
        self._repository = repository
        self._read_items = read_items
        self._changes = changes
        self._step = step
        self._revision = revision

    @cached_property
    def _side(self) -> list[_SideCommit]:
        """The merged commits that touched the plan, newest first."""
        side = ((commit, self._changes(commit)) for commit in self._repository.side_commits(self._step.commit))
        return [self._side_commit(commit, changes) for commit, changes in side if changes]

    def author(self, item: Item, field: str, value: Value | None) -> Identity:
        """The author of the last side commit that made the field say this; the merge's own author where none did.

        The item is followed by its id, whichever of the changed files holds it.
        """
        for side in self._side if self._step.is_merge else ():
            before, after = side.before.get(item.ref), side.after.get(item.ref)
            if _value(after, field) == value and _value(before, field) != value:
                return self._repository.revision(side.id).author
        return self._revision.author

    def _side_commit(self, commit: str, changes: tuple[FileChange, ...]) -> _SideCommit:
        before = self._items((change.path, change.old_blob) for change in changes)
        return _SideCommit(commit, before, self._items((change.path, change.blob) for change in changes))

    def _items(self, files: Iterable[tuple[str, str]]) -> dict[Ref, Item]:
        """What some files say; where several name an item, the first counts."""
        found: dict[Ref, Item] = {}
        for path, blob in files:
            items = self._read_items(path, blob) if blob else None
            found = {**items, **found} if items else found
        return found


def _value(item: Item | None, field: str) -> Value | None:
    return item.fields.get(field) if item else None
