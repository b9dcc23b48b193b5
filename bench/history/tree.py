"""Writes a made-up tree of nested plan files with merges: `python bench/history/tree.py DIR [--quick] [--shape small]`.

Deterministic to the byte: 18,000 commits, 700 milestones that are each begun from one template, half of them half-way.
They are in two shapes: as files of two large folders, as the deliverables of OpenStack's release cycles are, or each in
a folder of its own two levels down, as the enhancements of Kubernetes are. One commit in five is made on a branch, of
one to four commits, that is merged while others go on; one in four touches the plan. One merge in twenty decides a
value by itself.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.generate import CATEGORIES, PEOPLE, import_history, plan_text  # noqa: E402

_START = int(datetime(2018, 1, 8, 9, tzinfo=UTC).timestamp())
_FIRST_DUE = date(2020, 1, 6)
_CYCLES = 2
_GROUPS = 25
_CODE_FILES = 300

#: How the files are laid out, by a word for it.
SHAPES = {"large": "in two large folders", "small": "each in a small folder of its own"}

Files = dict[str, str]


@dataclass(frozen=True)
class TreeSize:
    """How large the history is: commits, merges included, and milestones' files."""

    commits: int
    files: int


FULL = TreeSize(commits=18_000, files=700)
QUICK = TreeSize(commits=1_800, files=70)


@dataclass
class _Branch:
    """Work that is not merged yet."""

    tip: int
    left: int  # commits still to come
    files: Files = field(default_factory=dict)


def write_tree(folder: Path, size: TreeSize, shape: str = "large") -> None:
    """Makes a repository in an empty folder, with its work tree checked out."""
    import_history(folder, _Writer(size, shape).stream())


def template(number: int, version: int) -> str:
    """A version of a milestone: the template's first, in which only the name is another, and what became of it."""
    due = _FIRST_DUE + timedelta(days=number % 50 * 7 + version * 9)
    tasks = "".join(
        f"  - id: {task}\n    title: {title}\n    estimate: {days + version % 4}d..{3 * days + version}d\n"
        for task, title, days in (("draft", "Write it down", 2), ("build", "Build it", 5), ("tell", "Tell people", 1))
    )
    return (
        f"id: m-{number:03}\ntitle: Milestone number {number}\ndue: {due.isoformat()}\n"
        f"commitment: {('tentative', 'target', 'promise')[min(version // 2, 2)]}\n"
        f"because: {{{CATEGORIES[version % 7]}: change {version} of this date}}\n"
        f"owner: {PEOPLE[(number + version // 3) % len(PEOPLE)]}\noutcome: Somebody can do what the template says\n"
        f"tasks:\n{tasks}"
    )


class _Writer:
    """Commits as `git fast-import` reads them. A commit's number is its mark."""

    def __init__(self, size: TreeSize, shape: str) -> None:
        self._size = size
        self._shape = shape
        self._chance = random.Random(18_000)
        self._versions: dict[int, int] = {}
        self._begun = 0  # cycles
        self._branches: list[_Branch] = []
        self._count = 0
        self._main = 0

    def stream(self) -> Iterator[bytes]:
        """The whole history."""
        yield b"reset refs/heads/main\n"
        yield self._commit("main", (), {"plan/milepost.yaml": plan_text("A large tree")})
        self._main = self._count
        while self._count < self._size.commits:
            yield self._next()
        yield b"reset refs/heads/branch\nfrom %b\n" % (b"0" * 40)
        yield b"done\n"

    def _next(self) -> bytes:
        """One more commit: on the main line, on a branch, or a merge. The last ones merge what is still open."""
        if self._size.commits - self._count <= len(self._branches):
            return self._merge(self._branches[0])
        branch = self._chance.choice(self._branches) if self._branches and self._chance.random() < 0.5 else None
        if branch is None and self._chance.random() < 0.1:
            self._branches.append(_Branch(self._main, 1 + self._chance.randrange(4)))
            branch = self._branches[-1]
        if branch is None:
            text = self._commit("main", (self._main,), self._work({}))
            self._main = self._count
        elif branch.left:
            work = self._work(branch.files)
            branch.files |= work
            text = self._commit("branch", (branch.tip,), work)
            branch.tip, branch.left = self._count, branch.left - 1
        else:
            text = self._merge(branch)
        return text

    def _merge(self, branch: _Branch) -> bytes:
        self._branches.remove(branch)
        decided = self._change(branch.files) if self._chance.random() < 0.05 else {}
        text = self._commit("main", (self._main, branch.tip), branch.files | decided)
        self._main = self._count
        return text

    def _work(self, own: Files) -> Files:
        """What one commit changes: a folder is begun, a version of a milestone, or code."""
        if self._begun < _CYCLES and self._count >= self._begun * self._size.commits // _CYCLES:
            each = self._size.files // _CYCLES
            numbers = range(self._begun * each, (self._begun + 1) * each)
            self._begun += 1
            self._versions |= dict.fromkeys(numbers, 0)
            return {self._path(number): template(number, 0) for number in numbers}
        if self._chance.random() < 0.25:
            return self._change(own)
        return {f"src/part_{self._chance.randrange(_CODE_FILES):03}.py": f"VALUE = {self._count}\n" * 20}

    def _change(self, own: Files) -> Files:
        """The next version of a milestone that no other branch works on. `own` is what this one did."""
        busy = {path for branch in self._branches for path in branch.files} - own.keys()
        free = [number for number in self._versions if self._path(number) not in busy]
        if not free:
            return {}
        number = self._chance.choice(free)
        self._versions[number] += 1
        return {self._path(number): template(number, self._versions[number])}

    def _path(self, number: int) -> str:
        if self._shape == "small":
            return f"plan/milestones/group-{number % _GROUPS:02}/{number:04}-made-up/milestone.yaml"
        return f"plan/milestones/cycle-{number * _CYCLES // self._size.files}/m-{number:03}.yaml"

    def _commit(self, name: str, parents: tuple[int, ...], files: Files) -> bytes:
        self._count += 1
        person = PEOPLE[self._count % len(PEOPLE)]
        who = f"{person.title()} Example <{person}@example.org> {_START + self._count * 9_000} +0000"
        message = f"Merge work ({self._count})\n" if len(parents) > 1 else f"Work {self._count}\n"
        lines = [f"commit refs/heads/{name}\nmark :{self._count}\nauthor {who}\ncommitter {who}\n"]
        lines.append(f"data {len(message)}\n{message}")
        lines += [f"{'merge' if place else 'from'} :{parent}\n" for place, parent in enumerate(parents)]
        lines += [f"M 100644 inline {path}\ndata {len(text)}\n{text}\n" for path, text in files.items()]
        return "".join(lines).encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    parser.add_argument("--shape", choices=list(SHAPES), default="large", help="large folders, or a small one for each")
    arguments = parser.parse_args()
    write_tree(arguments.folder, QUICK if arguments.quick else FULL, arguments.shape)
