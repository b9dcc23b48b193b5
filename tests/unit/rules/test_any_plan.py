"""Whatever is written in a plan, no rule fails on it: what can't be understood is the schema's to report."""

from __future__ import annotations

from random import Random

import pytest

from milepost.model.build import build_plan
from milepost.model.item import PLAN, Item, Place, Ref, Value
from milepost.model.plan import Plan
from milepost.rules import RULES
from tests.unit.plans import found

_ODD: list[Value] = ["", "~", "x", "-1", "9" * 400, [], {}, ["x"], {"x": "x"}]
_DAYS: list[Value] = [
    "2027-01-04",
    "2027-03-01",
    "2027-03-26",
    "2027-02-30",
    "0001-01-01",
    "9999-12-31",
    "2027-Q2",
    "v0",
]
_EFFORT: list[Value] = [
    "4h",
    "0.0d",
    "3d",
    "6w",
    "3d..1h",
    "0d..0w",
    "1d..9w",
    "2pt..8pt",
    "1d..2pt..3w",
    f"{'9' * 400}d",
]
_EFFORT += [{"pert": ["1d", "2d", "9w"]}, {"pert": ["2d", "2d", "0d"]}]
_WORK: list[Value] = ["m0", "m1", "m2", "m0/t0", "t1", "nothing"]
_LISTS: list[Value] = [*([one] for one in _WORK), ["m0", "m0/t1", {"item": "m1", "lag": "-2d"}], [{"type": "SS"}]]
_WORDS: list[Value] = [
    "must",
    "could",
    "wont",
    "promise",
    "enabler",
    "user",
    "true",
    "research",
    "transfer",
    "mitigate",
]
_WORDS += ["accept", "stakeholder", "ada", "legal", "g0", "g1", "better", "30%"]

#: By the letters of their values: d days, o days that end something, e effort, l lists of work, w words, m mappings.
_KEYS = {
    "d": "due started not_before reviewed start end date since expires",
    "o": "finished dropped closed occurred",
    "e": "estimate timebox impact actual capacity",
    "l": "depends_on threatens risks_looked_at items leads_to about",
    "w": "owner commitment outcome measure goal serves priority value kind response new_technology probability",
    "m": "measures mitigation votes raci calendar people releases shipped agreed actions blocked rank",
}
_NESTED: list[Value] = [
    ["faster", {"text": "better"}, {"text": "x", "met": "2027-01-04"}],
    [{"action": "x", "impact": "2w..1d", "owner": "legal"}, {}],
    {"ada": "1", "bo": {"feasible": "2"}, "x": []},
    {"informed": ["ada"]},
    {"hours": "0", "workdays": ["mon"]},
]
_VALUES = {"d": _DAYS, "o": _DAYS, "e": _EFFORT, "l": _LISTS, "w": _WORDS, "m": _NESTED}
_KINDS = ("goal", "risk", "sprint", "review", "feedback")
_REFS = [Ref("milestone", f"m{number}") for number in range(6)]
_REFS += [Ref("task", f"m{number // 3}/t{number % 3}") for number in range(9)]
_REFS += [Ref(kind, f"{kind[0]}{number}") for kind in _KINDS for number in (0, 1)]
_REFS += [Ref("person", "ada"), Ref("person", "legal"), Ref("release", "v0"), PLAN]


def nonsense(dice: Random) -> Plan:
    """A plan of some of these items, with sense and nonsense in their fields."""
    share, odd = dice.random(), dice.choice([0, 0.05, 0.5])

    def fields() -> dict[str, Value]:
        given = (
            (key, sort)
            for sort, keys in _KEYS.items()
            for key in keys.split()
            if dice.random() < share * (sort != "o" or 0.2)
        )
        return {key: dice.choice(_ODD if dice.random() < odd else _VALUES[sort]) for key, sort in given}

    refs = dice.sample(_REFS, dice.randint(1, len(_REFS)))
    return build_plan(Item(ref, fields(), Place(f"{ref.kind}-{ref.id}.yaml")) for ref in refs)


@pytest.mark.parametrize("seed", range(0, 400, 40))
def test_every_rule_copes_with_whatever_is_written(seed: int) -> None:
    for number in range(seed, seed + 40):
        plan = nonsense(Random(number))
        for rule in RULES:
            for finding in found(plan, rule.name):
                assert finding.message.endswith(".")
                assert finding.hint
