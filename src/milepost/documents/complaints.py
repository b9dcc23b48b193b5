"""What the schema found, in words: where it is, what is wrong, and what to type instead.

The wording is by keyword and path. A validator's own messages differ between its versions and speak of schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from milepost.documents.forms import FORMS, describe, show
from milepost.documents.marked import Problem, locate
from milepost.model.item import Pointer, Value
from milepost.model.nearest import Nearest

#: Keys that people try first, and what says it here: the first that the mapping in question has.
_INSTEAD = {
    "name": ("title",),
    "deadline": ("due", "end"),
    "date": ("due",),
    "assignee": ("owner",),
    "responsible": ("owner",),
    "accountable": ("owner",),
    "dependencies": ("depends_on",),
    "effort": ("estimate",),
    "description": ("notes",),
    "reason": ("because",),
    "begin": ("start", "started"),
    "until": ("end", "due"),
    "due": ("end",),
    "tasks": ("items",),
    "text": ("said", "action", "note"),
    "comment": ("says", "said", "notes"),
    "quote": ("said",),
    "rating": ("score",),
    "by": ("from", "recorded_by"),
    "who": ("owner", "from"),
    "participants": ("attended",),
    "attendees": ("attended",),
    "present": ("attended",),
    "decided": ("decisions",),
    "vote": ("votes", "feasible"),
    "confidence": ("votes", "feasible"),
}

#: The same where it takes more than another word.
_ADVICE = {
    "status": ("started", "status follows from dates: write `started`, `finished` or `dropped` with a day"),
    "progress": ("tasks", "progress follows from dates: write `finished` beside each task that is done"),
    "consulted": ("raci", "write it under `raci`: {consulted: [legal]}"),
    "informed": ("raci", "write it under `raci`: {informed: [sales]}"),
    "thanks": ("shipped", "write it under `shipped`: {note: …, thanks: [bo]}"),
}

_TYPES = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


class Breach(NamedTuple):
    """One keyword of the schema that a value does not keep to. `in_name` is for a key that is none, not its value."""

    keyword: str
    limit: Any
    value: Any
    schema: dict[str, Any]
    pointer: Pointer
    in_name: bool = False

    def about(self, key: str) -> dict[str, Any]:
        """What the schema says about a key of the mapping."""
        found: dict[str, Any] = self.schema.get("properties", {}).get(key, {})
        return found


class _Fault(NamedTuple):
    """One thing that is wrong, before it has a line. `at_key` is for what concerns a key, not its value."""

    rule: str
    pointer: Pointer
    message: str
    hint: str
    at_key: bool = False


def explain(data: Value | None, breaches: Iterable[Breach]) -> list[Problem]:
    """The problems behind the breaches, each once, in the order of the file."""
    nearest = Nearest()
    faults = {fault for breach in breaches for fault in _faults(breach, nearest)}
    guessed = {fault.hint for fault in faults if fault.rule == "unknown-key"}
    problems = [
        Problem(fault.rule, *locate(data, fault.pointer, fault.at_key), fault.message, fault.hint)
        for fault in faults
        if fault.rule != "missing-key" or not _is_guessed(fault, guessed)
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.rule, problem.message))


def _is_guessed(missing: _Fault, hints: set[str]) -> bool:
    """Whether a key is missing only because it is misspelt, which the unknown key's hint says already."""
    return any(f"did you mean {key}?" in hints for key in missing.message.split())


def _faults(breach: Breach, nearest: Nearest) -> Iterator[_Fault]:
    pointer, value = breach.pointer, breach.value
    match breach.keyword:
        case "additionalProperties":
            yield from _unknown_keys(breach, nearest)
        case "required":
            yield from _missing_keys(breach)
        case "anyOf" | "oneOf":
            yield _no_alternative(breach)
        case "type" if not pointer:
            found = "the file is empty" if value is None else f"this file is {_type_of(value)}"
            yield _Fault("wrong-type", pointer, f"Expected mapping, but {found}.", "write `key: value` lines")
        case _ if value is None:
            yield _Fault("wrong-type", pointer, f"{_name(pointer)} has no value.", _fill_in(breach))
        case "type":
            yield _wrong_type(breach)
        case _:
            yield _bad_value(breach, nearest)


def _unknown_keys(breach: Breach, nearest: Nearest) -> Iterator[_Fault]:
    pointer, known = breach.pointer, list(breach.schema.get("properties", ()))
    for key in breach.value:
        at = (*pointer, key)
        if key not in known:
            where = "" if not pointer else f" in {_name(pointer)}"
            hint = _guess(key, known, nearest)
            yield _Fault("unknown-key", at, f"The key {show(key)} is not known{where}.", hint, True)


def _missing_keys(breach: Breach) -> Iterator[_Fault]:
    for key in breach.limit:
        if key not in breach.value:
            message = f"{_name(breach.pointer)} has no {key} but needs one."
            yield _Fault("missing-key", breach.pointer, message, f"add `{key}: {_example(breach.about(key))}`")


def _no_alternative(breach: Breach) -> _Fault:
    keys = [key for option in breach.limit for key in option.get("required", ())]
    choice = f"{', '.join(keys[:-1])} or {keys[-1]}"
    message = f"{_name(breach.pointer)} needs at least one of {choice} to be planned with."
    return _Fault("missing-key", breach.pointer, message, f"add `{keys[0]}: {_example(breach.about(keys[0]))}`")


def _wrong_type(breach: Breach) -> _Fault:
    value, pointer = breach.value, breach.pointer
    wanted = [breach.limit] if isinstance(breach.limit, str) else breach.limit
    choice = " or ".join(_TYPES[name] for name in wanted)
    message = f"{_name(pointer)} has to be {choice}, and this is {_type_of(value)}."
    return _Fault("wrong-type", pointer, message, _retype(value, wanted, breach))


def _retype(value: Any, wanted: list[str], breach: Breach) -> str:
    if "string" in wanted and not isinstance(value, list | dict):
        return f'quote it: "{value}"' if breach.schema.get("x-name") in ("text", "notes") else _fill_in(breach)
    if wanted == ["array"] and isinstance(value, str) and len(value) < 40:
        return f"write it as a list: [{value}]"
    return _fill_in(breach)


def _bad_value(breach: Breach, nearest: Nearest) -> _Fault:
    if breach.keyword == "const":
        return _other_version(breach)
    if breach.keyword == "enum":
        return _not_among(breach, nearest)
    if breach.keyword in ("pattern", "x-name"):
        return _bad_form(breach)
    message = describe(breach.keyword, _name(breach.pointer), breach.limit)
    return _Fault("bad-value", breach.pointer, message, _advice(breach.schema))


def _bad_form(breach: Breach) -> _Fault:
    value, form = breach.value, FORMS.get(breach.schema.get("x-name", ""))
    pointer = (*breach.pointer, value) if breach.in_name else breach.pointer
    if form is None:
        message = f"{_name(pointer)} can't be {show(value)} here."
        return _Fault("bad-value", pointer, message, _advice(breach.schema), breach.in_name)
    message = form.message(value, only_looks_right=breach.keyword == "x-name")
    return _Fault(form.rule, pointer, message, form.hint(value), breach.in_name)


def _other_version(breach: Breach) -> _Fault:
    name = _name(breach.pointer)
    message = f"{name} is {show(breach.value)} and this version reads {breach.limit} only."
    return _Fault("bad-value", breach.pointer, message, f"write {name}: {breach.limit}, or update Milepost")


def _not_among(breach: Breach, nearest: Nearest) -> _Fault:
    options = {str(option).lower(): str(option) for option in breach.limit}
    message = f"{_name(breach.pointer)} can't be {show(breach.value)} here."
    near = nearest.find(str(breach.value).lower(), options)
    guess = f"did you mean {options[near]}? " if near else ""
    return _Fault("bad-value", breach.pointer, message, f"{guess}write one of: {', '.join(options.values())}")


def _guess(key: str, known: list[str], nearest: Nearest) -> str:
    wanted, advice = _ADVICE.get(key.lower(), ("", ""))
    if wanted in known:
        return advice
    if instead := next((other for other in _INSTEAD.get(key.lower(), ()) if other in known), None):
        return f"did you mean {instead}?"
    if near := nearest.find(key.lower().replace("-", "_"), known):
        return f"did you mean {near}?"
    return f"known here: {', '.join(known)}" if 0 < len(known) <= 12 else "remove it, or put it into `notes`"


def _advice(schema: Any) -> str:
    """The first sentence of what the schema says about a field, and an example of it."""
    sentence = str(schema.get("description", "")).partition(". ")[0].rstrip(".")
    if not sentence:
        return "keep one of them"  # a bare limit, which has no words of its own
    return f"{sentence[:1].lower()}{sentence[1:]}, for example {_example(schema)}"


def _fill_in(breach: Breach) -> str:
    example = _example(breach.schema)
    key = breach.pointer[-1]
    return f"write `{key}: {example}`, or remove the line" if isinstance(key, str) else f"write it like {example}"


def _example(schema: Any) -> str:
    examples = schema.get("examples") or schema.get("enum") or ["…"]
    return _flow(examples[0])


def _flow(value: Any, inside: bool = False) -> str:
    """A value as YAML on one line. Inside a list or a mapping, text with a sign that means something is quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(entry, True)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(entry, True) for entry in value) + "]"
    if isinstance(value, str) and inside and any(sign in value for sign in ",:[]{}#"):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _name(pointer: Pointer) -> str:
    """What to call a place: its last key, with the number of the entry where it is one of a list."""
    if not pointer:
        return "This file"
    if isinstance(pointer[-1], int):
        return f"Entry {pointer[-1] + 1} of {_name(pointer[:-1])}"
    return show(str(pointer[-1]))


def _type_of(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "text"
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a number"
