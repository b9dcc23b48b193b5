"""A plan levelled, beside TaskJuggler on the same plan: `python bench/schedule/run.py`. Needs tj3 (Debian: tj3)."""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.schedule.generate import BEGIN, SHAPES, make_plan, write_milepost, write_taskjuggler  # noqa: E402
from bench.side_by_side import Command, measure, report  # noqa: E402

BIN = Path(sys.executable).parent
TARGET = 0.33  # three times faster


def run(folder: Path, shape: str, count: int, runs: int) -> None:
    """Whole processes in turn, and the last day of both schedules."""
    plan = make_plan(count, shape)
    write_milepost(plan, folder)
    write_taskjuggler(plan, folder / "plan.tjp")
    level: list[str | Path] = [BIN / "milepost", "schedule", "--level", "--today", str(BEGIN), "--format", "json"]
    commands: dict[str, Command] = {"tj3": ["tj3", "--silent", "plan.tjp"], "milepost": level}
    print(f"{count:,} tasks of ten people, {shape}")
    report(commands, measure(commands, folder, runs), "tj3", {"milepost": TARGET})
    said = subprocess.run(level, cwd=folder, capture_output=True, text=True, check=True).stdout
    last, theirs = date.fromisoformat(json.loads(said)["end"]), read_last_day(folder / "ends.csv")
    print(f"  last day: {last}, beside {theirs}  (target: not later: {'met' if last <= theirs else 'MISSED'})")


def read_last_day(path: Path) -> date:
    """The last end that TaskJuggler reports."""
    with path.open(encoding="utf-8") as file:
        return max(date.fromisoformat(row["End"]) for row in csv.DictReader(file, delimiter=";"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    quick = parser.parse_args().quick
    if not shutil.which("tj3"):
        raise SystemExit("tj3 is needed beside Milepost: apt-get install tj3")
    with tempfile.TemporaryDirectory() as place:
        for name in SHAPES:
            run(Path(place) / name.replace(" ", "-"), name, 1000, 1 if quick else 3)
