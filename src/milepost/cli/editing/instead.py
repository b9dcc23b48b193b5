"""What to type for an item of a kind that a command does not know."""

from __future__ import annotations

from milepost.model.item import Item

#: By kind, how an item is taken out of a plan whose kind is not `dropped`.
_GONE = {
    "risk": "milepost set {id} closed=DATE   (or occurred=DATE)",
    "person": "milepost set plan people.{id}=   takes somebody out",
    "release": "milepost set plan releases.{id}=   takes a release out",
    "plan": "name a milestone or a task",
}
_DELETE = "delete {path}; git keeps what it said"


def instead(command: str, item: Item) -> str:
    """The hint for an item that a command (`drop`, `start`, `finish`, `vote`, `new`) can't be used on."""
    kind, id = item.ref
    if command == "vote" and kind == "task":
        return f"milepost vote {id.rpartition('/')[0]} N"
    if command == "drop" or kind == "risk":
        return _GONE.get(kind, _DELETE).format(id=id, path=item.place.path)
    return "name a milestone" if command in ("vote", "new") else "name a milestone or a task"
