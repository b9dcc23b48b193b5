"""`milepost slip`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.items import find_item
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.session import Session

if TYPE_CHECKING:
    from milepost.model.history import History
    from milepost.model.item import Ref
    from milepost.model.plan import Plan
    from milepost.render.slip import SlipReport


@click.command("slip")
@click.argument("item", metavar="[ID]", required=False)
@click.option("--chart", is_flag=True, help="Draw the slip chart: what was said, and when.")
@format_option("text", "json")
@today_option
@history_options
@plan_options
@even_of_nothing("slip")
def command(
    item: str | None, chart: bool, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """How far every milestone has moved since it was first promised.

    The total is split into accepted moves by the reason given, and what came after the last date said unannounced.
    With a milestone, every move of it; with a goal, the milestones that serve it, or a goal that does.
    """
    from milepost.render.paint import Paint
    from milepost.render.slip import render_slip_text
    from milepost.render.slip_chart import render_slip_chart
    from milepost.render.slip_json import render_slip_json

    session = Session(folder, config, branch, not no_cache)
    report = _report(session, item, today)
    if form == "json":
        write_out(render_slip_json(report, session.address))
    elif chart:
        write_out(render_slip_chart(report, Paint(use_colour())))
    else:
        write_out(render_slip_text(report, Paint(use_colour())))


def _report(session: Session, name: str | None, today: date) -> SlipReport:
    from milepost.analyses.breakdown import break_down
    from milepost.analyses.slip import measure_slips
    from milepost.render.slip import SlipReport

    history, plan = session.history, session.accepted_plan
    slips = measure_slips(history)
    open_ = {milestone.ref for milestone in plan.milestones if milestone.status.is_open}
    found = {slip.item: one for slip in slips if (one := break_down(slip, slip.item in open_, today))}
    asked = _asked(history, name) if name is not None else None
    compared = _compared(plan, asked)
    titles: dict[Ref, str] = {slip.item: plan.title_of(slip.item) for slip in slips}
    shown = tuple(
        one for ref, one in found.items() if (ref.kind == "milestone" if compared is None else ref in compared)
    )
    return SlipReport(today, shown, titles, found.get(asked) if asked else None)


def _asked(history: History, name: str) -> Ref:
    """The item that was named, whether or not it ever had a date."""
    return find_item(name, history.ever, history.former_ids)


def _compared(plan: Plan, asked: Ref | None) -> set[Ref] | None:
    """Of a goal the milestones that serve it, else the one item asked for; None for every milestone."""
    if asked is None:
        return None
    if asked.kind == "goal":
        return {milestone.ref for milestone in plan.serving(asked.id)}
    return {asked}
