"""`milepost slip`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.session import Session, find_item

if TYPE_CHECKING:
    from milepost.model.item import Ref
    from milepost.render.slip import SlipReport


@click.command("slip")
@click.argument("item", metavar="[ID]", required=False)
@click.option("--chart", is_flag=True, help="Draw the slip chart: what was said, and when.")
@format_option("text", "json")
@today_option
@history_options
@plan_options
def command(
    item: str | None, chart: bool, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """How far every milestone has moved since it was first promised.

    The total is split into accepted moves by the reason given, and what came after the last date said unannounced.
    """
    from milepost.render.paint import Paint
    from milepost.render.slip import render_slip_json, render_slip_text
    from milepost.render.slip_chart import render_slip_chart

    report = _report(Session(folder, config, branch, not no_cache), item, today)
    if form == "json":
        write_out(render_slip_json(report))
    elif chart:
        write_out(render_slip_chart(report, today, Paint(use_colour())))
    else:
        write_out(render_slip_text(report, Paint(use_colour())))


def _report(session: Session, name: str | None, today: date) -> SlipReport:
    from milepost.analyses.breakdown import break_down
    from milepost.analyses.slip import measure_slips
    from milepost.cli.log import former_ids
    from milepost.render.slip import SlipReport

    history, plan = session.history, session.accepted_plan
    slips = [slip for slip in measure_slips(history) if slip.item.kind == "milestone" or name]
    if name is not None:
        ref = find_item(name, [slip.item for slip in slips], former_ids(history))
        slips = [slip for slip in slips if slip.item == ref]
    titles: dict[Ref, str] = {slip.item: plan.title_of(slip.item) for slip in slips}
    open_ = {milestone.ref for milestone in plan.milestones if milestone.status.is_open}
    found = (break_down(slip, slip.item in open_, today) for slip in slips)
    return SlipReport(tuple(one for one in found if one), titles)
