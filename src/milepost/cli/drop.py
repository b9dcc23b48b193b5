"""`milepost drop`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.completion import complete_ids
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.progress import note_day, require_open
from milepost.cli.editing.reason import ask_reason, give_reason
from milepost.cli.options import Day


@click.command("drop")
@click.argument("item", metavar="ID", required=False, shell_complete=complete_ids("milestone", "task", own=True))
@click.option("--because", metavar="REASON", help='Why, as in "priority: the importer goes first".')
@click.option("--on", type=Day(), metavar="DATE", help="The day it was decided.  [default: today]")
@edit_options
def command(
    item: str | None, because: str | None, on: date | None, today: date, folder: Path, no_input: bool, dry_run: bool
) -> None:
    """Take an item out of the plan; the file and the reason stay."""
    editing = Editing(folder, today, dry_run, no_input)
    found = editing.find(item, "milestone", "task")
    require_open(editing, found, "dropped")
    reason = ask_reason(editing, because, "dropped")
    note_day(editing, found, "dropped", on)
    give_reason(editing, found, reason)
    editing.save()
