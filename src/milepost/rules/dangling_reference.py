"""A name that nothing in the plan has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from milepost.model.calendar import parse_date, parse_period
from milepost.model.finding import Finding, Level
from milepost.model.item import Item, Place, Value
from milepost.model.nearest import Nearest
from milepost.model.plan import Plan
from milepost.rules.links import written_links
from milepost.rules.own import own_items
from milepost.rules.rule import Inspection, Rule

#: Where items name others, by kind: the keys that lead there, and what stands there. * is each entry of a list, or
#: each key of a mapping. Links of `depends_on` and `threatens` are read by what they lead to, in links.py.
_MENTIONS = {
    "goal": {"owner": "person", "due": "release", "serves": "goal"},
    "milestone": {
        "owner": "person",
        "due": "release",
        "goal": "goal",
        "raci.responsible.*": "person",
        "raci.consulted.*": "person",
        "raci.informed.*": "person",
        "votes.*": "person",
        "blocked.owner": "person",
        "shipped.thanks.*": "person",
    },
    "task": {"owner": "person", "blocked.owner": "person"},
    "risk": {"owner": "person", "mitigation.*.owner": "person", "mitigation.*.due": "release"},
    "sprint": {"items.*": "item"},
    "feedback": {"about": "item", "leads_to.*": "item"},
    "review": {
        "attended.*": "person",
        "agreed.*.who": "person",
        "agreed.*.about.*": "item",
        "agreed.*.recorded_by": "person",
        "risks_looked_at.*": "risk",
        "actions.*.owner": "person",
    },
}

# What has another form is no name at all, which the schema has reported.
_ID = r"[a-z0-9][a-z0-9-]*"
_FORMS = {
    "person": re.compile(_ID),
    "goal": re.compile(rf"{_ID}|goal:.+"),
    "release": re.compile(r"[A-Za-z0-9._-]+"),
    "item": re.compile(rf"{_ID}(/{_ID})?|(milestone|task):.+"),
    "risk": re.compile(rf"{_ID}(/{_ID})?|(risk|milestone|task):.+"),
}

#: What looks like a date from its beginning, and what may be the name of a release nevertheless (common.schema.json).
_BEGUN = re.compile(r"[0-9]{4}-")
_RELEASE = re.compile(r"(?![0-9]{4}-([0-9]+(-[0-9]+)?|[Qq][0-9]+)\Z)[A-Za-z0-9._-]+")


class _Mention(NamedTuple):
    """A name where it stands. `kind` says what it should name."""

    place: Place
    kind: str
    name: str


def check_dangling_reference(look: Inspection) -> Iterator[Finding]:
    """People, goals and releases that are not declared, and links to items that do not exist."""
    nearest = Nearest()
    names = _names(look.plan)
    known = {kind: frozenset(ids) for kind, ids in names.items()}
    for item in own_items(look.plan, *_MENTIONS):
        for mention in _mentions(item):
            if _FORMS[mention.kind].fullmatch(mention.name) and not _is_known(mention, known):
                yield _dangling(mention, names[mention.kind], nearest)
        for link in written_links(look.plan, item):
            if _FORMS["item"].fullmatch(link.written) and link.ref not in look.plan.items:
                yield _dangling(_Mention(link.place, "item", link.written), _candidates(item, names), nearest)


def _names(plan: Plan) -> dict[str, list[str]]:
    """What each kind of name may be."""
    names: dict[str, list[str]] = {kind: [] for kind in ("person", "release", "goal", "milestone", "task", "risk")}
    for ref in plan.items:
        names.setdefault(ref.kind, []).append(ref.id)
    names["item"] = [*names["milestone"], *names["task"]]
    names["risk"] += names["item"]
    return names


def _mentions(item: Item) -> Iterator[_Mention]:
    """The names in an item. A `due` names a release where it is neither a date nor a period."""
    for path, kind in _MENTIONS[item.ref.kind].items():
        for place, name in _walk(item.place, dict(item.fields), path.split(".")):
            if name not in ("", "~", "null") and not (kind == "release" and _is_time(name)):
                yield _Mention(place, kind, name)


def _walk(place: Place, value: Value | None, path: list[str]) -> Iterator[tuple[Place, str]]:
    if not path:
        if isinstance(value, str):
            yield place, str(value)
    elif path[0] == "*" and isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _walk(place.at(number), entry, path[1:])
    elif path == ["*"] and isinstance(value, dict):
        yield from ((place.at(key), str(key)) for key in value)
    elif isinstance(value, dict) and path[0] in value:
        yield from _walk(place.at(path[0]), value[path[0]], path[1:])


def _is_time(text: str) -> bool:
    """Whether a text is a date or a period, or fails to be one in a way that the schema has reported."""
    if parse_date(text) is not None or parse_period(text) is not None:
        return True
    return _BEGUN.match(text) is not None and not _RELEASE.fullmatch(text)


def _is_known(mention: _Mention, known: dict[str, frozenset[str]]) -> bool:
    prefix, colon, rest = mention.name.partition(":")
    if colon and prefix in ("goal", "milestone", "task"):
        return rest in known[prefix]
    return mention.name.removeprefix("risk:") in known[mention.kind]


def _candidates(item: Item, names: dict[str, list[str]]) -> Iterator[str]:
    """What a link may name: milestones, tasks by their full id, and siblings by their own."""
    milestone = item.ref.id.rpartition("/")[0]
    yield from names["milestone"]
    yield from (id.rpartition("/")[2] for id in names["task"] if milestone and id.startswith(f"{milestone}/"))
    yield from names["task"]


def _dangling(mention: _Mention, candidates: Iterable[str], nearest: Nearest) -> Finding:
    near = nearest.find(mention.name, candidates)
    hint = f"did you mean {near}?" if near else _HINTS[mention.kind].format(name=mention.name)
    return RULE.found(mention.place, _MESSAGES[mention.kind].format(name=mention.name), hint)


_MESSAGES = {
    "person": "{name} is not among the people of this plan.",
    "goal": "There is no goal {name} in this plan.",
    "release": "{name} is neither a date nor a release of this plan.",
    "item": "There is no milestone or task {name} in this plan.",
    "risk": "There is no risk or milestone {name} in this plan.",
}
_HINTS = {
    "person": "add `{name}: {{name: …}}` under `people` in milepost.yaml",
    "goal": "add a file goals/{name}.yaml, or remove the line",
    "release": "write a date such as 2027-03-15, or add `{name}: DATE` under `releases` in milepost.yaml",
    "item": "name a milestone, or a task as milestone/task",
    "risk": "add a file risks/{name}.yaml, or name a milestone whose risks were looked for",
}

RULE = Rule(
    "dangling-reference",
    Level.ERROR,
    "What is named has to exist: otherwise nobody owns it, waits for it or knows when it is due.",
    check_dangling_reference,
)
