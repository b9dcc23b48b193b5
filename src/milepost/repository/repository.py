"""One git repository: its accepted branch, its revisions, and which files each of them changed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from milepost.errors import MilepostError, UsageError
from milepost.model.history import Identity, Revision
from milepost.repository.commitgraph import are_graphs_whole
from milepost.repository.commits import Commit, describe_commit, parse_commit
from milepost.repository.files import CommitTree, WorkTree
from milepost.repository.folders import Trees
from milepost.repository.git import Git
from milepost.repository.mailmap import Mailmap
from milepost.repository.objects import NoBaseError, Object, damaged_object, require_kind
from milepost.repository.opening import open_git
from milepost.repository.process import BY_GRAPH, NoGitError, Where, in_repository
from milepost.repository.resolving import Resolver
from milepost.repository.steps import (
    FileChange,
    Lineage,
    Progress,
    Step,
    compare_all,
    list_parents,
    walk_chain,
)

if TYPE_CHECKING:
    from milepost.repository.ahead import ReadAhead
    from milepost.repository.sides import Sides

_UNSHALLOW = "git fetch --unshallow  (in GitHub Actions: fetch-depth: 0 for actions/checkout)"
_KEPT = 8192  # commits
_FEW = 100  # commits, whose trees are read more quickly than all packs


class Repository:
    """A repository opened for reading. References are resolved once, so that one command sees one state."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._commits: dict[str, Commit] = {}  # that were read last
        self._names = Resolver(git)
        self._where = in_repository(git.folder)
        self._lineages: dict[tuple[str, str], Lineage] = {}  # of what leads to a tip and not to another commit
        self._revisions: dict[str, Revision] = {}  # that were asked for last
        self._trees: Trees = {}
        self._coming: ReadAhead | None = None

    @property
    def work_folder(self) -> Path | None:
        """The root of the work tree; None in a bare repository."""
        return self._git.work_folder

    @property
    def git_folder(self) -> Path:
        """The repository's own folder, mostly called `.git`."""
        return self._git.folder

    @property
    def cache_folder(self) -> Path:
        """Where Milepost may keep what it can compute again."""
        return self.git_folder / "milepost"

    @property
    def is_shallow(self) -> bool:
        """Whether commits are missing behind a boundary."""
        return self._git.is_shallow

    def require_whole_history(self) -> None:
        """Raises where history is cut off, which would give wrong first values without a word."""
        if self.is_shallow:
            raise MilepostError(
                "This clone is shallow: the plan's history is not all here, and would be told wrong.",
                _UNSHALLOW,
            )

    def work_tree(self) -> WorkTree:
        """The files on disk."""
        if self.work_folder is None:
            raise MilepostError("This repository is bare: it has no work tree.", "name a branch or a commit instead")
        return WorkTree(self.work_folder)

    def commit_tree(self, commit: str, name: str) -> CommitTree:
        """The files of a commit."""
        return CommitTree(self._git, self._commit(commit).tree, name, self._trees)

    def accepted_branch(self, name: str | None = None) -> tuple[str, str] | None:
        """Name and tip of the branch whose first-parent chain is accepted history; None where nothing is committed.

        The named one, else origin's default branch, else main, master or the current branch.
        """
        if name is not None:
            return name, self.resolve(name)
        remote = self._git.symbolic("refs/remotes/origin/HEAD")
        for full_name in (remote or "", "refs/heads/main", "refs/heads/master"):
            if found := self._names.referred(full_name):
                return full_name.removeprefix("refs/heads/").removeprefix("refs/remotes/"), found
        head = self._names.referred("HEAD")
        if head is None:
            return None
        return (self._git.symbolic("HEAD") or "HEAD").removeprefix("refs/heads/"), head

    def resolve(self, name: str) -> str:
        """The commit that a name means. A branch wins over a tag of the same name."""
        commit = self._names.resolve(name)
        if commit is None:
            raise self._unknown(name)
        return commit

    def merge_base(self, one: str, other: str) -> str:
        """The commit where two lines of history parted. Raises where there is none, or it is cut off."""
        base = self._git.merge_base(one, other)
        if base is not None:
            return base
        if self.is_shallow:
            raise NoBaseError(
                "The commit where the two versions parted is not in this shallow clone.",
                _UNSHALLOW,
            )
        raise NoBaseError("The two versions have no common history.", "name both: milepost diff BASE..HEAD")

    def revision(self, commit: str) -> Revision:
        """Who committed what and when, after the mailmap."""
        known = self._revisions.get(commit)
        if known is None:
            if len(self._revisions) >= _KEPT:
                self._revisions.clear()
            known = self._revisions[commit] = Revision(commit, *self.describe(commit))
        return known

    def describe(self, commit: str) -> tuple[Identity, int, str, str]:
        """The same as plain data: author, time, subject and body."""
        found = describe_commit(self._commit(commit))
        subject, _, body = found.message.partition("\n")
        return self._mailmap.resolve(found.name, found.email), found.time, subject.strip(), body.strip()

    @property
    def mailmap(self) -> bytes:
        """What git's mailmap says here, as far as it is read."""
        return self._mailmap.text

    def newest_accepted(self, tip: str, commits: Container[str]) -> tuple[str, int] | None:
        """The first of some commits on the way from a tip along first parents, and how many steps away it is.

        None where none of them is there.
        """
        if tip in commits:
            return tip, 0
        way = enumerate(list_parents(self._walking, tip, "", "--first-parent"))
        return next(((commit, steps) for steps, (commit, _) in way if commit in commits), None)

    def _lead_to(self, tip: str, since: str) -> Lineage:
        """The commits that lead to a tip and not to another one. git is asked for them once."""
        key = tip, since
        if key not in self._lineages:
            with self._named_damage(tip, since, ()):
                self._lineages[key] = Lineage.of(tip, dict(list_parents(self._walking, tip, since)))
        return self._lineages[key]

    def walk_accepted(
        self, tip: str, roots: tuple[str, ...], since: str = "", progress: Progress | None = None
    ) -> Iterator[Step]:
        """The revisions on the first-parent chain that changed something below the folders, oldest first.

        Only those after `since`, where that is given. git goes on looking for further ones meanwhile. The progress is
        told how many commits were looked at.
        """
        steps = walk_chain(self._walking, tip, since, roots)
        numbers = {id: number for number, id in enumerate(self._lead_to(tip, since).chain, 1)} if progress else {}
        with self._named_damage(tip, since, roots):
            for step in steps:
                yield step
                if progress:
                    progress(numbers[step.commit], len(numbers))
        if progress:
            progress(len(numbers), len(numbers))

    @contextmanager
    def _named_damage(self, tip: str, since: str, roots: tuple[str, ...]) -> Iterator[None]:
        """Where git fails it says so in many ways, so the object at which it did is looked for."""
        try:
            yield
        except NoGitError:
            raise
        except MilepostError as error:
            self.require_trees(tip, since, roots)
            raise damaged_object(tip, f"what leads to it can't be read ({error.message.rstrip('.')})") from None

    def changes(self, commit: str, roots: tuple[str, ...]) -> tuple[FileChange, ...]:
        """What one commit changed below the folders against its first parent."""
        (files,) = compare_all(self._where, [(commit, self.first_parent(commit))], roots)
        return files

    def sides(self, tip: str, since: str, roots: tuple[str, ...], steps: Iterator[Step]) -> Sides:
        """What those of the steps on the way to a tip, after `since`, that are merges brought in."""
        from milepost.repository.sides import Sides

        return Sides(self._where, lambda: self._lead_to(tip, "").after(since), roots, steps)

    def is_whole(self, tip: str) -> bool:
        """Whether all objects were quickly found to be as written. If not, those that are used have to be checked."""
        from milepost.repository.wholeness import are_objects_whole

        return are_objects_whole(self.git_folder, len(tip))

    def check_walk(self, tip: str, since: str, roots: tuple[str, ...]) -> None:
        """Raises where git may have read other trees on the walk than the commits name."""
        from milepost.repository.wholeness import require_compared

        if not since:
            return self.require_trees(tip, since, roots)
        listed = [since, *self._lead_to(tip, since).chain]
        chain = [self._commit(id) for id in reversed(listed)]
        for commit, parent in pairwise(chain):
            if commit.parents[:1] != (parent.id,):
                raise damaged_object(commit.id, "git takes another commit for it")
        require_compared(self._git, pairwise(chain), roots)

    def check_sides(self, commits: Sequence[str], roots: tuple[str, ...]) -> None:
        """The same for commits on the sides of merges."""
        from milepost.repository.wholeness import require_compared, require_trees

        if len(commits) < _FEW:
            parents = (self.first_parent(commit) for commit in commits)
            edges = (
                (self._commit(commit), self._commit(parent) if parent else None)
                for commit, parent in zip(commits, parents, strict=True)
            )
            require_compared(self._git, edges, roots)
        elif not self.is_whole(commits[0]):
            require_trees(self._git, map(self._commit, commits), roots)

    def require_trees(self, tip: str, since: str, roots: tuple[str, ...]) -> None:
        """Raises where a commit on the first-parent chain after `since`, or a tree of it, is missing or damaged."""
        from milepost.repository.wholeness import require_trees

        require_trees(self._git, takewhile(lambda commit: commit.id != since, self._git.first_parents(tip)), roots)

    def first_parent(self, commit: str) -> str:
        """A commit's first parent; empty for a root commit."""
        parents = self._commit(commit).parents
        return parents[0] if parents else ""

    def read_blob(self, blob: str) -> bytes:
        """A file's bytes by object id. Raises where the object is missing, as in a partial clone."""
        return require_kind(blob, self._read(blob), "blob")

    def read_ahead(self, ids: Iterable[str]) -> None:
        """Lets git read commits and files already, which will be asked for in about this order."""
        from milepost.repository.ahead import ReadAhead

        self._coming = ReadAhead(self._where, ids)

    def _read(self, id: str) -> Object:
        found = self._coming.take(id) if self._coming else None
        return found or self._git.read(id)

    def remote_url(self) -> str | None:
        """The address of `origin`, as configured."""
        return self._git.remote_url("origin")

    def _unknown(self, name: str) -> MilepostError:
        if self.is_shallow:
            message = f"There is no branch, tag or commit {name!r} in this shallow clone."
            return MilepostError(message, _UNSHALLOW)
        return UsageError(
            f"There is no branch, tag or commit {name!r} here.", "git branch -a lists the branches there are"
        )

    def _commit(self, id: str) -> Commit:
        commit = self._commits.get(id)
        if commit is None:
            if len(self._commits) >= _KEPT:
                self._commits.clear()
            commit = self._commits[id] = parse_commit(id, self._read(id))
        return commit

    @cached_property
    def _walking(self) -> Where:
        """Where git walks over commits: by its commit-graph, if that is as it was written."""
        return (*self._where, *BY_GRAPH) if are_graphs_whole(self.git_folder) else self._where

    @cached_property
    def _mailmap(self) -> Mailmap:
        return Mailmap(self._git)


def open_repository(folder: Path) -> Repository:
    """The repository that a folder belongs to."""
    return Repository(open_git(folder))
