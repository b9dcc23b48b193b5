"""Writes docs/conditions.md from the language of conditions.

    python docs/generate_conditions.py

tests/docs/test_reference.py fails while the page is older than what it is made from.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

from milepost.conditions import language
from milepost.conditions.functions import ASKED_OF, FIELDS, FUNCTIONS, KINDS, PROPERTIES

PAGE = Path(__file__).parent / "conditions.md"
NOTICE = "<!-- Made by docs/generate_conditions.py. Change what it is made from, then run that. -->\n"
HEAD = """\
# Conditions

A condition is a sentence about the plan that is true or false. `milepost bisect` says at which accepted changes it
became either; `assertions` in `plan/milepost.yaml` are conditions that `milepost check` enforces.

```
milepost bisect 'due(public-beta) > 2027-03-01'
milepost bisect 'effort(goal=self-serve) > 200d or count(risks, open) > 5'
```

```yaml
assertions:
  - due(public-beta) <= 2027-04-15
  - count(milestones, promise, open) <= 3
```

- Dates are `2027-03-15`; a month (`2027-04`) or a quarter (`2027-Q2`) means its last day.
- `14d` and `2w` are days between dates beside a date, and effort beside effort, where a week has the working days of
  the plan's calendar. Effort can also be in hours: `4h`.
- `and`, `or`, `not` and brackets join conditions. Put spaces around `+` and `-`, because ids have hyphens.
- An id that several kinds share is written `kind:id`. A text with spaces stands in double quotes.
- Where the plan does not say what is asked for, the answer is neither true nor false but not known, and `milepost`
  says what is missing. `exists(ID)` asks whether an item is there.
- Only what is written in the plan counts. There is no today in it, so an answer never changes by itself.
"""


def render_page() -> str:
    """The page, as Markdown."""
    sections = {"Questions": _functions(), "Filters": _filters(), "Grammar": iter([_grammar()])}
    parts = (part for title, lines in sections.items() for part in (f"## {title}\n", *lines, ""))
    return "\n".join([NOTICE, HEAD, *parts]).rstrip() + "\n"


def _functions() -> Iterator[str]:
    yield "| Question | Answer | What it is |\n|:--|:--|:--|"
    takes = {"id": "ID", "kind": "KIND", "nothing": ""}
    for name, function in FUNCTIONS.items():
        inside = ", ".join(part for part in (takes[function.takes], "filters…" if function.filters else "") if part)
        yield f"| `{name}({inside})` | {function.type.value} | {function.what} |"
    yield f"\nKinds for `count`: {', '.join(f'`{kind}`' for kind in KINDS)}."


def _filters() -> Iterator[str]:
    yield "A filter chooses which items count. `not` before it, or `!=`, turns it round. Each can be asked of some"
    yield "kinds: of any other it would choose nothing, so that is a mistake. `effort` is of milestones and tasks."
    yield ""
    yield from _table("Property", PROPERTIES)
    yield ""
    yield from _table("Field", FIELDS, "=…")


def _table(title: str, rows: Mapping[str, str], ending: str = "") -> Iterator[str]:
    yield f"| {title} | Of | Meaning |\n|:--|:--|:--|"
    yield from (f"| `{name}{ending}` | {_kinds(name)} | {what} |" for name, what in rows.items())


def _kinds(name: str) -> str:
    return ", ".join(plural for plural, kind in KINDS.items() if kind in ASKED_OF[name])


def _grammar() -> str:
    lines = inspect.cleandoc(language.__doc__ or "").splitlines()
    grammar = [line.strip() for line in lines if " = " in line]
    return "```\n" + "\n".join(grammar) + "\n```\n"


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8", newline="\n")
