"""`milepost log`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_fields, complete_ids
from milepost.cli.options import format_option, history_options, note, plan_options, use_colour, write_out
from milepost.cli.session import Session, find_item

if TYPE_CHECKING:
    from milepost.model.history import Change, History
    from milepost.model.item import Ref

_NAMED = 5


@click.command("log")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids())
@click.option("--field", metavar="NAME", shell_complete=complete_fields, help="Only this field, as in due.")
@click.option("-v", "--verbose", is_flag=True, help="Name every revision that could not be read as it is meant.")
@format_option("text", "json")
@history_options
@plan_options
def command(
    item: str | None, field: str | None, verbose: bool, form: str, branch: str | None, no_cache: bool,
    config: Path | None, folder: Path,
) -> None:  # fmt: skip
    """Every accepted value of every field, newest first.

    Follows items by id, through renames and moved files. The first value of a field is its original.
    """
    from milepost.render.log import render_log_json, render_log_text
    from milepost.render.paint import Paint

    session = Session(folder, config, branch, not no_cache)
    history = session.history
    changes = _select(history, item, field)
    if form == "json":
        write_out(render_log_json(history, changes))
    else:
        write_out(render_log_text(changes, Paint(use_colour())))
    _name_flaws(history, {change.path for change in changes} if item else None, verbose)
    if not history.changes:
        note("The plan has no items yet. milepost init writes the first milestone.")


def _select(history: History, item: str | None, field: str | None) -> list[Change]:
    changes = list(reversed(history.changes))
    if item is not None:
        ref = find_item(item, dict.fromkeys(change.item for change in changes), former_ids(history))
        changes = [change for change in changes if change.item == ref]
    return [change for change in changes if field is None or change.field == field]


def former_ids(history: History) -> dict[str, Ref]:
    """Ids that items had before, and the items that had them."""
    return {str(change.old): change.item for change in history.changes if change.field == "id" and change.old}


def _name_flaws(history: History, paths: set[str] | None, verbose: bool) -> None:
    """Names the revisions that could not be read: of all files, or of those that hold the item that was asked for."""
    flaws = [(flaw, "did not parse, so the last values stand") for flaw in history.unreadable]
    if verbose:
        flaws += [(flaw, "names a key twice, and the last one counts") for flaw in history.duplicates]
    flaws = [(flaw, what) for flaw, what in flaws if paths is None or flaw.path in paths]
    shown = flaws if verbose else flaws[:_NAMED]
    for flaw, what in shown:
        note(f"{flaw.path} in {flaw.revision.short_id} {what} ({flaw.message})")
    if len(flaws) > len(shown):
        note(f"{len(flaws) - len(shown)} more; --verbose names them all")
