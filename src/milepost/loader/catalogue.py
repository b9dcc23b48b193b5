"""All that `check` can say: the planning rules, the rules about files, and those about checking itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from milepost.documents.levels import DOCUMENT_RULES
from milepost.errors import UsageError
from milepost.loader.silence import UNEXPLAINED_IGNORE, UNUSED_IGNORE
from milepost.model.finding import Finding
from milepost.rules import RULES
from milepost.rules.configuration import RULE as RULE_SETTINGS
from milepost.rules.duplicate_id import RULE as DUPLICATE_ID
from milepost.rules.rule import Inspection, Rule

#: Rules about files that a team may re-level or turn off. The others say that a file can't be read, that readers would
#: read it differently, or that it leads somewhere else: without them nobody knows what the plan is.
ADJUSTABLE = frozenset(
    (
        "bad-date", "bad-path", "bad-value", "missing-key", "not-yet", "path-collision", "unknown-key", "unread-file",
        "wrong-type",
    )
)  # fmt: skip

#: Planning rules that are as fixed: of two items with one id, only the first is the plan's.
_FIXED = (DUPLICATE_ID.name, RULE_SETTINGS.name)


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by its name: those about files first, then planning rules in the order of their use."""
    of_files = [Rule(name, rule.level, rule.why, _told_by_the_reader) for name, rule in DOCUMENT_RULES.items()]
    rules = [*of_files, RULE_SETTINGS, UNUSED_IGNORE, UNEXPLAINED_IGNORE, *RULES]
    return MappingProxyType({rule.name: rule for rule in rules})


def grouped_rules() -> dict[str, list[Rule]]:
    """All rules by what they are about, each group in the order of the names."""
    groups: dict[str, list[Rule]] = {"Planning": [], "Files": [], "Checking itself": []}
    planning = {rule.name for rule in RULES}
    for name, rule in sorted(catalogue().items()):
        title = "Planning" if name in planning else "Files" if name in DOCUMENT_RULES else "Checking itself"
        groups[title].append(rule)
    return groups


@cache
def fixed_rules() -> frozenset[str]:
    """The rules whose level no plan may change, and that no comment silences."""
    return frozenset((*DOCUMENT_RULES, *_FIXED)) - ADJUSTABLE


def find_rule(name: str) -> Rule:
    """The rule of that name. Raises `UsageError` with the closest one where there is none."""
    if name in catalogue():
        return catalogue()[name]
    close = difflib.get_close_matches(name, catalogue(), n=1)
    hint = f"did you mean {close[0]}?" if close else "milepost check --explain all lists the rules"
    raise UsageError(f"There is no rule {name!r}.", hint)


def _told_by_the_reader(_: Inspection) -> Iterator[Finding]:
    return iter(())
