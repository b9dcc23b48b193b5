"""One version of a plan under all rules, as the team has set them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from milepost.documents.yaml import read_plan_file
from milepost.errors import MilepostError
from milepost.loader.catalogue import catalogue, fixed_rules
from milepost.loader.check import Examination
from milepost.loader.layout import PLAN_FILE, Layout
from milepost.loader.silence import UNUSED_IGNORE, Silence
from milepost.model.finding import Finding, Level
from milepost.model.history import History
from milepost.model.plan import Plan
from milepost.repository.files import Tree
from milepost.rules import RULES
from milepost.rules.configuration import RULE as RULE_SETTINGS
from milepost.rules.configuration import Setting, configure
from milepost.rules.rule import Inspection, Rule

#: Reads accepted history when the first rule asks for it. Raises `MilepostError` where it is not whole.
ReadHistory = Callable[[], History]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one version, in the order of files and lines.

    `skipped` are the rules that could not run for want of a whole history, and `why` says what is wrong with it.
    `hidden` counts errors that nobody asked for with `only`, and without which the rest may be wrong. `unused` are
    comments that silence nothing: for each file and line the rules that are named in vain.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()
    why: MilepostError | None = None
    hidden: int = 0
    unused: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)


def find_all(
    tree: Tree, layout: Layout, today: date, history: ReadHistory, only: Collection[str] = frozenset()
) -> Verdict:
    """Everything that is wrong with one version. `only` names the rules to report; empty means all."""
    applied = frozenset() if UNUSED_IGNORE.name in only else only  # what a comment is for, all other rules say
    examination = Examination(tree, layout)
    settings, unclear = configure(examination.plan, catalogue(), fixed_rules())
    run = _Run(examination.plan, today, settings, history)
    planning = [finding for rule in RULES if _applies(rule, settings, applied) for finding in run.apply(rule)]
    planning = [finding for finding in planning if finding.place.path not in examination.unread]
    placed = {finding.location for finding in examination.findings}
    located = [examination.locate(finding) for finding in (*unclear, *planning)]
    located = [finding for finding in located if finding.rule != RULE_SETTINGS.name or finding.location not in placed]
    levelled = [_with_level(finding, settings) for finding in (*examination.findings, *located)]
    silence = Silence(examination, fixed_rules())
    kept = [finding for finding in levelled if not silence.silences(finding)]
    judged = set(applied or catalogue()) - set(run.skipped)
    kept += [_with_level(finding, settings) for finding in silence.leftovers(catalogue(), judged)]
    shown = [one for one in kept if one.level is not Level.IGNORE and (not only or one.rule in only)]
    hidden = sum(one.rule in fixed_rules() and one.rule not in only for one in kept) if only else 0
    ordered = tuple(sorted(shown, key=lambda one: (one.location or ("", 0, 0), one.rule, one.message)))
    return Verdict(examination.plan, ordered, tuple(run.skipped), run.why, hidden, silence.unused)


def find_broken_layout(tree: Tree) -> Layout | None:
    """The layout without sources of a plan whose `milepost.yaml` can't be read; None where that is not the trouble."""
    for folder in ("plan", ""):
        path = posixpath.join(folder, PLAN_FILE)
        for entry in tree.entries(folder):
            if entry.path == path and entry.regular:
                return Layout(folder) if read_plan_file(tree.read(entry)).data is None else None
    return None


class _Run:
    """Applies rules to one plan. History is read once, and only if a rule needs it."""

    def __init__(self, plan: Plan, today: date, settings: dict[str, Setting], history: ReadHistory) -> None:
        self._plan = plan
        self._today = today
        self._settings = settings
        self._read = history
        self._history: History | None = None
        self.skipped: list[str] = []
        self.why: MilepostError | None = None

    def apply(self, rule: Rule) -> Iterator[Finding]:
        """What one rule finds; nothing where it needs a history that is not there."""
        if rule.needs_history and not self._has_history():
            self.skipped.append(rule.name)
            return iter(())
        history = self._history if rule.needs_history or (rule.uses_history and self._has_history()) else None
        return rule.check(Inspection(self._plan, self._today, self._settings[rule.name].limits, history))

    def _has_history(self) -> bool:
        if self._history is None and self.why is None:
            try:
                self._history = self._read()
            except MilepostError as error:
                self.why = error
        return self._history is not None


def _applies(rule: Rule, settings: dict[str, Setting], only: Collection[str]) -> bool:
    return settings[rule.name].level is not Level.IGNORE and (not only or rule.name in only)


def _with_level(finding: Finding, settings: dict[str, Setting]) -> Finding:
    level = settings[finding.rule].level
    return finding if level is finding.level else replace(finding, level=level)
