"""One plan with every mistake: tests/gallery/, folders that are commits as in `milepost.repository.story`.

docs/every-mistake.md shows what `milepost check` says about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from click.testing import CliRunner

from milepost.cli import main
from milepost.repository.story import read_story, write_story
from tests.cases.gallery import GENERATED, TODAY

GALLERY = Path(__file__).parents[1] / "gallery"
COMMAND = ("check", "--advice", "--today", TODAY)

_FINDING = re.compile(r"(?m)^(?P<path>plan/[^:]+):\d+:\d+: (?:error|warning|advice)\[(?P<rule>[a-z-]+)\]:")

#: Rules that can't be broken in the same plan as all the others, and why, as whole sentences.
NOT_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "done-without-feedback": "It needs something that users got; for enablers-first they have got nothing yet.",
        "due-at-risk": "It needs a promise that is more likely than not; for due-unlikely the only one is less.",
        "no-dependencies": "It needs milestones that all stand alone; for due-before-dependency two are tied.",
        "nothing-due-soon": "It needs dates that are all far away; for overdue one has passed.",
        "pace-never-seen": "It needs eight tasks that were finished; here hardly anything is.",
    }
    | {
        name: f"It can't well be kept in a repository, so a test makes it: {what[0].lower()}{what[1:]}"
        for name, what in GENERATED.items()
    }
)


def check_gallery() -> str:
    """What `milepost check` prints about the plan."""
    with TemporaryDirectory() as folder:
        write_story(read_story(GALLERY), Path(folder))
        with chdir(folder):
            result = CliRunner().invoke(main, COMMAND, prog_name="milepost")
    assert result.exit_code == 1, result.output
    return result.stdout


def found_rules(output: str) -> set[tuple[str, str]]:
    """Each file that is named, with each rule that it breaks."""
    return {(found["path"], found["rule"]) for found in _FINDING.finditer(output)}


def written_files() -> dict[str, str]:
    """The plan's files as they are in the end."""
    files = {path: data for chapter in read_story(GALLERY) for path, data in chapter.files.items()}
    return {path: data.decode("utf-8") for path, data in files.items()}
