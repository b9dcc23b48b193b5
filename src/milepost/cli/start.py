"""`milepost start`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.completion import complete_ids
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.progress import note_day, require_open
from milepost.cli.options import Day


@click.command("start")
@click.argument("item", metavar="ID", required=False, shell_complete=complete_ids("milestone", "task", own=True))
@click.option("--on", type=Day(), metavar="DATE", help="The day work began.  [default: today]")
@edit_options
def command(item: str | None, on: date | None, today: date, folder: Path, no_input: bool, dry_run: bool) -> None:
    """Say that work has started."""
    editing = Editing(folder, today, dry_run, no_input)
    found = editing.find(item, "milestone", "task")
    require_open(editing, found, "started")
    note_day(editing, found, "started", on)
    editing.save()
