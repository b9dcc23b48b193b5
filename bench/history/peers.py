"""`milepost log` beside git-history and PyDriller: `python bench/history/peers.py [--quick] [--venv DIR]`.

All are asked for every value of every field of each plan file. The two go file by file, so they do it for twenty of
the files, and what that takes is scaled to all of them. They are installed into an environment of their own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.run import MILEPOST  # noqa: E402
from bench.history.tree import FULL, QUICK, write_tree  # noqa: E402
from bench.side_by_side import Command, measure, show  # noqa: E402

_PACKAGES = ("git-history", "pydriller", "pyyaml")
_SAMPLE = 20
_TARGET = 200

#: What one would write who asks PyDriller.
_PYDRILLER = """
import sys, yaml
from pydriller import Repository
for path in sys.argv[1:]:
    known = {}
    for commit in Repository(".", filepath=path).traverse_commits():
        for file in commit.modified_files:
            if path in (file.new_path, file.old_path):
                now = yaml.load(file.source_code or "{}", Loader=yaml.CBaseLoader)
                for field in {*known, *now}:
                    if known.get(field) != now.get(field):
                        print(commit.hash, path, field, now.get(field))
                known = now
"""


def install(folder: Path) -> Path:
    """The folder of an environment's programs, made and filled where it is not there yet."""
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not programs.exists():
        venv.create(folder, with_pip=True)
    pip: list[str | Path] = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", *_PACKAGES], check=True)
    listed = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout.split()
    print("  " + ", ".join(one for one in listed if one.lower().startswith(_PACKAGES)))
    return programs


def sample(folder: Path) -> tuple[list[str], int]:
    """Twenty plan files from all over the tree, and how many there are."""
    files = sorted(path.relative_to(folder).as_posix() for path in (folder / "plan/milestones").rglob("*.yaml"))
    return files[:: max(1, len(files) // _SAMPLE)][:_SAMPLE], len(files)


def git_history(programs: Path, path: str, database: Path) -> Command:
    """One file for git-history."""
    convert = "return [yaml.load(content, Loader=yaml.CBaseLoader)]"
    names = ["--namespace", Path(path).stem.replace("-", "_"), "--id", "id"]
    command: list[str | Path] = [
        programs / "git-history",
        "file",
        database,
        path,
        "--repo",
        ".",
        "--branch",
        "main",
        *names,
    ]
    return [*command, "--import", "yaml", "--convert", convert, "--silent"]


def compare(folder: Path, programs: Path, place: Path, quick: bool) -> None:
    """Prints how many times as long each of the two takes for the whole tree."""
    files, count = sample(folder)
    pydriller: Command = [programs / "python", "-c", _PYDRILLER, *files]
    ours: dict[str, Command] = {"without its cache": [*MILEPOST, "--no-cache"], "with its cache": MILEPOST}
    fastest = measure(ours, folder, 3)
    for name, command in ours.items():
        print(f"  milepost {name}, {count} files: {fastest[name]:.2f} s here\n    {show(command)}")
    commands = {path: git_history(programs, path, place / "history.db") for path in files}
    sampled = {
        "git-history": sum(measure(commands, folder, 0).values()),
        "PyDriller": measure({"": pydriller}, folder, 0)[""],
    }
    for name, command in (("git-history", commands[files[0]]), ("PyDriller", pydriller)):
        print(f"  {name}, {len(files)} files: {sampled[name]:.1f} s here\n    {' '.join(show(command).split())}")
        for way, seconds in fastest.items():
            ratio = sampled[name] * count / len(files) / seconds
            verdict = "" if quick else f"  (target {_TARGET}: {'met' if ratio >= _TARGET else 'MISSED'})"
            print(f"    for all files {ratio:,.0f} times milepost {way}{verdict}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the history")
    parser.add_argument("--venv", type=Path, help="where to keep their environment  [default: a temporary folder]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print("Every value of every field of each plan file, in the tree")
        write_tree(Path(temporary) / "tree", QUICK if arguments.quick else FULL)
        environment = install(arguments.venv or Path(temporary) / "venv")
        compare(Path(temporary) / "tree", environment, Path(temporary), arguments.quick)
