"""Levels the plan of a repository, and prints its last day: `python bench/schedule/level.py DIR TODAY`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from milepost.analyses.project import build_project
from milepost.cli.session import Session
from milepost.scheduling.levelling import level_network


def find_last_day(folder: Path, today: date) -> date | None:
    """When all is done, if nobody does two things at once."""
    session = Session(folder, None)
    project = build_project(session.plan(session.repository.work_tree()), today)
    return project.axis.day_of_finish(level_network(project.network).end)


if __name__ == "__main__":
    print(find_last_day(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])))
