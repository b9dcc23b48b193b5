"""Plans for tests, from texts in the plan language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from milepost.documents.items import read_items
from milepost.documents.yaml import read_plan_file
from milepost.model.build import build_plan
from milepost.model.finding import Finding
from milepost.model.history import History
from milepost.model.item import Item
from milepost.model.plan import Plan
from milepost.rules import RULES
from milepost.rules.rule import Inspection

NO_LIMITS: Mapping[str, float] = MappingProxyType({})
TODAY = date(2027, 2, 22)
PEOPLE = "milepost: 1\ntitle: Heron\npeople: {ada: {name: Ada}, bo: {name: Bo}}\nreleases: {v1.4: 2027-04-01}\n"


def plan_of(*files: tuple[str, str], foreign: Iterable[str] = ()) -> Plan:
    """The plan that files make: pairs of a kind and a text. A file's path is its kind and number.

    A plan's own file among them stands instead of the one that is there without.
    """
    items: list[Item] = []
    own = [number for number, (kind, _) in enumerate(files, start=1) if kind == "plan"]
    every = dict(enumerate((("plan", PEOPLE), *files)))
    for number in [*own, *(number for number in every if number not in own)]:
        kind, text = every[number]
        document = read_plan_file(text.encode())
        assert not document.problems
        items += read_items(kind, f"{kind}-{number}.yaml", document.data)
    return build_plan(items, foreign=frozenset(foreign))


def milestone(text: str) -> tuple[str, str]:
    """A file with one milestone."""
    return "milestone", text


def found(
    plan: Plan, rule: str, today: date = TODAY, history: History | None = None, limits: Mapping[str, float] = NO_LIMITS
) -> list[Finding]:
    """What one rule has to say. Limits that are not given are the rule's own."""
    return [
        finding
        for one in RULES
        if one.name == rule
        for finding in one.check(Inspection(plan, today, {**one.defaults(), **limits}, history))
    ]
