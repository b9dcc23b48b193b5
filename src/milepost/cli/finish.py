"""`milepost finish`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.editing.asking import ask
from milepost.cli.editing.edit import Editing, edit_options
from milepost.cli.editing.progress import note_day, require_open
from milepost.cli.options import Day
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.item import Item


@click.command("finish")
@click.argument("item", metavar="ID", required=False, shell_complete=complete_ids("milestone", "task", own=True))
@click.option("--actual", metavar="AMOUNT", help="The work it really was, as in 9d: effort, not elapsed time.")
@click.option("--on", type=Day(), metavar="DATE", help="The day it was done.  [default: today]")
@edit_options
def command(
    item: str | None, actual: str | None, on: date | None, today: date, folder: Path, no_input: bool, dry_run: bool
) -> None:
    """Say that work is finished, and what it took.

    \b
    milepost finish public-beta/audit-log --actual 5d
    milepost finish public-beta
    """
    editing = Editing(folder, today, dry_run, no_input)
    found = editing.find(item, "milestone", "task")
    require_open(editing, found, "finished")
    note_day(editing, found, "finished", on)
    _note_actual(editing, found, actual)
    editing.save()


def _note_actual(editing: Editing, item: Item, actual: str | None) -> None:
    from milepost.documents.values import parse_field

    if item.ref.kind != "task":
        if actual is not None:
            message = "Tasks say what they took, a milestone does not."
            raise UsageError(message, "leave out --actual; without tasks, add one with the estimate and finish that")
        return
    if actual is None and editing.asks and editing.draft.value(item, ("actual",)) is None:
        question = "How much work was it really? (3d, 20h; empty if nobody knows)"
        actual = ask(question, _read_amount, optional=True)
    if actual:
        editing.draft.put(item, ("actual",), parse_field("task", ("actual",), actual))


def _read_amount(text: str) -> str:
    from milepost.documents.values import parse_field

    if text.strip():
        parse_field("task", ("actual",), text.strip())
    return text.strip()
