"""`milepost why`."""

from __future__ import annotations

from pathlib import Path

import click

from milepost.cli.completion import complete_ids
from milepost.cli.options import format_option, history_options, plan_options, use_colour, write_out
from milepost.cli.session import Session, find_item


@click.command("why")
@click.argument("item", metavar="ID", shell_complete=complete_ids())
@format_option("text", "json")
@history_options
@plan_options
def command(item: str, form: str, branch: str | None, no_cache: bool, config: Path | None, folder: Path) -> None:
    """Where a date came from: first said, each move, who, reason, days."""
    from milepost.analyses.why import explain_date
    from milepost.cli.log import former_ids
    from milepost.render.paint import Paint
    from milepost.render.why import render_why_json, render_why_text

    session = Session(folder, config, branch, not no_cache)
    history = session.history
    known = dict.fromkeys([*history.items, *(change.item for change in history.changes)])
    ref = find_item(item, known, former_ids(history))
    explanation = explain_date(session.accepted_plan, history, ref)
    write_out(render_why_json(explanation) if form == "json" else render_why_text(explanation, Paint(use_colour())))
