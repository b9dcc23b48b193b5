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

from milepost.model.finding import Level  # noqa: E402
from tests.cases.gallery import GENERATED, Case, find_cases, rule_whys  # noqa: E402

_LONGEST = 100
_HEAD = """\
<!-- Made by docs/generate_errors.py. Change the rules or the cases, then run that. -->
# What `milepost check` can say

Every line names a file, a line and a column, how much it matters, and the rule; the hint below says what to type.

```
path:line:column: level[rule]: Sentence.
  hint: …
```

`milepost check` exits with 1 where there are errors (`--fail-on warning` where there are warnings too), else with 0.
The examples are run by Milepost's own tests, on 22 February 2027.
"""


def render_page() -> str:
    """The whole page."""
    cases: dict[str, list[Case]] = {}
    for case in find_cases():
        if case.fails:
            cases.setdefault(case.rule, []).append(case)
    rules = rule_whys()
    parts = [_HEAD, _contents(rules)]
    parts += [_section(name, level, why, cases.get(name, [])) for name, (level, why) in rules.items()]
    return "\n".join(parts)


def _contents(rules: dict[str, tuple[Level, str]]) -> str:
    lines = [f"| [{name}](#{name}) | {level} | {why} |" for name, (level, why) in rules.items()]
    return "\n".join(["| Rule | Level | Why |", "|:--|:--|:--|", *lines, ""])


def _section(name: str, level: Level, why: str, cases: list[Case]) -> str:
    lines = [f"## {name}", "", f"*{level}* — {why}", ""]
    if name in GENERATED:
        lines += [GENERATED[name], ""]
    for case in cases:
        lines += _example(case)
    return "\n".join(lines)


def _example(case: Case) -> Iterator[str]:
    """The files that the output names, and the output."""
    output = case.expected.read_text(encoding="utf-8")
    for path, content in case.files().items():
        if f"{path}:" in output or f"{path} " in output:
            yield from _block(content.decode("utf-8") or "\n", "yaml", f"`{path}`")
    yield from _block(output, "text")


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
