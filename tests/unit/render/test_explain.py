"""What `check --explain` says of a rule."""

from __future__ import annotations

import re

import pytest

from milepost.loader.catalogue import catalogue, fixed_rules, grouped_rules
from milepost.render.paint import Paint
from milepost.render.rules import render_rule, render_rules


@pytest.mark.parametrize("name", catalogue())
def test_every_rule_is_explained_within_80_columns(name: str) -> None:
    rule = catalogue()[name]
    lines = render_rule(rule, name in fixed_rules(), Paint()).splitlines()
    assert lines[0] == f"{name}  {rule.level}"
    assert " ".join(lines).count(rule.why.split()[0])
    assert max(map(len, lines)) <= 80
    assert "docs/" not in " ".join(lines)
    text = "\n".join(lines)
    assert ("rules:" in text) is (name not in fixed_rules())
    assert all(f"{limit.key}: " in text for limit in rule.limits)
    assert ("--strict-time" in text) is rule.timed


def test_all_rules_are_listed() -> None:
    lines = render_rules(grouped_rules(), Paint()).splitlines()
    assert max(map(len, lines)) <= 80
    listed = [" ".join(one.split()) for one in re.split(r"^  (?=\S)|^\S.*$", "\n".join(lines), flags=re.M)]
    rules = {f"{name} {rule.level} {rule.why}" for name, rule in catalogue().items()}
    assert set(filter(None, listed)) == rules
    assert [line for line in lines[:-1] if line and line[0] != " "] == ["Planning", "Files", "Checking itself"]
