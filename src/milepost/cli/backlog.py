"""`milepost backlog`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_among
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from milepost.analyses.sprints.ranking import Piece
    from milepost.model.item import Ref
    from milepost.model.plan import Plan

_KINDS = ("goal", "milestone", "task")


@click.command("backlog")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids(*_KINDS))
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, metavar="N",
    help="Another number draws other runs.",
)  # fmt: skip
@format_option("text", "json", "csv")
@today_option
@history_options
@plan_options
@even_of_nothing("backlog")
def command(
    item: str | None, seed: int, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """Work in order, with when each item is likely to be reached.

    \b
    milepost backlog
    milepost backlog self-serve      what is left for one goal, or for a milestone
    milepost backlog --format csv > backlog.csv

    Open tasks, and milestones that have none, by priority, rank, the milestone's date and id. The days are found by
    the pace of past sprints; before three are over, by a schedule in this order. The output says which.
    """
    from milepost.analyses.sprints.backlog import rank_backlog
    from milepost.render.backlog import render_backlog_csv, render_backlog_json, render_backlog_text
    from milepost.render.paint import Paint

    session = Session(folder, config, branch, not no_cache)
    plan = session.present_plan
    known = session.experience(plan)
    about = find_among(item, plan.items, _KINDS, "only goals, milestones and tasks are work") if item else None
    backlog = rank_backlog(
        plan, session.courses(today), today, seed, known.size(plan.calendar), known.focus.pace,
        _belongs(plan, about) if about else None,
    )  # fmt: skip
    if form == "json":
        write_out(render_backlog_json(backlog, plan, known))
    elif form == "csv":
        write_out(render_backlog_csv(backlog, plan))
    else:
        write_out(render_backlog_text(backlog, plan, known, Paint(use_colour()), about))


def _belongs(plan: Plan, about: Ref) -> Callable[[Piece], bool]:
    """Tells what is a part of one item: of a goal, the milestones that serve it, or a goal that does."""
    milestones = {one.ref for one in plan.serving(about.id)} if about.kind == "goal" else {about}
    return lambda piece: piece.milestone.ref in milestones or piece.ref == about
