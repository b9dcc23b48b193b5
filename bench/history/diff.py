"""`milepost diff` of neighbours in a large tree beside a small plan: `python bench/history/diff.py [--quick]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.run import MILEPOST  # noqa: E402
from bench.history.tree import FULL, QUICK, write_tree  # noqa: E402
from bench.side_by_side import Command, measure, report  # noqa: E402

TARGETS = {"the tree": 1.25}
_FILES = 10


def last_change(folder: Path) -> str:
    """The two versions around the last accepted change of a milestone."""
    command = ["git", "log", "-1", "--first-parent", "-m", "--format=%h", "--", "plan/milestones"]
    commit = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    return f"{commit}~1..{commit}"


def write_small(tree: Path, small: Path) -> None:
    """A plan of ten of the tree's files, with one change."""
    git: list[str | Path] = ["git", "-C", small, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", small], check=True)
    names = ["plan/milepost.yaml", *(f"plan/milestones/{path.name}" for path in _some(tree))]
    (small / "plan" / "milestones").mkdir(parents=True)
    for path, name in zip([tree / "plan" / "milepost.yaml", *_some(tree)], names, strict=True):
        (small / name).write_text(path.read_text())
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "First"], check=True)
    changed = small / names[-1]
    changed.write_text(changed.read_text().replace("due: 202", "due: 203"))
    subprocess.run([*git, "commit", "--quiet", "--all", "-m", "Second"], check=True)
    subprocess.run([*git, "gc", "--quiet"], check=True)


def _some(tree: Path) -> list[Path]:
    return sorted((tree / "plan" / "milestones").rglob("*.yaml"))[: _FILES - 1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the history, fewer runs")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as place:
        tree, small = Path(place) / "tree", Path(place) / "small"
        write_tree(tree, QUICK if quick else FULL)
        write_small(tree, small)
        diff: Command = [MILEPOST[0], "diff", "--format", "json"]
        commands: dict[str, Command] = {
            "ten files": [*diff, "-C", small, last_change(small)],
            "the tree": [*diff, "-C", tree, last_change(tree)],
        }
        print(f"Two neighbouring versions, in {FULL.files if not quick else QUICK.files} files and in ten")
        report(commands, measure(commands, Path(place), 3 if quick else 15), "ten files", {} if quick else TARGETS)
