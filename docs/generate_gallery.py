"""Writes docs/every-mistake.md: what `milepost check` says about the plan in tests/gallery/.

    python docs/generate_gallery.py

tests/cases/test_every_mistake.py fails while the page is older than what it is made from.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from tests.cases.every_mistake import COMMAND, NOT_SHOWN, check_gallery, found_rules  # noqa: E402

_HEAD = """\
<!-- Made by docs/generate_gallery.py. Change tests/gallery/ or the rules, then run that. -->
# Every mistake in one plan

A team plans an app for ferries, and makes {count} different mistakes. Below is all that `milepost check` says about it
on 22 February 2027. [The plan](../tests/gallery) is kept as the five commits that made it; a comment beside each
mistake names the rule. [Errors](errors.md) has each rule by itself, with why it is one.

Some mistakes don't go together with the others:

| Rule | Why it is not here |
|:--|:--|
"""


def render_page(output: str) -> str:
    """The whole page, around what `check` printed."""
    rows = [f"| [{name}](errors.md#{name}) | {why} |" for name, why in sorted(NOT_SHOWN.items())]
    head = _HEAD.format(count=len({rule for _, rule in found_rules(output)}))
    return head + "\n".join([*rows, "", f"## milepost {' '.join(COMMAND)}", "", "```text", f"{output}```", ""])


def main() -> None:
    """Writes the page."""
    (DOCS / "every-mistake.md").write_text(render_page(check_gallery()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
