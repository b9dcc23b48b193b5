"""Findings that a comment in a plan file silences, and comments that silence nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from milepost.documents.ignores import Ignore
from milepost.loader.check import Examination
from milepost.model.finding import Finding, Level, Location
from milepost.model.item import Place
from milepost.model.nearest import Nearest
from milepost.rules.rule import Inspection, Rule


def _nothing(_: Inspection) -> Iterator[Finding]:
    """Whether a comment silences anything is known when all other rules have run."""
    return iter(())


UNUSED_IGNORE = Rule(
    "unused-ignore",
    Level.WARNING,
    "A comment that silences nothing will silence the next mistake, which nobody meant to allow.",
    _nothing,
)
UNEXPLAINED_IGNORE = Rule(
    "unexplained-ignore",
    Level.ADVICE,
    "Without a reason nobody knows whether the exception still holds.",
    _nothing,
)


class Silence:
    """The comments of one version. Remembers which of them were needed.

    `silenced` are the findings that they are about. `unused` is known after `leftovers`:
    for each file and line the rules that its comment names in vain.
    """

    def __init__(self, examination: Examination, fixed: Collection[str]) -> None:
        self._examination = examination
        self._fixed = fixed
        self._ignores = {
            (path, ignore.target, rule): (ignore, rule)
            for path, ignores in examination.ignores.items()
            for ignore in ignores
            for rule in ignore.rules
        }
        self._used: set[tuple[str, int, str]] = set()
        self._nearest = Nearest()
        self.silenced: list[Finding] = []
        self.unused: dict[str, dict[int, frozenset[str]]] = {}

    def silences(self, finding: Finding) -> bool:
        """Whether a comment stands above what a finding is about."""
        if not self._ignores or finding.rule in self._fixed:
            return False
        lines = self._examination.lines_of(finding)
        keys = {(finding.place.path, line, finding.rule) for line in lines} & self._ignores.keys()
        self._used |= keys
        self.silenced += [finding] if keys else []
        return bool(keys)

    def leftovers(self, known: Collection[str], judged: Collection[str]) -> Iterator[Finding]:
        """Comments that silenced nothing, or give no reason. Only rules in `judged` were looked for at all."""
        for path, ignores in self._examination.ignores.items():
            for ignore in ignores:
                yield from self._unused(path, ignore, known, judged)
                if ignore.rules and not ignore.reason:
                    message = "This comment does not say why the finding is allowed."
                    hint = f"# milepost: ignore[{', '.join(ignore.rules)}] because …"
                    yield _found(UNEXPLAINED_IGNORE, path, ignore, message, hint)

    def _unused(self, path: str, ignore: Ignore, known: Collection[str], judged: Collection[str]) -> Iterator[Finding]:
        if not ignore.rules:
            message = "This comment names no rule, so it silences nothing."
            yield _found(UNUSED_IGNORE, path, ignore, message, "# milepost: ignore[rule] and a reason")
        for rule in ignore.rules:
            if rule not in known:
                close = self._nearest.find(rule, known)
                hint = f"did you mean {close}?" if close else "remove this comment"
                yield _found(UNUSED_IGNORE, path, ignore, f"There is no rule {rule}, so this silences nothing.", hint)
            elif rule in self._fixed:
                message = f"{rule} can't be silenced: without it a plan can't be trusted."
                yield _found(UNUSED_IGNORE, path, ignore, message, "mend what it names, and remove this comment")
            elif rule in judged and (path, ignore.target, rule) not in self._used:
                lines = self.unused.setdefault(path, {})
                lines[ignore.line] = lines.get(ignore.line, frozenset()) | {rule}
                message = f"There is no finding of {rule} on the next line, so this silences nothing."
                yield _found(UNUSED_IGNORE, path, ignore, message, "remove it: milepost check --fix")


def _found(rule: Rule, path: str, ignore: Ignore, message: str, hint: str) -> Finding:
    location = Location(path, ignore.line, ignore.column)
    return Finding(rule.name, rule.level, Place(path), message, hint, location)
