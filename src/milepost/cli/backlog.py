"""`milepost backlog`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.session import Session


@click.command("backlog")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Another number draws other runs.")
@format_option("text", "json", "csv")
@today_option
@history_options
@plan_options
@even_of_nothing("backlog")
def command(
    seed: int, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None, folder: Path
) -> None:
    """Work in order, with when each item is likely to be reached.

    \b
    milepost backlog
    milepost backlog --format csv > backlog.csv

    Open tasks, and milestones that have none, by priority, rank, the milestone's date and id. The days are found by
    the pace of past sprints; before three are over, by a schedule in this order. The output says which.
    """
    from milepost.analyses.sprints.backlog import rank_backlog
    from milepost.render.backlog import render_backlog_csv, render_backlog_json, render_backlog_text
    from milepost.render.paint import Paint

    session = Session(folder, config, branch, not no_cache)
    plan = session.present_plan
    backlog = rank_backlog(plan, session.courses(today), today, seed)
    if form == "json":
        write_out(render_backlog_json(backlog, plan))
    elif form == "csv":
        write_out(render_backlog_csv(backlog, plan))
    else:
        write_out(render_backlog_text(backlog, plan, Paint(use_colour())))
