"""How a team sets rules: what is understood, and what is said about the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.documents.items import read_items
from milepost.documents.yaml import read_plan_file
from milepost.loader.catalogue import catalogue, fixed_rules
from milepost.model.build import build_plan
from milepost.model.finding import Finding, Level
from milepost.model.item import Place
from milepost.rules.configuration import Setting, configure, parse_limit, write_limit
from milepost.rules.rule import Inspection, Limit, Measure, Rule
from tests.unit.plans import plan_of


def silent(_: Inspection) -> Iterator[Finding]:
    return iter(())


SHARE = Limit("limit", 0.6, Measure.SHARE, "musts in the open effort")
SLACK = Limit("tolerance", 2, Measure.WORKING_DAYS, "how far a promise may move")
KNOWN = {
    "must-share": Rule("must-share", Level.WARNING, "Why.", silent, limits=(SHARE, SLACK)),
    "no-owner": Rule("no-owner", Level.ADVICE, "Why.", silent),
    "bad-char": Rule("bad-char", Level.ERROR, "Why.", silent),
}


def read(rules: str) -> tuple[dict[str, Setting], list[Finding]]:
    text = f"milepost: 1\ntitle: Heron\nrules: {rules}\n"
    plan = build_plan(read_items("plan", "milepost.yaml", read_plan_file(text.encode()).data))
    return configure(plan, KNOWN, frozenset(["bad-char"]))


# as written, the rule that is set, its level and its limits
UNDERSTOOD = [
    ("{}", "must-share", "warning", {"limit": 0.6, "tolerance": 2}),
    ("{must-share: error}", "must-share", "error", {"limit": 0.6, "tolerance": 2}),
    ("{must-share: ignore}", "must-share", "ignore", {"limit": 0.6, "tolerance": 2}),
    ("{must-share: {limit: 75%}}", "must-share", "warning", {"limit": 0.75, "tolerance": 2}),
    ("{must-share: {level: advice, tolerance: 5d}}", "must-share", "advice", {"limit": 0.6, "tolerance": 5}),
    ("{no-owner: {level: warning}}", "no-owner", "warning", {}),
    ("{bad-char: error}", "bad-char", "error", {}),
]


@pytest.mark.parametrize(("rules", "name", "level", "limits"), UNDERSTOOD)
def test_settings_are_understood(rules: str, name: str, level: str, limits: dict[str, float]) -> None:
    settings, problems = read(rules)
    assert settings[name] == Setting(Level(level), limits)
    assert not problems


# as written, the keys of the place that is named, and a part of the message or the hint
MISREAD = [
    ("{must-shares: error}", ("must-shares",), "did you mean must-share?"),
    ("{must-share: errors}", ("must-share",), "did you mean error?"),
    ("{must-share: [error]}", (), None),  # the schema says this
    ("{must-share: {level: fatal}}", ("must-share", "level"), "write one of error, warning, advice, ignore"),
    ("{must-share: {limits: 60%}}", ("must-share", "limits"), "did you mean limit?"),
    ("{must-share: {limit: 60}}", ("must-share", "limit"), "percent). write it as 60%"),
    ("{must-share: {limit: -60%}}", ("must-share", "limit"), "write it as 60%"),
    ("{must-share: {limit: [60%]}}", ("must-share", "limit"), "write it as 60%"),
    ("{must-share: {tolerance: 2w}}", ("must-share", "tolerance"), "working days). write it as 2d"),
    ("{no-owner: {limit: 3}}", ("no-owner", "limit"), "write one of level"),
    ("{bad-char: warning}", ("bad-char",), "can't be changed"),
    ("{bad-char: {level: ignore}}", ("bad-char", "level"), "can't be changed"),
]


@pytest.mark.parametrize(("rules", "keys", "said"), MISREAD)
def test_what_is_not_understood_is_named_and_changes_nothing(
    rules: str, keys: tuple[str, ...], said: str | None
) -> None:
    settings, problems = read(rules)
    assert settings == {name: Setting(rule.level, rule.defaults()) for name, rule in KNOWN.items()}
    if said is None:
        assert not problems
        return
    (problem,) = problems
    assert problem.place == Place("milepost.yaml", ("rules", *keys))
    assert said in f"{problem.message} {problem.hint}"
    assert (problem.rule, problem.level) == ("rule-settings", Level.ERROR)


WRITTEN = [
    (Measure.COUNT, "12", 12), (Measure.COUNT, "12d", None), (Measure.SHARE, "60%", 0.6),
    (Measure.SHARE, "2.5%", 0.025),
    (Measure.SHARE, "0.6", None), (Measure.DAYS, "14d", 14), (Measure.DAYS, "2w", 14), (Measure.DAYS, "14", None),
    (Measure.WORKING_DAYS, "3d", 3), (Measure.WEEKS, "6w", 6), (Measure.WEEKS, "6d", None), (Measure.COUNT, "", None),
    (Measure.COUNT, "1e3", None), (Measure.COUNT, "\u0663", None),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "text", "number"), WRITTEN)
def test_limits_are_written_in_their_own_measure(measure: Measure, text: str, number: float | None) -> None:
    assert parse_limit(Limit("limit", 1, measure, "what"), text) == number


@given(st.sampled_from(Measure), st.integers(0, 10_000))
def test_a_limit_that_is_written_reads_as_itself(measure: Measure, number: int) -> None:
    value = number / 100 if measure is Measure.SHARE else float(number)
    assert parse_limit(Limit("limit", 1, measure, "what"), write_limit(measure, value)) == value


@pytest.mark.parametrize("name", catalogue())
def test_every_rule_can_be_named(name: str) -> None:
    """Its level is its own, its limits are written as they are read, and another level is taken or refused."""
    rule = catalogue()[name]
    limits = "".join(f", {one.key}: {write_limit(one.measure, one.default)}" for one in rule.limits)
    plan = plan_of(("plan", f"{{milepost: 1, title: Heron, rules: {{{name}: {{level: {rule.level}{limits}}}}}}}"))
    settings, problems = configure(plan, catalogue(), fixed_rules())
    assert (settings[name], problems) == (Setting(rule.level, rule.defaults()), [])
    other = plan_of(("plan", f"{{milepost: 1, title: Heron, rules: {{{name}: ignore}}}}"))
    settings, problems = configure(other, catalogue(), fixed_rules())
    assert (settings[name].level is Level.IGNORE) is (name not in fixed_rules()) is (not problems)


@pytest.mark.parametrize("name", catalogue())
def test_the_schema_takes_every_setting(name: str) -> None:
    from milepost.documents.schema import validate_document

    rule = catalogue()[name]
    limits = "".join(f", {one.key}: {write_limit(one.measure, one.default)}" for one in rule.limits)
    text = f"milepost: 1\ntitle: Heron\nrules: {{{name}: {{level: warning{limits}}}}}\n"
    assert validate_document("plan", read_plan_file(text.encode()).data) == []
