"""Writes docs/errors.md from the rules and from the cases in tests/cases/, which are its gallery.

    python docs/generate_errors.py

tests/cases/test_cases.py fails while the page is older than what it is made from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from milepost.documents.levels import DOCUMENT_RULES  # noqa: E402
from milepost.loader.catalogue import fixed_rules  # noqa: E402
from milepost.repository.story import read_story  # noqa: E402
from milepost.rules import RULES  # noqa: E402
from milepost.rules.configuration import write_limit  # noqa: E402
from milepost.rules.rule import Rule  # noqa: E402
from tests.cases.gallery import GENERATED, Case, find_cases, known_rules  # noqa: E402

_LONGEST = 100
_HEAD = """\
<!-- Made by docs/generate_errors.py. Change the rules or the cases, then run that. -->
# What `milepost check` can say

Every line names a file, a line and a column, how much it matters, and the rule; the hint below says what to type.

```
path:line:column: level[rule]: Sentence.
  hint: …
```

A level is `error`, `warning` or `advice`. Advice never fails a run. A team can give every rule another level or other
limits, turn it off, or silence it at one place: [how](how-to/rules.md). `milepost check --explain RULE` says the same
as this page, without the examples.

Marks: **time**, the verdict depends on today, so by itself it never fails a run; **history**, it needs the whole
history and is skipped in a shallow clone; **fixed**, its level can't be changed, and no comment silences it.

The examples are run by Milepost's own tests, one rule at a time, on 22 February 2027.
"""


def render_page() -> str:
    """The whole page."""
    cases: dict[str, list[Case]] = {}
    for case in find_cases():
        if case.fails:
            cases.setdefault(case.rule, []).append(case)
    rules = known_rules()
    groups = list(_groups(rules))
    parts = [_HEAD, *(_contents(title, group) for title, group in groups)]
    parts += [_section(rule, cases.get(rule.name, [])) for _, group in groups for rule in group]
    return "\n".join(parts)


def _groups(rules: dict[str, Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The rules by what they are about, each group in the order of the names."""
    planning = {rule.name for rule in RULES}
    yield "Planning", [rule for name, rule in rules.items() if name in planning]
    yield "Files", [rule for name, rule in rules.items() if name in DOCUMENT_RULES]
    yield "Checking itself", [rule for name, rule in rules.items() if name not in planning | DOCUMENT_RULES.keys()]


def _contents(title: str, rules: list[Rule]) -> str:
    lines = [f"| [{one.name}](#{one.name}) | {', '.join([one.level, *_marks(one)])} | {one.why} |" for one in rules]
    return "\n".join([f"**{title}**", "", "| Rule | Level | Why |", "|:--|:--|:--|", *lines, ""])


def _marks(rule: Rule) -> Iterator[str]:
    if rule.timed:
        yield "time"
    if rule.needs_history:
        yield "history"
    if rule.name in fixed_rules():
        yield "fixed"


def _section(rule: Rule, cases: list[Case]) -> str:
    lines = [f"## {rule.name}", "", f"*{', '.join([rule.level, *_marks(rule)])}* — {rule.why}", ""]
    for limit in rule.limits:
        lines += [f"`{limit.key}` ({write_limit(limit.measure, limit.default)}): {limit.what}.", ""]
    if rule.name in GENERATED:
        lines += [GENERATED[rule.name], ""]
    for case in cases:
        lines += _example(case)
    return "\n".join(lines)


def _example(case: Case) -> Iterator[str]:
    """The files that the output names, in every commit that wrote them, and the output."""
    output = case.expected.read_text(encoding="utf-8")
    for title, files in _states(case):
        named = {path: content for path, content in files.items() if f"{path}:" in output or f"{path} " in output}
        for path, content in named.items():
            yield from _block(content.decode("utf-8") or "\n", "yaml", f"{title}`{path}`")
    yield from _block(output, "text")


def _states(case: Case) -> Iterator[tuple[str, dict[str, bytes]]]:
    """What was written when: at once, or in commits and at last in the work tree."""
    if not case.has_history:
        yield "", case.files()
        return
    for chapter in read_story(case.folder):
        yield f"Committed on {chapter.when.date()} (“{chapter.message.splitlines()[0]}”): ", chapter.files
    yield "Not committed: ", case.uncommitted()


def _block(text: str, language: str, title: str = "") -> Iterator[str]:
    if title:
        yield from (title, "")
    shortened = (line if len(line) <= _LONGEST or language == "text" else f"{line[:60]}…" for line in text.splitlines())
    yield from (f"```{language}", *shortened, "```", "")


def main() -> None:
    """Writes the page."""
    (DOCS / "errors.md").write_text(render_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
