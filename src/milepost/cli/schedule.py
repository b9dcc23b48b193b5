"""`milepost schedule`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_among, find_item
from milepost.cli.options import format_option, note, plan_options, today_option, use_colour, write_out
from milepost.cli.prospect import learn_point
from milepost.cli.session import NothingYetError, Session
from milepost.errors import MilepostError, UsageError

if TYPE_CHECKING:
    from milepost.model.item import Ref
    from milepost.model.plan import Plan

_KINDS = ("goal", "milestone", "task")


@click.command("schedule")
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids(*_KINDS))
@click.option("--level", is_flag=True, help="Let nobody do two things at a time.")
@click.option("--backward", metavar="ID", shell_complete=complete_ids("goal", "milestone"),
              help="Count back from the date of a goal or milestone: latest starts, what to cut.")  # fmt: skip
@click.option("--by-owner", is_flag=True, help="Each person's booked hours and working hours by week.")
@click.option("--table", is_flag=True, help="Numbers instead of a chart.")
@click.option("--base", metavar="REV",
              help="Keep the order of that version when levelling.  [default: the accepted one]")  # fmt: skip
@format_option("text", "json")
@today_option
@click.option("--branch", metavar="NAME", help="The accepted branch.  [default: origin's, else main]")
@plan_options
def command(
    item: str | None, level: bool, backward: str | None, by_owner: bool, table: bool, base: str | None, form: str,
    today: date, branch: str | None, config: Path | None, folder: Path,
) -> None:  # fmt: skip
    """When everything can be done, from dependencies, people and calendar.

    \b
    milepost schedule --level                  all, with nobody in two places
    milepost schedule public-beta --level      one milestone with its tasks
    milepost schedule --backward public-beta   when each thing has to start
    milepost schedule --by-owner               whose weeks are full

    Early and late dates, float, and the path that decides the end, of the plan in the work tree. Estimates count with
    their median; what has none gets no date. Points count by what finished work in points took, by accepted history.
    The bottleneck is whoever has more work than time before what is due.
    """
    session = Session(folder, config, branch)
    plan = session.plan(session.repository.work_tree())
    if backward is not None:
        if item or table or base or by_owner:
            raise UsageError("--backward is about one goal or milestone.", f"milepost schedule --backward {backward}")
        write_out(_count_back(session, plan, find_item(backward, plan.items), today, level, form))
        return
    if base and not level:
        raise UsageError("Only a levelled schedule has an order to keep.", f"milepost schedule --level --base {base}")
    if by_owner:
        if item or table:
            raise UsageError(
                "--by-owner is about everybody's weeks, in all of the plan.", "milepost schedule --by-owner"
            )
        write_out(_book(session, plan, today, level, base, form))
        return
    only = "only goals, milestones and tasks are scheduled"
    target = find_among(item, plan.items, _KINDS, only) if item else None
    write_out(_schedule(session, plan, target, today, level, base, "table" if table and form == "text" else form))
    if not plan.milestones:
        note("The plan has no milestones yet: milepost new milestone adds one.")


def _schedule(
    session: Session, plan: Plan, target: Ref | None, today: date, level: bool, base: str | None, form: str
) -> str:
    from milepost.analyses.schedules.schedule import build_schedule
    from milepost.render.paint import Paint
    from milepost.render.schedule import render_schedule_table, render_schedule_text, rows_about
    from milepost.render.schedule_json import render_schedule_json

    before = _base(session, plan, base) if level else None
    schedule = build_schedule(plan, today, level, before, target, learn_point(session, plan))
    if target and schedule.of(target) is None and target.kind != "goal":
        raise UsageError(
            f"{target.id} is dropped, or will not be done, so it has no dates.", "milepost show " + target.id
        )
    if form == "json":
        return render_schedule_json(schedule, plan, rows_about(schedule, plan, target))
    render = render_schedule_table if form == "table" else render_schedule_text
    return render(schedule, plan, target, Paint(use_colour()))


def _book(session: Session, plan: Plan, today: date, level: bool, base: str | None, form: str) -> str:
    from milepost.analyses.schedules.load import plan_load
    from milepost.render.load import WEEKS, render_load_json, render_load_text
    from milepost.render.paint import Paint

    before = _base(session, plan, base) if level else None
    loads = plan_load(plan, today, WEEKS[form], level, before, learn_point(session, plan))
    if form == "json":
        return render_load_json(loads, plan, today)
    return render_load_text(loads, plan, today, Paint(use_colour()))


def _count_back(session: Session, plan: Plan, target: Ref, today: date, level: bool, form: str) -> str:
    from milepost.analyses.schedules.backward import plan_backward
    from milepost.render.backward import render_backward_json, render_backward_text
    from milepost.render.paint import Paint

    backward = plan_backward(plan, today, target, level, learn_point(session, plan))
    if form == "json":
        return render_backward_json(backward)
    return render_backward_text(backward, plan, Paint(use_colour()))


def _base(session: Session, plan: Plan, revision: str | None) -> Plan | None:
    """The version whose order is kept: the one asked for, else the accepted one. None where that says the same."""
    try:
        commit = session.repository.resolve(revision) if revision else session.accepted[1]
        base = session.plan(session.repository.commit_tree(commit, revision or session.accepted[0]))
    except NothingYetError:
        return None
    except MilepostError as error:
        if revision:
            raise
        note(f"The order of the accepted version can't be kept: {error.message}")
        return None
    return None if _says(base) == _says(plan) else base


def _says(plan: Plan) -> list[tuple[Ref, object]]:
    return [(ref, item.fields) for ref, item in plan.items.items()]
