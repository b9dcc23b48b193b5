"""A second, plain implementation of accepted history: git commands and PyYAML, no code of ours, no speed.

It judges the real one on histories that are made up (tests/properties), and says the rules once more:

- A value is accepted at a commit if it differs from that of every parent. By default only first parents are looked at.
- A file that does not parse says what it said in the first parent, unless another parent has the very same file.
- Identity is kind and id, wherever the file is; of several files the last in path order wins. A source without ids
  is its file, as `git diff-tree -M50% -l0` follows it from a parent. What vanishes and returns is one item.
- `was` joins an id to an earlier one that is given up; a milestone's tasks go along; a task that leaves one milestone
  and appears in another under the same id is one task.
- The plan is where `milepost.yaml` is: in plan/, else in the root, else where it is at the tip.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

Ref = tuple[str, str]  # kind, id
Items = dict[Ref, dict[str, Any]]
Values = dict[tuple[str, str, str], list[tuple[str, Any]]]  # (kind, id, field): [(commit, value or None), …]
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

FOLDERS = {
    "goals": "goal", "milestones": "milestone", "risks": "risk", "sprints": "sprint", "feedback": "feedback",
    "reviews": "review",
}  # fmt: skip


@dataclass
class Verdict:
    """What the history should be."""

    values: Values = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)  # (commit, path)


@dataclass
class Version:
    """One commit: what each file is and says, and what each item says."""

    blobs: dict[str, str]
    said: dict[str, Items]
    items: Items


def judge(folder: Path, sources: list[dict[str, Any]] | None = None, all_parents: bool = False) -> Verdict:
    """Every accepted value of every field of every item, each item's oldest first."""
    return _Judge(folder, sources or [], all_parents).verdict()


class _Judge:
    def __init__(self, folder: Path, sources: list[dict[str, Any]], all_parents: bool) -> None:
        self.folder, self.sources = folder, sources
        walk = ["rev-list", "--parents", "--topo-order", "--reverse", *([] if all_parents else ["--first-parent"])]
        lines = [line.split() for line in self.git(*walk, "HEAD").splitlines()]
        self.parents = {commit: parents if all_parents else parents[:1] for commit, *parents in lines}
        self.versions: dict[str, Version] = {}
        self.blobs: dict[str, bytes] = {}
        self.numbers: dict[str, dict[Ref, int]] = {}  # by commit: which item it is, whatever it is called at the tip
        self.bearers: dict[str, dict[Ref, int]] = {}  # by commit: who had an id last, unless it was given another one
        self.used: set[int] = set()  # the numbers of the version that is looked at
        self.same: list[int] = []  # for a number: the one that stands for it
        self.found = Verdict()
        at_tip = self.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
        self.tip_home = "plan" if "plan/milepost.yaml" in at_tip or "milepost.yaml" not in at_tip else ""

    def verdict(self) -> Verdict:
        told: list[tuple[str, int, str, Any]] = []
        for commit, parents in self.parents.items():
            now = self.versions[commit] = self.read(commit, parents)
            edges = [(parent, self.continued(parent, commit)) for parent in parents]
            self.number(commit, now.items, edges)
            for ref, key, value in self.compare(now.items, edges):
                holder = commit if ref in now.items else parents[0]
                told.append((commit, self.numbers[holder][ref], key, value))
        first_parents = self.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
        names = {
            self.root(number): ref
            for commit in (*self.parents, *first_parents)
            for ref, number in self.numbers[commit].items()
        }
        for commit, number, key, value in told:
            self.found.values.setdefault((*names[self.root(number)], key), []).append((commit, value))
        return self.found

    # What a version says.

    def read(self, commit: str, parents: list[str]) -> Version:
        listed = [line.split(maxsplit=3) for line in self.git("ls-tree", "-r", "-z", commit).split("\0") if line]
        blobs = {path: blob for mode, _, blob, path in listed if mode in ("100644", "100755")}
        self.fetch([blob for path, blob in blobs.items() if self.wanted(path)])
        said = {path: self.say(commit, path, blob, parents) for path, blob in blobs.items() if self.wanted(path)}
        home = next((home for home in ("plan", "") if said.get(f"{home}/milepost.yaml".lstrip("/"))), self.tip_home)
        items: Items = {}
        for path in sorted(said):
            if self.source_of(path) is not None or _home(path) == home:
                items |= said[path]
        return Version(blobs, said, items)

    def say(self, commit: str, path: str, blob: str, parents: list[str]) -> Items:
        for parent in parents:
            if self.versions[parent].blobs.get(path) == blob:
                return self.versions[parent].said[path]
        try:
            return self.items(path, parse(path, self.blobs[blob]))
        except (yaml.YAMLError, ValueError):
            self.found.unreadable.add((commit, path))
            return self.versions[parents[0]].said.get(path, {}) if parents else {}

    def wanted(self, path: str) -> bool:
        return self.source_of(path) is not None or _own_kind(path) is not None

    def source_of(self, path: str) -> dict[str, Any] | None:
        return next((source for source in self.sources if _fits(source["files"], path)), None)

    def items(self, path: str, documents: list[Any]) -> Items:
        source = self.source_of(path)
        if source:
            return from_source(source, path, documents)
        data = documents[0] if documents and isinstance(documents[0], dict) else {}
        return from_plan(data) if _own_kind(path) == "plan" else from_file(str(_own_kind(path)), data)

    # Who is who.

    def continued(self, parent: str, commit: str) -> dict[Ref, Ref]:
        """The items that were called otherwise in a parent: new to old."""
        before, now = self.versions[parent].items, self.versions[commit].items
        joined = by_was(before, now)
        left = [ref for ref in before if ref not in now and ref not in joined.values() and ref[0] == "task"]
        came = [ref for ref in now if ref not in before and ref not in joined and ref[0] == "task"]
        for ref in came:
            word = ref[1].split("/")[-1]
            past = [old for old in left if old[1].split("/")[-1] == word]
            if len(past) == 1 and sum(other[1].split("/")[-1] == word for other in came) == 1:
                joined[ref] = past[0]
        return joined | {
            (source["kind"], new): (source["kind"], old)
            for new, old in self.renames(parent, commit)
            if (source := self.source_of(new)) and "id" not in source and (source["kind"], old) in before
            if (source["kind"], new) not in before
        }

    def renames(self, parent: str, commit: str) -> Iterator[tuple[str, str]]:
        if all("id" in source for source in self.sources):
            return
        fields = self.git("diff-tree", "-r", "-z", "-M50%", "-l0", "--diff-filter=R", parent, commit).split("\0")
        yield from ((new, old) for old, new in zip(fields[1::3], fields[2::3], strict=False))

    def number(self, commit: str, items: Items, edges: list[tuple[str, dict[Ref, Ref]]]) -> None:
        """Which item each is: the one that it was in the first parent that has it, else the last of that name."""
        mine = self.numbers[commit] = {}
        self.used = set()
        bearer = self.left_over(edges)
        for parent, renamed in [*edges, ("", {})]:
            for ref in sorted(items.keys() - mine.keys()):
                one = _former(ref, renamed, self.versions[parent]) if parent else None
                past = self.numbers[parent].get(one) if one else None if parent else bearer.get(ref, len(self.same))
                if past is not None:
                    self.take(mine, ref, past, is_last=not parent)
        for parent, renamed in edges:
            gone = {**{new: new for new in renamed}, **ended(self.versions[parent].items, items, renamed)}
            gone = dict(sorted(gone.items(), key=lambda one: one[0] == one[1]))
            for new, old in gone.items():
                if old in bearer:
                    self.unite(mine, new, bearer.pop(old))
        for parent, renamed in edges[1:]:
            for ref in items:
                if former := _former(ref, renamed, self.versions[parent]):
                    self.unite(mine, ref, self.numbers[parent][former])
        self.bearers[commit] = bearer | mine

    def left_over(self, edges: list[tuple[str, dict[Ref, Ref]]]) -> dict[Ref, int]:
        """Who had each id last, but for those that are called otherwise now."""
        bearer: dict[Ref, int] = {}
        for parent, _ in reversed(edges):
            bearer |= self.bearers[parent]
        for parent, renamed in edges:
            for old in renamed.values():
                if bearer.get(old) == self.numbers[parent][old]:
                    del bearer[old]
        return bearer

    def unite(self, mine: dict[Ref, int], ref: Ref, other: int) -> None:
        """Two numbers turn out to be one item, unless they are two of one version."""
        if self.root(other) not in self.used:
            self.same[self.root(other)] = self.root(mine[ref])

    def take(self, mine: dict[Ref, int], ref: Ref, number: int, is_last: bool) -> None:
        """Gives an item a number that no other one of its version has."""
        number = self.root(number) if number < len(self.same) else number
        if number in self.used and is_last:
            number = len(self.same)
        if number not in self.used:
            self.used.add(number)
            mine[ref] = number
        if number == len(self.same):
            self.same.append(number)

    def root(self, number: int) -> int:
        while self.same[number] != number:
            number = self.same[number]
        return number

    # What is new.

    def compare(self, items: Items, edges: list[tuple[str, dict[Ref, Ref]]]) -> Iterator[tuple[Ref, str, Any]]:
        first = self.versions[edges[0][0]].items if edges else {}
        for ref in sorted({**first, **items}, key=lambda ref: (ref[0] == "task", ref)):
            olds = [_former(ref, renamed, self.versions[parent]) for parent, renamed in edges] or [None]
            sides = [
                self.versions[parent].items[old] if old else {} for (parent, _), old in zip(edges, olds, strict=False)
            ]
            now = items.get(ref, {})
            for key in {name: 0 for side in (now, *sides[:1]) for name in side}:
                if all(side.get(key) != now.get(key) for side in sides):
                    yield ref, key, now.get(key)
            has_file = self.source_of(ref[1]) is not None
            if ref in items and any(olds) and not has_file and all(old != ref for old in olds if old):
                yield ref, "id", ref[1]

    # Reading.

    def git(self, *arguments: str) -> str:
        return self.run(*arguments).decode("utf-8", "surrogateescape")

    def fetch(self, ids: list[str]) -> None:
        """Reads blobs that were not read before, all in one go."""
        new = [id for id in dict.fromkeys(ids) if id not in self.blobs]
        command = ["git", "-C", str(self.folder), "cat-file", "--batch"]
        out = subprocess.run(command, input="\n".join(new).encode(), capture_output=True, check=True).stdout
        for id in new:
            head, _, rest = out.partition(b"\n")
            size = int(head.split()[2])
            self.blobs[id], out = rest[:size], rest[size + 1 :]

    def run(self, *arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(self.folder), *arguments], capture_output=True, check=True).stdout


def parse(path: str, data: bytes) -> list[Any]:
    """The documents of a file, all scalars as text."""
    text = data.decode("utf-8-sig")
    if path.endswith(".json"):
        return [_as_text(json.loads(text, parse_int=str, parse_float=str))]
    if path.endswith(".md"):
        lines = text.replace("\r\n", "\n").split("\n")
        if lines[0].rstrip() != "---":
            return []
        text = "\n".join(lines[1 : [line.rstrip() for line in lines].index("---", 1)])
    return list(yaml.load_all(text, Loader=Loader))


def from_plan(data: dict[str, Any]) -> Items:
    """The items of milepost.yaml."""
    other = ("milepost", "people", "releases", "sources")
    items: Items = {("plan", "plan"): {key: value for key, value in data.items() if key not in other}} if data else {}
    for id, person in (data.get("people") or {}).items():
        items["person", id] = person if isinstance(person, dict) else {}
    for id, release in (data.get("releases") or {}).items():
        items["release", id] = release if isinstance(release, dict) else {"due": release}
    return items


def from_file(kind: str, data: dict[str, Any]) -> Items:
    """The items of another file of the plan."""
    id = data.get("id")
    if not isinstance(id, str) or not id:
        return {}
    items = {(kind, id): _without_id(data)}
    for task in data.get("tasks", ()) if kind == "milestone" else ():
        items["task", f"{id}/{task['id']}"] = _without_id(task)
    return items


def from_source(source: dict[str, Any], path: str, documents: list[Any]) -> Items:
    """The items of a file of another shape."""
    items: Items = {}
    for document in documents:
        for key, value in _walk(document, source.get("each")):
            blanks = {"key": key, "stem": PurePosixPath(path).stem, "dir": PurePosixPath(path).parent.name}
            id = _fill(source["id"], blanks, value) if "id" in source else path
            if id is None or (source.get("same_id") == "first" and (source["kind"], id) in items):
                continue
            fields = {ours: _look_up(value, theirs) for ours, theirs in source["fields"].items()}
            items[source["kind"], id] = {ours: found for ours, found in fields.items() if found is not None}
    return items


def by_was(before: Items, now: Items) -> dict[Ref, Ref]:
    """What items begin to say about their earlier ids, where these are free or given up in the same change."""
    joined = _claims([ref for ref in now if ref[0] != "task"], before, now, {})
    tasks: dict[Ref, Ref] = {}
    given_up = {old for new, old in joined.items() if new[0] == "milestone"}
    for new, old in joined.items() if given_up else ():
        for task in before:
            moved = ("task", f"{new[1]}/{task[1].split('/')[-1]}")
            taken = task[0] == "task" and task[1].split("/")[0] == old[1] and moved in now
            if taken and (moved not in before or new in given_up):
                tasks[moved] = task
    rest = [ref for ref in now if ref[0] == "task" and ref not in tasks]
    own = _claims(rest, before, now, joined)
    return joined | {new: old for new, old in own.items() if old not in tasks.values()} | tasks


def ended(before: Items, now: Items, renamed: dict[Ref, Ref]) -> dict[Ref, Ref]:
    """Ids that items begin to name as earlier ones, and that had ended before."""
    return {
        ref: (ref[0], name)
        for ref in now
        for name in now[ref].get("was", ())
        if ref[0] != "task" and name not in before.get(ref, {}).get("was", ())
        if ref not in renamed and ((ref[0], name) not in now or (ref[0], name) in renamed)
    }


def _claims(refs: list[Ref], before: Items, now: Items, milestones: dict[Ref, Ref]) -> dict[Ref, Ref]:
    claims: dict[Ref, Ref] = {}
    for ref in refs:
        fresh = [name for name in now[ref].get("was", ()) if name not in before.get(ref, {}).get("was", ())]
        olds = [_full(ref, name, before, milestones) for name in fresh]
        if olds := [old for old in olds if old != ref]:
            claims[ref] = olds[0]
    while bad := [ref for ref, old in claims.items() if old in now and old not in claims]:
        for ref in bad:
            del claims[ref]
    return {ref: old for ref, old in claims.items() if old in before and (ref not in before or ref in claims.values())}


def _full(ref: Ref, name: str, before: Items, milestones: dict[Ref, Ref]) -> Ref:
    kind, id = ref
    if kind != "task" or "/" in name:
        return kind, name
    milestone = id.split("/")[0]
    earlier = milestones.get(("milestone", milestone), ("milestone", milestone))[1]
    here = (kind, f"{milestone}/{name}")
    return here if here in before else (kind, f"{earlier}/{name}")


def _former(ref: Ref, renamed: dict[Ref, Ref], before: Version) -> Ref | None:
    if ref in renamed:
        return renamed[ref]
    return ref if ref in before.items and ref not in renamed.values() else None


def _home(path: str) -> str | None:
    return next((home for home in ("plan", "") if _kind_in(home, path)), None)


def _own_kind(path: str) -> str | None:
    return _kind_in("plan", path) or _kind_in("", path)


def _kind_in(home: str, path: str) -> str | None:
    inside = path.removeprefix(f"{home}/") if home else path
    if inside == path and home:
        return None
    if inside == "milepost.yaml":
        return "plan"
    first, _, rest = inside.partition("/")
    return FOLDERS.get(first) if rest.endswith((".yaml", ".yml")) else None


def _walk(document: Any, each: str | None) -> list[tuple[str | None, Any]]:
    if each is None:
        return [(None, document)]
    holder = document if each == "." else _look_up(document, each)
    if isinstance(holder, dict):
        return list(holder.items())
    return [(None, entry) for entry in holder] if isinstance(holder, list) else []


def _fill(template: str, blanks: dict[str, str | None], value: Any) -> str | None:
    found = {name: blanks.get(name) or _look_up(value, name) for name in re.findall(r"\{([^}]+)\}", template)}
    if any(not isinstance(text, str) for text in found.values()):
        return None
    return re.sub(r"\{([^}]+)\}", lambda match: str(found[match[1]]), template) or None


def _look_up(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _fits(glob: str, path: str) -> bool:
    parts = re.split(r"(\*\*/|\*)", glob)
    regex = "".join({"**/": "(.*/)?", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts)
    return re.fullmatch(regex, path) is not None


def _without_id(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("id", "tasks")}


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_as_text(entry) for entry in value]
    return value if isinstance(value, str) else json.dumps(value)
