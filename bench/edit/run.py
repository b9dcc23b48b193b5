"""One field of a large plan file changed, beside reading the same file: `python bench/edit/run.py`.

In one process, in turn: what is compared is the work on the text, not the start of Python.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.side_by_side import measure_works  # noqa: E402
from milepost.documents.edits import Plain, Put, edit_document  # noqa: E402
from milepost.documents.yaml import read_plan_file  # noqa: E402

TARGET = 3.0
TASK = """\
  - id: part-{number}   # what somebody has to know about it
    title: "Part {number}: one of many"
    estimate: {low}d..{high}d
    owner: ada
    depends_on: [part-{before}]
    # started late
    started: 2027-01-{day:02}
"""


def plan_file(lines: int) -> bytes:
    """A milestone with so many tasks that its file has about so many lines."""
    parts = ["id: large\ntitle: A large milestone\ndue: 2027-06-30   # a promise\ntasks:\n"]
    for number in range((lines - 4) // TASK.count("\n")):
        low, day = 1 + number % 5, 1 + number % 28
        parts.append(TASK.format(number=number, low=low, high=low * 3, before=max(0, number - 1), day=day))
    return "".join(parts).encode()


def run(lines: int, runs: int) -> None:
    """An estimate in the middle of the file."""
    data = plan_file(lines)
    task = (lines - 4) // TASK.count("\n") // 2
    change = Put(("tasks", task, "estimate"), Plain("4d"))
    works: dict[str, Callable[[], object]] = {
        "read_plan_file(data)": lambda: read_plan_file(data),
        f'edit_document(data, [Put(("tasks", {task}, "estimate"), Plain("4d"))])': lambda: edit_document(
            data, [change]
        ),
    }
    (beside, fastest), (name, ours) = measure_works(works, runs).items()
    ratio = ours / fastest
    newlines = data.count(b"\n")
    print(f"One field of a file of {newlines:,} lines")
    print(f"  beside: {beside}")
    print(f"  {name}\n    {ratio:.2f} times  (target {TARGET:g}: {'met' if ratio <= TARGET else 'MISSED'})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    run(2000, 5 if parser.parse_args().quick else 30)
