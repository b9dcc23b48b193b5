"""Values that are lists or mappings in plain words: votes, roles, measures and the like as people would say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from milepost.model.item import Value

#: What ids are called, where a report calls them something else.
Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})


def value_words(value: Value | None, field: str = "", names: Names = NO_NAMES) -> str:
    """A written value of a field on one line: text as it is, a list or a mapping by its entries."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return " ".join(value.split()) or '""'
    if field in _ENTRIES:
        return "; ".join(entry_words(field, key, entry, names) for key, entry in _entries(value)) or "nothing"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_words, value)) + "]"
    return "{" + ", ".join(f"{key}: {value_words(entry)}" for key, entry in value.items()) + "}"


def entry_words(field: str, key: str, value: Value, names: Names = NO_NAMES) -> str:
    """One entry of a field that is a mapping or a list (`key` is empty in a list)."""
    words = _ENTRIES.get(field, _other)
    return words(key, value, names)


def _entries(value: Value) -> list[tuple[str, Value]]:
    return list(value.items()) if isinstance(value, dict) else [("", entry) for entry in value]


def _other(key: str, value: Value, _: Names) -> str:
    return f"{key}: {value_words(value)}" if key else value_words(value)


def _vote(person: str, value: Value, names: Names) -> str:
    """`ada 4`, `bo 2 (slow): the vendor API still changes`."""
    if not isinstance(value, dict):
        return f"{names.get(person, person)} {value_words(value)}"
    pace = f" ({_get(value, 'pace')})" if "pace" in value else ""
    says = f": {_get(value, 'says')}" if "says" in value else ""
    return f"{names.get(person, person)} {_get(value, 'feasible')}{pace}{says}"


def _role(role: str, value: Value, names: Names) -> str:
    """`responsible bo (writes the importer), cy`."""
    does = value if isinstance(value, dict) else {}
    people = [f"{names.get(one, one)}{f' ({value_words(does[one])})' if one in does else ''}" for one in _texts(value)]
    return f"{role} {', '.join(people) or 'nobody'}"


def _shipped(key: str, value: Value, names: Names) -> str:
    return f"thanks to {_people(value, names)}" if key == "thanks" else value_words(value)


def _agreement(_: str, value: Value, names: Names) -> str:
    """`legal to public-beta (recorded by ada)`."""
    if not isinstance(value, dict):
        return value_words(value)
    recorded = f" (recorded by {_people(value['recorded_by'], names)})" if "recorded_by" in value else ""
    return f"{_people(value.get('who', ''), names)} to {_people(value.get('about', []), names)}{recorded}"


def _action(_: str, value: Value, names: Names) -> str:
    """`Ask for a test key (bo, due 2027-01-22)`."""
    if not isinstance(value, dict):
        return value_words(value)
    facts = [_people(value["owner"], names)] if "owner" in value else []
    facts += [f"{key} {_get(value, key)}" for key in ("due", "done") if key in value]
    return _get(value, "text") + (f" ({', '.join(facts)})" if facts else "")


def _measure(_: str, value: Value, __: Names) -> str:
    """`8 of 10 testers publish unaided (met 2027-02-20)`."""
    if not isinstance(value, dict):
        return value_words(value)
    return _get(value, "text") + (f" (met {_get(value, 'met')})" if "met" in value else "")


def _mitigation(_: str, value: Value, names: Names) -> str:
    """`Run our own renderer (bo, due 2027-02-01), leaves 10% of 2d..4d`."""
    if not isinstance(value, dict):
        return value_words(value)
    left = [_get(value, key) for key in ("probability", "impact") if key in value]
    words = _action("", {**value, "text": value.get("action", "")}, names)
    return words + (f", leaves {' of '.join(left)}" if left else "")


def _link(_: str, value: Value, names: Names) -> str:
    """`importer/schema (SS, lag 3d)`."""
    if not isinstance(value, dict):
        return _people(value, names)
    facts = [_get(value, "type")] if "type" in value else []
    facts += [f"lag {_get(value, 'lag')}"] if "lag" in value else []
    return _people(value.get("item", ""), names) + (f" ({', '.join(facts)})" if facts else "")


def _rule(name: str, value: Value, _: Names) -> str:
    """`must-share limit 60%`, `stale ignore`."""
    if not isinstance(value, dict):
        return f"{name} {value_words(value)}"
    return f"{name} {', '.join(f'{key} {value_words(entry)}' for key, entry in value.items())}"


def _people(value: Value, names: Names) -> str:
    return ", ".join(names.get(one, one) for one in _texts(value)) or "nobody"


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [str(value)] if value else []
    return [str(entry) for entry in value if isinstance(entry, str)]


def _get(value: dict[str, Value], key: str) -> str:
    return value_words(value.get(key, ""))


_ENTRIES: dict[str, Callable[[str, Value, Names], str]] = {
    "votes": _vote,
    "raci": _role,
    "shipped": _shipped,
    "agreed": _agreement,
    "actions": _action,
    "rules": _rule,
    "because": _other,
    "measures": _measure,
    "mitigation": _mitigation,
    "depends_on": _link,
}
