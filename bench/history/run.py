"""`milepost log` beside `git log`: `python bench/history/run.py [--quick]`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.generate import FULL, QUICK, Size, write_history  # noqa: E402
from bench.history.tree import FULL as FULL_TREE  # noqa: E402
from bench.history.tree import QUICK as QUICK_TREE  # noqa: E402
from bench.history.tree import SHAPES, write_tree  # noqa: E402
from bench.side_by_side import Command, measure, report, run, show  # noqa: E402

MILEPOST: list[str | Path] = [Path(sys.executable).with_name("milepost"), "log", "--format", "json"]
GIT = ["git", "log", "--raw", "--first-parent", "-m", "--", "plan"]
TARGETS = {"without its cache": 4.0, "with its cache": 2.0}
MEGABYTES = 300
DOUBLING = 2.2  # of the versions: at most how many times as long beyond what no history takes


def compare(folder: Path, quick: bool, runs: int) -> None:
    """Milepost beside git in one repository, its memory, and what one more commit costs it."""
    ours: dict[str, Command] = {"without its cache": [*MILEPOST, "--no-cache"], "with its cache": MILEPOST}
    commands: dict[str, Command] = {"git": GIT, **ours}
    report(commands, measure(commands, folder, runs), "git", {} if quick else TARGETS)
    report_memory(ours, folder)
    one_more(folder, runs)


def report_memory(commands: dict[str, Command], folder: Path) -> None:
    """Prints what each takes of memory."""
    for name, command in commands.items():
        _, megabytes = run(command, folder)
        verdict = "met" if megabytes < MEGABYTES else "MISSED"
        print(f"  {name}: {megabytes:.0f} MB at its peak  (target {MEGABYTES}: {verdict})")


def one_more(folder: Path, runs: int) -> None:
    """Prints how the first log after each of some commits compares with one that has nothing new to read."""
    path = sorted((folder / "plan" / "milestones").rglob("*.yaml"))[0]
    after, again = [], []
    for number in range(runs):
        path.write_text(path.read_text().rstrip("\n") + f"\nnotes: note {number}\n" if not number else
                        path.read_text().replace(f"note {number - 1}", f"note {number}"))  # fmt: skip
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        subprocess.run(["git", *who, "commit", "--quiet", "--all", "-m", "One more"], cwd=folder, check=True)
        after.append(run(MILEPOST, folder)[0])
        again.append(run(MILEPOST, folder)[0])
    print(f"  after one more commit: {min(after) / min(again):.2f} times as long as with nothing new")


def run_doubling(place: Path, quick: bool, runs: int) -> None:
    """Prints how time grows with the versions: the rest of the history stays as it is."""
    sizes = [Size(commits=2_200, files=70, versions=count) for count in (250, 500, 1_000, 2_000)] if quick else [
        Size(commits=20_500, files=700, versions=count) for count in (2_500, 5_000, 10_000, 20_000)
    ]  # fmt: skip
    seconds = []
    for size in sizes:
        folder = place / f"doubling-{size.versions}"
        write_history(folder, size)
        seconds.append(measure({"": [*MILEPOST, "--no-cache"]}, folder, runs)[""])
    print(f"{sizes[0].commits:,} commits, of which ever more change the plan")
    for (size, before), (larger, after) in pairwise(zip(sizes, seconds, strict=True)):
        verdict = "met" if after / before <= DOUBLING else "MISSED"
        print(f"  {larger.versions:,} versions: {after / before:.2f} times {size.versions:,} "
              f"(target {DOUBLING}: {verdict})")  # fmt: skip


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
    report_memory({name: command for name, command in commands.items() if name != "imports"}, folder)


def main(quick: bool, place: Path) -> None:
    """All of it."""
    turns = 2 if quick else 7
    size, tree = (QUICK, QUICK_TREE) if quick else (FULL, FULL_TREE)
    write_history(place / "generated", size)
    print(f"{size.commits:,} commits, {size.files:,} plan files, {size.versions:,} versions of them")
    compare(place / "generated", quick, turns)
    for shape, laid_out in SHAPES.items():
        write_tree(place / shape, tree, shape)
        print(f"{tree.commits:,} commits with merges, {tree.files:,} plan files, {laid_out}")
        compare(place / shape, quick, turns)
    run_doubling(place, quick, 2)
    if found := os.environ.get("MILEPOST_CORPORA"):
        run_openstack(place / "openstack", Path(found), turns)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the history, fewer runs")
    with tempfile.TemporaryDirectory() as temporary:
        main(parser.parse_args().quick, Path(temporary))
