"""`milepost show`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_item
from milepost.cli.options import format_option, note, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import expect_date
from milepost.cli.session import Session
from milepost.errors import UsageError
from milepost.model.former import retired_ids


@click.command("show")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids())
@click.option("--ids", is_flag=True, help="List every id with its kind and title, one in a line.")
@format_option("text", "json", "codeowners")
@today_option
@plan_options
def command(item: str | None, ids: bool, form: str, today: date, config: Path | None, folder: Path) -> None:
    """Show the plan, or one item, as it is in the work tree. An item is found by ids that it had before, too.

    --format codeowners prints lines for CODEOWNERS, by which GitHub asks the owner of an item to review its changes.
    """
    from milepost.render.chances import outlook_record
    from milepost.render.paint import Paint
    from milepost.render.show import item_record, render_ids, render_item_text, render_plan_json, render_plan_text
    from milepost.render.words import to_json

    session = Session(folder, config)
    plan = session.plan(session.repository.work_tree())
    paint = Paint(use_colour())
    if ids:
        if item is not None or form != "text":
            raise UsageError("--ids is about the whole plan, as text.", "milepost show --ids")
        write_out(render_ids(plan))
        return
    if form == "codeowners":
        if item is not None:
            raise UsageError("CODEOWNERS is about the whole plan.", "milepost show --format codeowners")
        from milepost.render.codeowners import render_codeowners

        write_out(render_codeowners(plan))
        return
    if item is not None:
        found = plan.items[find_item(item, plan.items, retired_ids(plan.items))]
        outlook = expect_date(session, plan, found.ref, today)
        if form == "json":
            expected = {"forecast": outlook_record(outlook)} if outlook else {}
            write_out(to_json({**item_record(found), **expected}))
        else:
            write_out(render_item_text(found, plan, paint, outlook))
        return
    write_out(render_plan_json(plan) if form == "json" else render_plan_text(plan, today, paint))
    if not plan.milestones:
        note("The plan has no milestones yet: milepost new milestone adds the first.")
