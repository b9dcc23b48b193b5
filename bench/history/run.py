"""`milepost log` beside `git log`: `python bench/history/run.py [--quick]`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.generate import FULL, QUICK, write_history  # noqa: E402
from bench.side_by_side import Command, measure, report, show  # noqa: E402

MILEPOST: list[str | Path] = [Path(sys.executable).with_name("milepost"), "log", "--format", "json"]
GIT = ["git", "log", "--raw", "--first-parent", "-m", "--", "plan"]
TARGETS = {"without its cache": 6.0, "with its cache": 3.0}


def run_generated(folder: Path, quick: bool, runs: int) -> None:
    """The made-up history."""
    size = QUICK if quick else FULL
    write_history(folder, size)
    commands: dict[str, Command] = {
        "git": GIT,
        "without its cache": [*MILEPOST, "--no-cache"],
        "with its cache": MILEPOST,
    }
    print(f"{size.commits:,} commits, {size.files:,} plan files, {size.versions:,} versions of them")
    report(commands, measure(commands, folder, runs), "git", {} if quick else TARGETS)


def run_openstack(folder: Path, corpora: Path, runs: int) -> None:
    """A real history, and what Milepost adds to the time that its libraries take to import."""
    subprocess.run(["git", "clone", "--quiet", corpora / "openstack.bundle", folder], check=True)
    config = ROOT / "tests" / "corpora" / "openstack.yaml"
    commands: dict[str, Command] = {
        "imports": [sys.executable, "-c", "import click, pygit2, ruamel.yaml"],
        "without its cache": [*MILEPOST, "--config", config, "--no-cache"],
        "with its cache": [*MILEPOST, "--config", config],
    }
    fastest = measure(commands, folder, runs)
    print("OpenStack's release schedules, a real history")
    report(commands, fastest, "imports", {})
    for name in ("without its cache", "with its cache"):
        print(f"  {name}, beyond the imports: {fastest[name] - fastest['imports']:.2f} s here: {show(commands[name])}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the history, fewer runs")
    arguments = parser.parse_args()
    turns = 2 if arguments.quick else 7
    with tempfile.TemporaryDirectory() as place:
        run_generated(Path(place) / "generated", arguments.quick, turns)
        if found := os.environ.get("MILEPOST_CORPORA"):
            run_openstack(Path(place) / "openstack", Path(found), turns)
