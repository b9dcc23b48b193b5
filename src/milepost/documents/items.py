"""Items from the files of our own format: what each file of a plan folder names."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.item import PLAN, Item, Place, Ref, Value

#: Keys of `milepost.yaml` that name items of their own, or say how to read; the rest are the plan's own fields.
_NOT_FIELDS = frozenset(("milepost", "people", "releases", "sources"))


def read_items(kind: str, path: str, data: Value | None) -> list[Item]:
    """The items of one file, as written. Whatever has no id, or is no mapping, is left to the schema."""
    if not isinstance(data, dict):
        return []
    if kind == "plan":
        return list(_plan_items(path, data))
    return list(_file_items(kind, path, data))


def _plan_items(path: str, data: dict[str, Value]) -> Iterator[Item]:
    yield Item(PLAN, {key: value for key, value in data.items() if key not in _NOT_FIELDS}, Place(path))
    for section, kind in (("people", "person"), ("releases", "release")):
        entries = data.get(section)
        for key, value in entries.items() if isinstance(entries, dict) else ():
            fields = value if isinstance(value, dict) else {"due": value} if kind == "release" else {}
            yield Item(Ref(kind, str(key)), fields, Place(path, (section, key)))


def _file_items(kind: str, path: str, data: dict[str, Value]) -> Iterator[Item]:
    id = data.get("id")
    if not isinstance(id, str) or not id:
        return
    yield Item(Ref(kind, str(id)), _fields(data), Place(path))
    tasks = data.get("tasks") if kind == "milestone" else None
    for number, task in enumerate(tasks if isinstance(tasks, list) else ()):
        if isinstance(task, dict) and isinstance(name := task.get("id"), str) and name:
            yield Item(Ref("task", f"{id}/{name}"), _fields(task), Place(path, ("tasks", number)))


def _fields(data: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in data.items() if key not in ("id", "tasks")}
