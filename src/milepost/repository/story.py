"""A history from folders: each folder is a commit. The demo is made this way, and so are the tests' histories.

A folder's `COMMIT` file reads like an e-mail: headers (`Date`, `Author`, optional `Branch`, `Merge`, repeated `Rename`
and `Delete`), a blank line, the message. Its other files are laid over the tree before. All dates, in files and
messages, can be shifted by whole weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import Message
from email.parser import Parser
from email.utils import parseaddr
from pathlib import Path

import pygit2

from milepost.errors import MilepostError

COMMIT_FILE = "COMMIT"
_MAIN = "main"
_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One commit of a story, with its dates shifted."""

    headers: Message
    message: str
    files: dict[str, bytes]

    @property
    def when(self) -> datetime:
        """When it was authored and committed."""
        return datetime.fromisoformat(self.headers["Date"])


def read_story(folder: Path, last_day: date | None = None) -> list[Chapter]:
    """The chapters of a story in order. With `last_day` the story ends within the week before that day."""
    folders = sorted(path.parent for path in folder.glob(f"*/{COMMIT_FILE}"))
    shift = _weeks(folders, last_day) if last_day else timedelta()
    return [_read_chapter(path, shift) for path in folders]


def write_story(chapters: Iterable[Chapter], folder: Path) -> int:
    """Makes a repository with a work tree at `main` in an empty or missing folder; returns the number of commits."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MilepostError(f"{folder} exists and is not empty.", "name another folder, or remove it first")
    git = pygit2.init_repository(str(folder), initial_head=_MAIN)
    count = 0
    for chapter in chapters:
        _commit(git, chapter)
        count += 1
    git.checkout(f"refs/heads/{_MAIN}", strategy=pygit2.enums.CheckoutStrategy.FORCE)
    return count


def _weeks(folders: list[Path], last_day: date) -> timedelta:
    days = [_read_chapter(path, timedelta()).when.date() for path in folders]
    return timedelta(weeks=(last_day - max(days)).days // 7)


def _read_chapter(folder: Path, shift: timedelta) -> Chapter:
    text = _shift((folder / COMMIT_FILE).read_text(encoding="utf-8"), shift)
    headers = Parser().parsestr(text)
    files = {
        path.relative_to(folder).as_posix(): _shift(path.read_text(encoding="utf-8"), shift).encode()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / COMMIT_FILE
    }
    return Chapter(headers, str(headers.get_payload()).strip() + "\n", files)


def _shift(text: str, by: timedelta) -> str:
    return _DATE.sub(lambda match: (date.fromisoformat(match[0]) + by).isoformat(), text) if by else text


def _commit(git: pygit2.Repository, chapter: Chapter) -> None:
    headers = chapter.headers
    branch = headers.get("Branch", _MAIN)
    tip = _tip(git, branch) or _tip(git, _MAIN)
    merged = _tip(git, headers["Merge"]) if "Merge" in headers else None
    index = pygit2.Index()
    if merged and tip:
        index = git.merge_commits(tip, merged)
    elif tip:
        index.read_tree(tip.tree)
    _lay_over(git, index, chapter)
    who = _signature(headers["Author"], chapter.when)
    parents = [commit.id for commit in (tip, merged) if commit]
    commit = git.create_commit(None, who, who, chapter.message, index.write_tree(git), parents)
    git.references.create(f"refs/heads/{branch}", commit, force=True)


def _lay_over(git: pygit2.Repository, index: pygit2.Index, chapter: Chapter) -> None:
    for line in chapter.headers.get_all("Rename", []):
        old, _, new = line.partition(" -> ")
        entry = index[old]
        index.remove(old)
        index.add(pygit2.IndexEntry(new, entry.id, entry.mode))
    for path in chapter.headers.get_all("Delete", []):
        index.remove(path)
    for path, data in chapter.files.items():
        index.add(pygit2.IndexEntry(path, git.create_blob(data), pygit2.enums.FileMode.BLOB))


def _tip(git: pygit2.Repository, branch: str) -> pygit2.Commit | None:
    name = f"refs/heads/{branch}"
    return git.references[name].peel(pygit2.Commit) if name in git.references else None


def _signature(author: str, when: datetime) -> pygit2.Signature:
    name, email = parseaddr(author)
    offset = when.utcoffset() or timedelta()
    return pygit2.Signature(name, email, int(when.timestamp()), int(offset.total_seconds()) // 60)
