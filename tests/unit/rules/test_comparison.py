"""What a change brought: the same finding is recognised, wherever its line went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.finding import Finding, Level, Location
from milepost.model.item import Place, Ref
from milepost.rules.comparison import Owners, compare_findings, touched_items
from milepost.rules.usefulness import most_useful
from tests.unit.plans import milestone, plan_of

BETA = milestone("{id: beta, title: Beta, due: v1.4, tasks: [{id: a, title: A}, {id: b, title: B}]}")
GAMMA = milestone("{id: gamma, title: Gamma, due: 2027-02-01}")


def said(path: str, *keys: str | int, rule: str = "r", message: str = "It is so.", level: str = "warning") -> Finding:
    return Finding(rule, Level(level), Place(path, keys), message, "hint", Location(path, 1, 1))


ONE, TWO = "milestone-1.yaml", "milestone-2.yaml"

# older findings, newer findings, the numbers of the newer ones that are new, and how many are gone
PAIRS: list[tuple[list[Finding], list[Finding], list[int], int]] = [
    ([], [said(ONE)], [0], 0),
    ([said(ONE)], [], [], 1),
    ([said(ONE, "due")], [said(ONE, "due")], [], 0),
    ([said(ONE, "due")], [said(ONE, "title")], [], 0),
    ([said(ONE, "tasks", 0)], [said(ONE, "tasks", 1)], [0], 1),  # another task
    ([said(ONE, message="one")], [said(ONE, message="two")], [0], 1),
    ([said(ONE, message="9 days")], [said(ONE, message="12 days")], [0], 1),
    ([said(ONE, message="9 days", level="advice")], [said(ONE, message="12 days", level="advice")], [], 0),
    ([said(ONE, rule="a")], [said(ONE, rule="b")], [0], 1),
    ([said(ONE, "x", 0)], [said(ONE, "x", 0), said(ONE, "x", 1)], [1], 0),
    ([said(ONE, "x", 1)], [said(ONE, "x", 0), said(ONE, "x", 1)], [0], 0),
    ([said(ONE, "x", 0), said(ONE, "x", 1)], [said(ONE, "x", 2)], [], 1),
    ([said("other.yaml")], [said("other.yaml")], [], 0),
    ([said("other.yaml")], [said("another.yaml")], [0], 1),
    ([said(ONE, level="advice")], [said(ONE, level="error")], [0], 0),
    ([said(ONE, level="error")], [said(ONE, level="advice")], [], 0),
]


@pytest.mark.parametrize(("older", "newer", "new", "gone"), PAIRS)
def test_what_is_new_and_what_is_gone(older: list[Finding], newer: list[Finding], new: list[int], gone: int) -> None:
    plan = plan_of(BETA, GAMMA)
    brought = compare_findings((plan, older), (plan, newer))
    assert (list(brought.findings), brought.gone) == ([newer[number] for number in new], gone)


FINDINGS = st.builds(
    said, st.sampled_from([ONE, TWO, "other.yaml"]), st.sampled_from(["due", "title"]), st.integers(0, 2),
    rule=st.sampled_from("ab"), message=st.sampled_from("xy"),
)  # fmt: skip


@given(st.lists(FINDINGS, max_size=9), st.lists(FINDINGS, max_size=9))
def test_what_is_new_and_what_is_gone_balance(older: list[Finding], newer: list[Finding]) -> None:
    plan = plan_of(BETA, GAMMA)
    brought = compare_findings((plan, older), (plan, newer))
    assert len(newer) - len(older) == len(brought.findings) - brought.gone
    assert compare_findings((plan, older), (plan, list(reversed(older)))) == ((), 0)


def test_an_item_is_the_same_in_another_file() -> None:
    brought = compare_findings((plan_of(BETA, GAMMA), [said(ONE, "due")]), (plan_of(GAMMA, BETA), [said(TWO, "due")]))
    assert brought == ((), 0)


def test_a_place_belongs_to_the_innermost_item() -> None:
    owners = Owners(plan_of(BETA, GAMMA))
    assert owners.owner(Place(ONE, ("tasks", 1, "due"))) == Ref("task", "beta/b")
    assert owners.owner(Place(ONE, ("tasks",))) == Ref("milestone", "beta")
    assert owners.owner(Place("plan-0.yaml", ("people", "ada", "away"))) == Ref("person", "ada")
    assert owners.owner(Place("nowhere.yaml")) is None


def test_an_item_is_touched_by_its_own_fields() -> None:
    changed = milestone("{id: beta, title: Beta, due: v1.4, tasks: [{id: a, title: New}, {id: c, title: C}]}")
    touched = touched_items(plan_of(BETA, GAMMA), plan_of(GAMMA, changed))
    assert touched == {Ref("task", "beta/a"), Ref("task", "beta/b"), Ref("task", "beta/c")}


def test_the_most_useful_advice_is_of_the_first_rule_for_what_is_due_first() -> None:
    from milepost.rules import RULES

    first, second = RULES[0].name, RULES[1].name
    findings = [
        said(ONE, rule=second, level="advice"), said(ONE, rule=first, level="advice"),
        said(TWO, rule=first, level="advice"), said(TWO, rule=first, level="warning"),
    ]  # fmt: skip
    plan = plan_of(BETA, GAMMA)
    assert most_useful(findings, plan, RULES) is findings[2]
    assert most_useful(findings[3:], plan, RULES) is None
