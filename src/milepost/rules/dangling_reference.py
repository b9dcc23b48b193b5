"""A name that nothing in the plan has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from milepost.model.calendar import parse_date, parse_period
from milepost.model.finding import Finding, Level
from milepost.model.item import Item, Place
from milepost.model.plan import Plan
from milepost.rules.links import written_links
from milepost.rules.own import entries, own_items
from milepost.rules.rule import Rule

_KINDS = ("goal", "milestone", "task", "risk")


# What has another form is no name at all, which the schema has reported.
_ID = r"[a-z0-9][a-z0-9-]*"
_FORMS = {
    "person": re.compile(_ID),
    "goal": re.compile(rf"{_ID}|goal:.+"),
    "release": re.compile(r"[A-Za-z0-9._-]+"),
    "item": re.compile(rf"{_ID}(/{_ID})?|(milestone|task):.+"),
}


class _Mention(NamedTuple):
    """A name where it stands. `kind` says what it should name."""

    place: Place
    kind: str
    name: str


def check_dangling_reference(plan: Plan, _: date) -> Iterator[Finding]:
    """Owners, goals and releases that are not declared, and links to items that do not exist."""
    names = {kind: [ref.id for ref in plan.items if ref.kind == kind] for kind in (*_KINDS, "person", "release")}
    known = {kind: frozenset(ids) for kind, ids in names.items()}
    for item in own_items(plan, *_KINDS):
        for mention in _mentions(item):
            if _FORMS[mention.kind].fullmatch(mention.name) and not _is_known(mention, known):
                yield _dangling(mention, names[mention.kind])
        for link in written_links(plan, item):
            if _FORMS["item"].fullmatch(link.written) and link.ref not in plan.items:
                yield _dangling(_Mention(link.place, "item", link.written), _candidates(item, names))


def _mentions(item: Item) -> Iterator[_Mention]:
    yield from _named(item.place, item.fields, (("owner", "person"), ("due", "release")))
    yield from _named(item.place, item.fields, (("goal", "goal"),) if item.ref.kind == "milestone" else ())
    yield from _named(item.place, item.fields, (("serves", "goal"),) if item.ref.kind == "goal" else ())
    yield from _named(item.place.at("blocked"), item.fields.get("blocked"), (("owner", "person"),))
    for number, entry in enumerate(entries(item.fields.get("mitigation"))):
        yield from _named(item.place.at("mitigation", number), entry, (("owner", "person"), ("due", "release")))


def _named(place: Place, fields: object, keys: Iterable[tuple[str, str]]) -> Iterator[_Mention]:
    """The names under some keys of a mapping. A `due` names a release where it is neither a date nor a period."""
    for key, kind in keys:
        value = fields.get(key) if isinstance(fields, Mapping) else None
        if isinstance(value, str) and value not in ("", "~", "null") and not (key == "due" and _is_time(value)):
            yield _Mention(place.at(key), kind, str(value))


def _is_time(text: str) -> bool:
    """Whether a text is a date or a period, or fails to be one in a way that the schema has reported."""
    return parse_date(text) is not None or parse_period(text) is not None or (text[:4].isdigit() and text[4:5] == "-")


def _is_known(mention: _Mention, known: dict[str, frozenset[str]]) -> bool:
    return mention.name in known[mention.kind] or mention.name.removeprefix(f"{mention.kind}:") in known[mention.kind]


def _candidates(item: Item, names: dict[str, list[str]]) -> list[str]:
    """What a link may name: milestones, tasks by their full id, and siblings by their own."""
    milestone = item.ref.id.rpartition("/")[0]
    siblings = [id.rpartition("/")[2] for id in names["task"] if milestone and id.startswith(f"{milestone}/")]
    return [*names["milestone"], *siblings, *names["task"]]


def _dangling(mention: _Mention, candidates: list[str]) -> Finding:
    near = get_close_matches(mention.name, candidates, n=1)
    hint = f"did you mean {near[0]}?" if near else _HINTS[mention.kind].format(name=mention.name)
    return RULE.found(mention.place, _MESSAGES[mention.kind].format(name=mention.name), hint)


_MESSAGES = {
    "person": "{name} is not among the people of this plan.",
    "goal": "There is no goal {name} in this plan.",
    "release": "{name} is neither a date nor a release of this plan.",
    "item": "There is no milestone or task {name} in this plan.",
}
_HINTS = {
    "person": "add `{name}: {{name: …}}` under `people` in milepost.yaml",
    "goal": "add a file goals/{name}.yaml, or remove the line",
    "release": "write a date such as 2027-03-15, or add `{name}: DATE` under `releases` in milepost.yaml",
    "item": "name a milestone, or a task as milestone/task",
}

RULE = Rule(
    "dangling-reference",
    Level.ERROR,
    "What is named has to exist: otherwise nobody owns it, waits for it or knows when it is due.",
    check_dangling_reference,
)
