"""One version of a plan under all rules, as the team has set them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from milepost.documents.yaml import read_plan_file
from milepost.errors import MilepostError
from milepost.loader.catalogue import catalogue, fixed_rules
from milepost.loader.check import Examination
from milepost.loader.layout import HOMES, Layout, plan_file
from milepost.loader.silence import UNUSED_IGNORE, Silence
from milepost.model.finding import Finding, Level
from milepost.model.history import History
from milepost.model.item import Place
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
    comments that silence nothing: for each file and line the rules that are named in vain. `silenced` are findings that
    a comment allows. `settings` are the plan's own, by rule.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()
    why: MilepostError | None = None
    hidden: int = 0
    unused: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)
    silenced: tuple[Finding, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)


def find_all(
    tree: Tree,
    layout: Layout,
    today: date,
    history: ReadHistory,
    only: Collection[str] = frozenset(),
    gate: Mapping[str, Setting] | None = None,
) -> Verdict:
    """Everything that is wrong with one version. `only` names the rules to report; empty means all.

    `gate` holds settings that a change may not loosen: of these and the plan's own, the stricter count.
    """
    applied = frozenset() if UNUSED_IGNORE.name in only else only  # what a comment is for, all other rules say
    examination = Examination(tree, layout)
    settings, unclear = configure(examination.plan, catalogue(), fixed_rules())
    levels = _stricter(settings, gate or settings)
    run = _Run(examination.plan, today, (settings, gate or settings), history)
    planning = [finding for rule in RULES if not applied or rule.name in applied for finding in run.judge(rule)]
    planning = [finding for finding in planning if finding.place.path not in examination.unread]
    placed = {finding.location for finding in examination.findings}
    located = [examination.locate(finding) for finding in (*unclear, *planning)]
    located = [finding for finding in located if finding.rule != RULE_SETTINGS.name or finding.location not in placed]
    levelled = [*(_with_level(finding, levels[finding.rule]) for finding in examination.findings), *located]
    silence = Silence(examination, fixed_rules())
    kept = [finding for finding in levelled if not silence.silences(finding)]
    timed = {rule.name for rule in RULES if rule.timed}  # what is quiet today may speak tomorrow
    judged = set(applied or catalogue()) - set(run.skipped) - timed
    kept += [_with_level(finding, levels[finding.rule]) for finding in silence.leftovers(catalogue(), judged)]
    shown = [one for one in kept if one.level is not Level.IGNORE and (not only or one.rule in only)]
    hidden = sum(one.rule in fixed_rules() and one.rule not in only for one in kept) if only else 0
    ordered = tuple(sorted(shown, key=lambda one: (one.location or ("", 0, 0), one.rule, one.message)))
    silenced = tuple(silence.silenced)
    return Verdict(examination.plan, ordered, tuple(run.skipped), run.why, hidden, silence.unused, silenced, settings)


def find_broken_layout(tree: Tree) -> Layout | None:
    """The layout without sources of a plan whose `milepost.yaml` can't be read; None where that is not the trouble."""
    for home in HOMES:
        entry = tree.find(plan_file(home))
        if entry and entry.regular:
            return Layout(home) if read_plan_file(tree.read(entry)).data is None else None
    return None


class _Run:
    """Applies rules to one plan. History is read once, and only if a rule needs it."""

    def __init__(
        self, plan: Plan, today: date, settings: tuple[Mapping[str, Setting], ...], history: ReadHistory
    ) -> None:
        self._plan = plan
        self._today = today
        self._settings = settings
        self._read = history
        self._history: History | None = None
        self.skipped: list[str] = []
        self.why: MilepostError | None = None

    def judge(self, rule: Rule) -> list[Finding]:
        """What one rule finds by all settings: of several findings at a place, those that matter most."""
        found: dict[Place, list[Finding]] = {}
        for setting in self._distinct(rule):
            now: dict[Place, list[Finding]] = {}
            for finding in self._apply(rule, setting):
                now.setdefault(finding.place, []).append(_with_level(finding, setting.level))
            found |= {
                place: findings
                for place, findings in now.items()
                if place not in found or setting.level.weight < found[place][0].level.weight
            }
        return [finding for findings in found.values() for finding in findings]

    def _distinct(self, rule: Rule) -> Iterator[Setting]:
        """The settings of a rule that is not off by them, each once."""
        seen: list[Setting] = []
        for settings in self._settings:
            if (one := settings[rule.name]) not in seen and one.level is not Level.IGNORE:
                seen.append(one)
        return iter(seen)

    def _apply(self, rule: Rule, setting: Setting) -> Iterator[Finding]:
        """What one rule finds; nothing where it needs a history that is not there."""
        if rule.needs_history and not self._has_history():
            self.skipped += [rule.name] if rule.name not in self.skipped else []
            return iter(())
        history = self._history if rule.needs_history or (rule.uses_history and self._has_history()) else None
        return rule.check(Inspection(self._plan, self._today, setting.limits, history))

    def _has_history(self) -> bool:
        if self._history is None and self.why is None:
            try:
                self._history = self._read()
            except MilepostError as error:
                self.why = error
        return self._history is not None


def _stricter(one: Mapping[str, Setting], other: Mapping[str, Setting]) -> dict[str, Level]:
    return {name: min(one[name].level, other[name].level, key=lambda level: level.weight) for name in one}


def _with_level(finding: Finding, level: Level) -> Finding:
    return finding if level is finding.level else replace(finding, level=level)
