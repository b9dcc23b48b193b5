"""A second, plain implementation of accepted history: git commands and PyYAML, no code of ours, no speed.

It judges the real one on histories that are made up (tests/properties), and says the rules once more:

- A value is accepted at a commit if it differs from that of every parent. By default only first parents are looked at.
- A file that does not parse says what it said in the first parent, unless another parent has the very same file. One
  that is called by its name and was renamed says what it said under the earlier name.
- Identity is kind and id, wherever the file is; of several files the last in path order wins. A source without ids
  is its file, as `git diff-tree -M50% -l0` follows it from a parent. What vanishes and returns is one item.
- From a parent to a commit an item goes on under another id (`renamed`) if `was` begins to say so and the earlier id is
  free or given up; a milestone's tasks go along; then tasks go by their own `was`; then a task that left one milestone
  and appeared in another under the same id goes there. What it said before counts, unless the new id said something.
- A value is told under the id that its item has at the tip: along the chain of first parents, and from a branch by the
  child by which a commit was accepted first.
- The plan is where `milepost.yaml` is: in plan/, else in the root, else where it is at the tip.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

Ref = tuple[str, str]  # kind, id
Items = dict[Ref, dict[str, Any]]
Values = dict[tuple[str, str, str], list[tuple[str, Any]]]  # (kind, id, field): [(commit, value or None), …]
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

ACCEPTED = "the day on which this was accepted"

FOLDERS = {
    "goals": "goal", "milestones": "milestone", "risks": "risk", "sprints": "sprint", "feedback": "feedback",
    "reviews": "review",
}  # fmt: skip


@dataclass
class Verdict:
    """What the history should be."""

    values: Values = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)  # (commit, path)
    is_broken: bool = False  # a file of the plan's own does not parse at the tip


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
        self.renamed: dict[tuple[str, str], dict[Ref, Ref]] = {}  # by parent and commit: earlier to later
        self.found = Verdict()
        at_tip = self.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
        self.tip_home = "plan" if "plan/milepost.yaml" in at_tip or "milepost.yaml" not in at_tip else ""

    def verdict(self) -> Verdict:
        told: list[tuple[str, Ref, str, Any]] = []
        for commit, parents in self.parents.items():
            now = self.versions[commit] = self.read(commit, parents)
            for parent in parents:
                self.renamed[parent, commit] = self.follow(parent, commit)
            self.date(commit, now.items, parents)
            told += [(commit, *one) for one in self.compare(commit, now.items, parents)]
        self.found.is_broken = any(self.is_broken(*one) for one in now.blobs.items())
        heirs = self.heirs()
        for commit, ref, key, value in told:
            name, at = ref, commit
            while at in heirs:
                name, at = self.renamed[at, heirs[at]].get(name, name), heirs[at]
            self.found.values.setdefault((*name, key), []).append((commit, value))
        return self.found

    def heirs(self) -> dict[str, str]:
        """The child by which each commit was accepted first: itself accepted, else the one with the lowest id."""
        chain = self.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
        rank: dict[str, tuple[int, bool, str]] = {}
        for number, accepted in enumerate(chain):
            since = [f"^{chain[number - 1]}"] if number else []
            for commit in self.git("rev-list", accepted, *since).split():
                rank[commit] = (number, commit != accepted, commit)
        children: dict[str, list[str]] = {}
        for commit, parents in self.parents.items():
            for parent in parents:
                children.setdefault(parent, []).append(commit)
        return {parent: min(some, key=lambda commit: rank[commit]) for parent, some in children.items()}

    # What a version says.

    def read(self, commit: str, parents: list[str]) -> Version:
        listed = [line.split(maxsplit=3) for line in self.git("ls-tree", "-r", "-z", commit).split("\0") if line]
        blobs = {path: blob for mode, _, blob, path in listed if mode in ("100644", "100755") and self.wanted(path)}
        if parents and blobs == self.versions[parents[0]].blobs:
            return self.versions[parents[0]]
        self.fetch(list(blobs.values()))
        said = {path: self.say(commit, path, blob, parents) for path, blob in blobs.items()}
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
            return self.stood(commit, path, parents[0]) if parents else {}

    def stood(self, commit: str, path: str, parent: str) -> Items:
        """What a file that does not parse said before; under another name, if it is called by its name."""
        said, source = self.versions[parent].said, self.source_of(path)
        if path in said or source is None or "id" in source:
            return said.get(path, {})
        old = dict(self.renames(parent, commit)).get(path, "")
        past = said.get(old, {}).get((source["kind"], old))
        return {} if past is None else {(source["kind"], path): past}

    def is_broken(self, path: str, blob: str) -> bool:
        if self.source_of(path) is not None or _home(path) != self.tip_home:
            return False
        try:
            return parse(path, self.blobs[blob]) is None
        except (yaml.YAMLError, ValueError):
            return True

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

    def follow(self, parent: str, commit: str) -> dict[Ref, Ref]:
        """What items are called otherwise than in a parent."""
        before, now = self.versions[parent].items, self.versions[commit].items
        files = {
            (source["kind"], old): (source["kind"], new)
            for new, old in self.renames(parent, commit)
            if (source := self.source_of(new)) and "id" not in source
        }
        return by_was(before, now) | files

    def renames(self, parent: str, commit: str) -> Iterator[tuple[str, str]]:
        if all("id" in source for source in self.sources):
            return
        fields = self.git("diff-tree", "-r", "-z", "-M50%", "-l0", "--diff-filter=R", parent, commit).split("\0")
        yield from ((new, old) for old, new in zip(fields[1::3], fields[2::3], strict=False))

    # What is new.

    def date(self, commit: str, items: Items, parents: list[str]) -> None:
        """Fills in the day of acceptance: the one that a parent knows, else that of the commit."""
        for ref in [ref for ref, fields in items.items() if ACCEPTED in fields.values()]:
            olds = [(one, past(self.versions[one].items, self.renamed[one, commit]).get(ref)) for one in parents]
            before = [self.versions[one].items[old] for one, old in olds if old]
            day = datetime.fromtimestamp(int(self.git("log", "-1", "--format=%ct", commit)), UTC).date().isoformat()
            marked = [key for key, value in items[ref].items() if value == ACCEPTED]
            dated = {key: next((one[key] for one in before if one.get(key)), day) for key in marked}
            items[ref] = {**items[ref], **dated}

    def compare(self, commit: str, items: Items, parents: list[str]) -> Iterator[tuple[Ref, str, Any]]:
        pasts = [past(self.versions[one].items, self.renamed[one, commit]) for one in parents] or [{}]
        for ref in sorted({**pasts[0], **items}, key=lambda ref: (ref[0] == "task", ref)):
            olds = [before.get(ref) for before in pasts]
            sides = [self.versions[one].items[old] if old else {} for one, old in zip(parents, olds, strict=False)]
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
            fields |= source.get("set", {}) | {theirs: _look_up(value, theirs) for theirs in source.get("track", ())}
            for ours, rule in source.get("values", {}).items():
                if _look_up(value, rule["from"]) == rule["when"]:
                    fields[ours] = ACCEPTED
            items[source["kind"], id] = {ours: found for ours, found in fields.items() if found is not None}
    return items


def past(before: Items, renamed: dict[Ref, Ref]) -> dict[Ref, Ref]:
    """For every item that there was, by what it is called now: what it was called before."""
    kept = {ref: ref for ref in before if ref not in renamed}
    moved = {new: old for old, new in reversed(list(renamed.items())) if old in before}
    return moved | kept


def by_was(before: Items, now: Items) -> dict[Ref, Ref]:
    """The ids under which items go on: earlier to later."""
    others = _claims(before, now, [ref for ref in now if ref[0] != "task"], {})
    along: dict[Ref, Ref] = {}
    for old, new in others.items():
        words = {
            ref[1].split("/")[-1] for ref in (*before, *now) if ref[0] == "task" and _home_of(ref) in (old[1], new[1])
        }
        for word in words if old[0] == "milestone" else ():
            if new in others or ("task", f"{new[1]}/{word}") not in before:
                along["task", f"{old[1]}/{word}"] = ("task", f"{new[1]}/{word}")
    known: Items = {new: before[old] for new, old in past(before, along).items()}
    tasks = _claims(known, now, [ref for ref in now if ref[0] == "task"], along)
    left = [ref for ref in known if ref[0] == "task" and ref not in now and ref not in tasks]
    came = [ref for ref in now if ref[0] == "task" and ref not in known and ref not in tasks.values()]
    for new in came:
        olds, news = ([ref for ref in some if _word_of(ref) == _word_of(new)] for some in (left, came))
        if len(olds) == len(news) == 1:
            tasks[olds[0]] = new
    return others | tasks | {old: tasks.get(new, new) for old, new in along.items()}


def _claims(before: Items, now: Items, refs: list[Ref], along: dict[Ref, Ref]) -> dict[Ref, Ref]:
    """The ids that items begin to name, where those are free or given up. Who is first gets one that two items name."""
    claims = [
        (old, ref)
        for ref in sorted(refs)
        for old in _was(now[ref], ref, along)
        if old != ref and old not in _was(before.get(ref, {}), ref, along)
    ]
    while bad := [(old, ref) for old, ref in claims if old in now and old not in [new for _, new in claims]]:
        claims = [claim for claim in claims if claim not in bad]
    found: dict[Ref, Ref] = {}
    for old, ref in claims:
        if old in before and old not in found:
            found[old] = ref
    known = [(name, ref) for old, ref in found.items() for name in _was(before[old], ref, along)]
    for old, ref in claims:
        if (old, ref) not in known and old not in found:
            found[old] = ref
    return found


def _was(fields: dict[str, Any], ref: Ref, along: dict[Ref, Ref]) -> list[Ref]:
    """The earlier ids that an item names. A task names those of its own milestone, or milestone/task as it was."""
    names = [name for name in fields.get("was", ()) if isinstance(name, str)]
    if ref[0] != "task":
        return [(ref[0], name) for name in names]
    return [
        along.get(("task", name), ("task", name)) if "/" in name else ("task", f"{_home_of(ref)}/{name}")
        for name in names
    ]


def _home_of(task: Ref) -> str:
    return task[1].rpartition("/")[0]


def _word_of(task: Ref) -> str:
    return task[1].rpartition("/")[2]


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
