"""One git repository: its accepted branch, its revisions, and which files each of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, Option, SortMode

from milepost.errors import MilepostError, UsageError
from milepost.model.history import Identity, Revision
from milepost.repository.files import CommitTree, WorkTree
from milepost.repository.trees import ABSENT, Memo, Side, TreeDiff

# libgit2 hashes every object that it reads, a quarter of the time of `log`; git does not, and relies as we do on the
# checksum of zlib, by which flipped bits are found too.
pygit2.option(Option.ENABLE_STRICT_HASH_VERIFICATION, False)

_UNSHALLOW = "git fetch --unshallow  (in GitHub Actions: fetch-depth: 0 for actions/checkout)"
_REGULAR = (FileMode.BLOB, FileMode.BLOB_EXECUTABLE)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one accepted revision did to one file. A blob is empty where there is no regular file."""

    path: str
    old_blob: str
    blob: str


@dataclass(frozen=True, slots=True)
class Step:
    """One accepted revision that touched the plan's folders, with what it changed there against its first parent."""

    commit: str
    parent: str  # empty for a root commit
    files: tuple[FileChange, ...]
    is_merge: bool


class Repository:
    """A repository opened for reading. References are resolved once, so that one command sees one state."""

    def __init__(self, git: pygit2.Repository) -> None:
        self._git = git
        self._mailmap = pygit2.Mailmap.from_repository(git)
        self._identities: dict[tuple[bytes, bytes], Identity] = {}

    @property
    def work_folder(self) -> Path | None:
        """The root of the work tree; None in a bare repository."""
        return Path(self._git.workdir) if self._git.workdir else None

    @property
    def git_folder(self) -> Path:
        """The repository's own folder, mostly called `.git`."""
        return Path(self._git.path)

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
        return CommitTree(self._git, self._commit(commit), name)

    def accepted_branch(self, name: str | None = None) -> tuple[str, str] | None:
        """Name and tip of the branch whose first-parent chain is accepted history; None where nothing is committed.

        The named one, else origin's default branch, else main, master or the current branch.
        """
        if name is not None:
            return name, self.resolve(name)
        remote = self._git.references.get("refs/remotes/origin/HEAD")
        candidates = [remote.target] if remote and isinstance(remote.target, str) else []
        candidates += ["refs/heads/main", "refs/heads/master"]
        for full_name in candidates:
            if full_name in self._git.references:
                short = full_name.removeprefix("refs/heads/").removeprefix("refs/remotes/")
                return short, str(self._git.references[full_name].peel(pygit2.Commit).id)
        if self._git.head_is_unborn:
            return None
        short = "HEAD" if self._git.head_is_detached else self._git.head.shorthand
        return short, str(self._git.head.peel(pygit2.Commit).id)

    def resolve(self, name: str) -> str:
        """The commit that a name means. A branch wins over a tag of the same name."""
        for prefix in ("refs/heads/", "refs/remotes/"):
            if pygit2.reference_is_valid_name(prefix + name) and prefix + name in self._git.references:
                return str(self._git.references[prefix + name].peel(pygit2.Commit).id)
        try:
            return str(self._git.revparse_single(name).peel(pygit2.Commit).id)
        except (KeyError, ValueError, pygit2.GitError):
            if self.is_shallow:
                message = f"There is no branch, tag or commit {name!r} in this shallow clone."
                raise MilepostError(message, _UNSHALLOW) from None
            cure = "git branch -a lists the branches there are"
            raise UsageError(f"There is no branch, tag or commit {name!r} here.", cure) from None

    def merge_base(self, one: str, other: str) -> str:
        """The commit where two lines of history parted. Raises where there is none, or it is cut off."""
        base = self._git.merge_base(one, other)
        if base is not None:
            return str(base)
        if self.is_shallow:
            raise MilepostError(
                "The commit where the two versions parted is not in this shallow clone.",
                _UNSHALLOW,
            )
        raise MilepostError("The two versions have no common history.", "name both: milepost diff BASE..HEAD")

    def revision(self, commit: str) -> Revision:
        """Who committed what and when, after the mailmap."""
        found = self._commit(commit)
        subject, _, body = found.raw_message.decode("utf-8", "replace").strip().partition("\n")
        return Revision(str(found.id), self._identity(found), found.commit_time, subject.strip(), body.strip())

    def count_accepted(self, tip: str) -> int:
        """How many revisions are on the first-parent chain."""
        return sum(1 for _ in self._first_parents(tip))

    def walk_accepted(self, tip: str, roots: tuple[str, ...], memo: Memo) -> Iterator[Step]:
        """The revisions on the first-parent chain that changed something below the folders, oldest first.

        Commits are compared by the ids of the folders first: most touch no plan and cost two look-ups. What differs
        between two folders is remembered in the memo.
        """
        trees = TreeDiff(self._git, memo)
        touched: list[tuple[pygit2.Commit, pygit2.Commit | None]] = []
        newer: tuple[pygit2.Commit, tuple[object, ...]] | None = None
        for commit in self._first_parents(tip):
            folders = _folders(commit, roots)
            if newer and newer[1] != folders:
                touched.append((newer[0], commit))
            newer = commit, folders
        if newer and any(newer[1]):
            touched.append((newer[0], None))
        for commit, parent in reversed(touched):
            yield self._step(commit, parent, roots, trees)

    def changes(self, commit: str, roots: tuple[str, ...], memo: Memo) -> tuple[FileChange, ...]:
        """What one commit changed below the folders against its first parent."""
        found = self._commit(commit)
        parent = self._commit(str(found.parent_ids[0])) if found.parent_ids else None
        return self._step(found, parent, roots, TreeDiff(self._git, memo)).files

    def side_commits(self, merge: str) -> Iterator[str]:
        """The commits that a merge brought in beside its first parent's, newest first."""
        parents = self._commit(merge).parent_ids
        walker = self._git.walk(parents[1], SortMode.TOPOLOGICAL)
        for parent in parents[2:]:
            walker.push(parent)
        walker.hide(parents[0])
        yield from (str(commit.id) for commit in walker)

    def first_parent(self, commit: str) -> str:
        """A commit's first parent; empty for a root commit."""
        parents = self._commit(commit).parent_ids
        return str(parents[0]) if parents else ""

    def read_blob(self, blob: str) -> bytes:
        """A file's bytes by object id. Raises where the object is missing, as in a partial clone."""
        try:
            return self._git.read(blob)[1]
        except (KeyError, pygit2.GitError):
            raise MilepostError(
                f"The object {blob} is missing: this is a partial clone, or the repository is damaged.",
                "git fetch --refetch --no-filter origin   (or, to look for damage: git fsck)",
            ) from None

    def remote_url(self) -> str | None:
        """The address of `origin`, as configured."""
        if "origin" not in [remote.name for remote in self._git.remotes]:
            return None
        return self._git.remotes["origin"].url

    def _first_parents(self, tip: str) -> Iterator[pygit2.Commit]:
        commit = self._commit(tip)
        while True:
            yield commit
            parents = commit.parent_ids
            if not parents:
                return
            commit = self._commit(str(parents[0]))

    def _step(
        self, commit: pygit2.Commit, parent: pygit2.Commit | None, roots: tuple[str, ...], trees: TreeDiff
    ) -> Step:
        before = [_folder_entry(parent, root) for root in roots]
        after = [_folder_entry(commit, root) for root in roots]
        changes = tuple(
            FileChange(*change)
            for root, old, new in zip(roots, before, after, strict=True)
            for change in trees.compare(root, old, new)
        )
        return Step(str(commit.id), str(parent.id) if parent else "", changes, len(commit.parent_ids) > 1)

    def _commit(self, commit: str) -> pygit2.Commit:
        try:
            return self._git[commit].peel(pygit2.Commit)
        except (KeyError, pygit2.GitError):
            raise MilepostError(
                f"The commit {commit} is missing: the repository is damaged or cut off.",
                "git fsck shows what is missing; git fetch --unshallow brings back what a shallow clone left out",
            ) from None

    def _identity(self, commit: pygit2.Commit) -> Identity:
        author = commit.author
        key = author.raw_name, author.raw_email
        if key not in self._identities:
            known = self._mailmap.resolve_signature(author)
            parts = (known.raw_name.decode("utf-8", "replace"), known.raw_email.decode("utf-8", "replace"))
            self._identities[key] = Identity(*parts)
        return self._identities[key]


def open_repository(folder: Path) -> Repository:
    """The repository that a folder belongs to."""
    try:
        path = pygit2.discover_repository(str(folder))
        if path is None:
            raise MilepostError("This is not a git repository.", "git init")
        return Repository(pygit2.Repository(path))
    except pygit2.GitError as error:
        if "not owned" in str(error):
            raise MilepostError(
                "The repository belongs to another user, and git does not trust it.",
                f"git config --global --add safe.directory {folder.resolve()}",
            ) from None
        raise MilepostError(
            f"The repository can't be opened: {error}.", "git status says what git makes of it"
        ) from None


def _folders(commit: pygit2.Commit, roots: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(_folder_id(commit, root) for root in roots)


def _folder_id(commit: pygit2.Commit, root: str) -> object:
    if not root:
        return commit.tree_id
    try:
        return commit.tree[root].id
    except KeyError:
        return None


def _folder_entry(commit: pygit2.Commit | None, root: str) -> Side:
    """A root's mode and id in a commit; it may be a folder or a single file."""
    if commit is None:
        return ABSENT
    if not root:
        return Side(FileMode.TREE, str(commit.tree_id))
    try:
        found = commit.tree[root]
    except KeyError:
        return ABSENT
    return Side(found.filemode, str(found.id))
