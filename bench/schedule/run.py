"""A plan levelled, beside TaskJuggler on the same plan: `python bench/schedule/run.py`. Needs tj3 (Debian: tj3)."""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.schedule.generate import BEGIN, SHAPES, make_plan, write_milepost, write_taskjuggler  # noqa: E402
from bench.schedule.level import find_last_day  # noqa: E402
from bench.side_by_side import Command, measure, report  # noqa: E402

TARGET = 1 / 3


def run(folder: Path, shape: str, count: int, runs: int) -> None:
    """Whole processes in turn, and the last day of both schedules."""
    plan = make_plan(count, shape)
    write_milepost(plan, folder)
    write_taskjuggler(plan, folder / "plan.tjp")
    ours = "milepost"
    commands: dict[str, Command] = {
        "tj3": ["tj3", "--silent", "plan.tjp"],
        ours: [sys.executable, Path(__file__).with_name("level.py"), ".", str(BEGIN)],
    }
    print(f"{count:,} tasks of ten people, {shape}")
    report(commands, measure(commands, folder, runs), "tj3", {ours: TARGET})
    theirs, last = read_last_day(folder / "ends.csv"), find_last_day(folder, BEGIN)
    verdict = "met" if last and last <= theirs else "MISSED"
    print(f"  last day: {last}, beside {theirs}  (target: not later: {verdict})")


def read_last_day(path: Path) -> date:
    """The last end that TaskJuggler reports."""
    with path.open(encoding="utf-8") as file:
        return max(date.fromisoformat(row["End"]) for row in csv.DictReader(file, delimiter=";"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer tasks, fewer runs")
    quick = parser.parse_args().quick
    if not shutil.which("tj3"):
        raise SystemExit("tj3 is needed beside Milepost: apt-get install tj3")
    with tempfile.TemporaryDirectory() as place:
        for name in SHAPES:
            run(Path(place) / name.replace(" ", "-"), name, 300 if quick else 1000, 1 if quick else 3)
