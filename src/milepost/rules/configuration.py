"""`rules:` in `milepost.yaml`: which rules a team turned off, re-levelled, or gave other limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from milepost.model.finding import Finding, Level
from milepost.model.item import PLAN, Place, Value
from milepost.model.nearest import Nearest
from milepost.model.plan import Plan
from milepost.rules.rule import Inspection, Limit, Measure, Rule

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")
_LEVELS = tuple(str(level) for level in Level)
_UNITS: Mapping[Measure, Mapping[str, float]] = {  # how a measure may end, and what one of it counts
    Measure.COUNT: {"": 1},
    Measure.SHARE: {"%": 0.01},
    Measure.DAYS: {"d": 1, "w": 7},
    Measure.WORKING_DAYS: {"d": 1},
    Measure.WEEKS: {"w": 1},
}
#: What each measure counts, in words.
UNITS: Mapping[Measure, str] = {
    Measure.COUNT: "a number",
    Measure.SHARE: "percent",
    Measure.DAYS: "calendar days or weeks",
    Measure.WORKING_DAYS: "working days",
    Measure.WEEKS: "weeks",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How one rule is to be applied: its level, and all its limits by key."""

    level: Level
    limits: Mapping[str, float]


def configure(
    plan: Plan, known: Mapping[str, Rule], fixed: frozenset[str] = frozenset()
) -> tuple[dict[str, Setting], list[Finding]]:
    """The setting of every known rule, and what in the plan's `rules` could not be understood.

    `fixed` are names of rules whose level no plan may change. What is not understood leaves the rule as it was.
    """
    settings = {name: Setting(rule.level, rule.defaults()) for name, rule in known.items()}
    problems: list[Finding] = []
    nearest = Nearest()
    place = plan.items[PLAN].place.at("rules") if PLAN in plan.items else Place("")
    for name, written in plan.rules.items():
        reader = _Reader(place.at(name), known.get(name), name in fixed, nearest)
        if reader.rule is None:
            problems.append(_unknown_rule(place.at(name), str(name), known, nearest))
        else:
            settings[name] = reader.read(written)
            problems += reader.problems
    return settings, problems


class Loosened(NamedTuple):
    """A setting that asks less than before, or that may: of a limit only the rule knows. Values as they are written."""

    rule: str
    key: str
    old: str
    new: str


def find_loosened(
    before: Mapping[str, Setting], after: Mapping[str, Setting], known: Mapping[str, Rule]
) -> Iterator[Loosened]:
    """The levels that are lower than before, and the limits that are others, in the order of the rules."""
    for name, rule in known.items():
        old, new = before[name], after[name]
        if new.level.weight > old.level.weight:
            yield Loosened(name, "level", str(old.level), str(new.level))
        for limit in rule.limits:
            if old.limits[limit.key] != new.limits[limit.key]:
                numbers = (write_limit(limit.measure, one.limits[limit.key]) for one in (old, new))
                yield Loosened(name, limit.key, *numbers)


def parse_limit(limit: Limit, text: str) -> float | None:
    """The number that is meant by `12`, `60%`, `14d` or `6w`; None where it has another form."""
    for unit, worth in _UNITS[limit.measure].items():
        digits = text.removesuffix(unit)
        if text == digits + unit and _NUMBER.fullmatch(digits):
            return round(float(digits) * worth, 6)
    return None


def write_limit(measure: Measure, number: float) -> str:
    """A limit as it is written in a plan."""
    unit, worth = next(iter(_UNITS[measure].items()))
    return f"{round(number / worth, 4):g}{unit}"


class _Reader:
    """Reads what is written under one rule's name."""

    def __init__(self, place: Place, rule: Rule | None, fixed: bool, nearest: Nearest) -> None:
        self.nearest = nearest
        self.place = place
        self.rule = rule
        self.fixed = fixed
        self.problems: list[Finding] = []

    def read(self, written: Value) -> Setting:
        """The rule's setting, as far as it can be understood."""
        assert self.rule is not None
        rule, level, limits = self.rule, self.rule.level, self.rule.defaults()
        parts = {"level": written} if isinstance(written, str) else written
        keys = {limit.key: limit for limit in rule.limits}
        for key, value in parts.items() if isinstance(parts, dict) else ():
            place = self.place if isinstance(written, str) else self.place.at(key)
            if key == "level":
                level = self._level(place, value)
            elif key in keys:
                limits[key] = self._limit(place, keys[key], value)
            else:
                self._complain(
                    place, f"The rule {rule.name} has no setting {key}.", self._closest(key, ["level", *keys])
                )
        return Setting(level, limits)

    def _level(self, place: Place, value: Value) -> Level:
        assert self.rule is not None
        if not isinstance(value, str) or value not in _LEVELS:
            hint = self._closest(value, _LEVELS) if isinstance(value, str) else f"write one of {_listed(_LEVELS)}"
            self._complain(place, f"A level of {self.rule.name} can't be read here.", hint)
        elif self.fixed and value != self.rule.level:
            message = f"The level of {self.rule.name} can't be changed: without this rule a plan can't be trusted."
            self._complain(place, message, "remove this line")
        else:
            return Level(value)
        return self.rule.level

    def _limit(self, place: Place, limit: Limit, value: Value) -> float:
        number = parse_limit(limit, value) if isinstance(value, str) else None
        if number is None:
            example = write_limit(limit.measure, limit.default)
            assert self.rule is not None
            message = f"The {limit.key} of {self.rule.name} can't be read here ({limit.what}; {UNITS[limit.measure]})."
            self._complain(place, message, f"write it as {example}")
        return limit.default if number is None else number

    def _closest(self, word: str, words: Iterable[str]) -> str:
        known = list(words)
        close = self.nearest.find(word, known)
        return f"did you mean {close}?" if close else f"write one of {_listed(known)}"

    def _complain(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(RULE.found(place, message, hint))


def _unknown_rule(place: Place, name: str, known: Iterable[str], nearest: Nearest) -> Finding:
    close = nearest.find(name, known)
    hint = f"did you mean {close}?" if close else "milepost check --explain all lists the rules"
    return RULE.found(place, f"There is no rule {name}.", hint)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _nothing(_: Inspection) -> Iterator[Finding]:
    """Its breaches are found while the settings are read, before any rule runs."""
    return iter(())


RULE = Rule(
    "rule-settings",
    Level.ERROR,
    "A setting that is not understood would silently have no effect.",
    _nothing,
)
