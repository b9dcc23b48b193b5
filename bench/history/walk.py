"""How long the walk over 100,000 accepted commits takes by itself: `python bench/history/walk.py [--quick]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.history.generate import Size, write_history  # noqa: E402
from milepost.repository.repository import open_repository  # noqa: E402


def measure_walk(folder: Path) -> tuple[int, float]:
    """How many commits touched the plan, and the seconds that finding them took."""
    start = time.perf_counter()
    repository = open_repository(folder)
    branch = repository.accepted_branch()
    assert branch is not None
    steps = list(repository.walk_accepted(branch[1], ("plan",)))
    return len(steps), time.perf_counter() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the history")
    commits = 10_000 if parser.parse_args().quick else 100_000
    with tempfile.TemporaryDirectory() as place:
        write_history(Path(place) / "walk", Size(commits=commits, files=100, versions=1_000))
        for way in ("library", "command"):
            os.environ["MILEPOST_GIT"] = way
            count, seconds = min((measure_walk(Path(place) / "walk") for _ in range(3)), key=lambda one: one[1])
            print(f"{commits:,} commits, {count:,} of them change the plan, by the {way}: {seconds:.2f} s here")
