"""`milepost check` beside `check-jsonschema`, and `milepost --help` beside bare click: `python bench/check/run.py`."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.generate import milestone  # noqa: E402
from bench.side_by_side import Command, measure, report  # noqa: E402

BIN = Path(sys.executable).parent
SCHEMA = ROOT / "schemas" / "milestone.schema.json"


def write_plan(folder: Path, count: int) -> list[str]:
    """A repository with a plan of many milestones; returns their files."""
    chance = random.Random(1)
    (folder / "plan" / "milestones").mkdir(parents=True)
    people = "{ada: {name: Ada}, bo: {name: Bo}, cleo: {name: Cleo}, dana: {name: Dana}}"
    (folder / "plan" / "milepost.yaml").write_text(f"milepost: 1\ntitle: A large plan\npeople: {people}\n")
    paths = [f"plan/milestones/m-{number:03}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        (folder / path).write_text(milestone(number, 0, chance))
    git = ["git", "-C", str(folder), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "A large plan"]):
        subprocess.run([*git, *arguments], check=True)
    return paths


def run_check(folder: Path, count: int, runs: int) -> None:
    """The same files, checked by both."""
    paths = write_plan(folder, count)
    commands: dict[str, Command] = {
        "check-jsonschema": [BIN / "check-jsonschema", "--schemafile", SCHEMA, *paths],
        "milepost check": [BIN / "milepost", "check"],
    }
    print(f"{count:,} milestones; Milepost also follows links, and reports places in the text")
    report(commands, measure(commands, folder, runs), "check-jsonschema", {})


def run_help(folder: Path, runs: int) -> None:
    """How long one waits for nothing."""
    commands: dict[str, Command] = {
        "click": [sys.executable, "-c", "import click"],
        "milepost --help": [BIN / "milepost", "--help"],
    }
    print("Start-up")
    report(commands, measure(commands, folder, runs), "click", {"milepost --help": 2.0})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the files, fewer runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        run_check(Path(place) / "plan", 100 if arguments.quick else 1000, 2 if arguments.quick else 5)
        run_help(Path(place), 5 if arguments.quick else 20)
