"""`milepost check` beside `check-jsonschema`, and `milepost --help` beside bare click: `python bench/check/run.py`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.check.generate import TASKS, write_plan  # noqa: E402
from bench.side_by_side import Command, measure, report  # noqa: E402

BIN = Path(sys.executable).parent
SCHEMA = ROOT / "schemas" / "milestone.schema.json"
TARGETS = {"milepost check": 2.0, "without its cache": 2.0}


def run_check(folder: Path, count: int, runs: int) -> None:
    """The same files, checked by both."""
    paths = write_plan(folder, count)
    check: list[str | Path] = [BIN / "milepost", "check", "--today", "2027-02-22"]
    commands: dict[str, Command] = {
        "check-jsonschema": [BIN / "check-jsonschema", "--schemafile", SCHEMA, *paths],
        "milepost check": check,
        "without its cache": [*check, "--no-cache"],
    }
    print(f"{count:,} milestones with {count * TASKS:,} tasks: schema, and all rules with history")
    report(commands, measure(commands, folder, runs), "check-jsonschema", TARGETS)


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
