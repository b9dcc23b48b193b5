"""What several commands ask: the worlds in which a plan may come out, and what is to be expected of a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from milepost.cli.options import Function, note
from milepost.cli.session import NothingYetError, Session
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from milepost.analyses.forecasts.outlook import Outlook
    from milepost.analyses.forecasts.worlds import Settings, Worlds
    from milepost.analyses.known import Known
    from milepost.model.item import Ref
    from milepost.model.plan import Plan


def run_options(function: Function) -> Function:
    """Which runs are drawn: the same ones give the same output."""
    seed = click.IntRange(0, 2**32 - 1)
    function = click.option("--seed", type=seed, default=1, show_default=True, metavar="N",
                            help="Another number draws other runs.")(function)  # fmt: skip
    samples = click.IntRange(100, 1_000_000)
    return click.option("--samples", type=samples, default=10_000, show_default=True, metavar="N",
                        help="How many runs.")(function)  # fmt: skip


def look_ahead(session: Session, today: date, settings: Settings, plan: Plan | None = None) -> Worlds:
    """The worlds of a plan, that of the work tree if none is given, by what accepted history says of the team.

    Without any history it is taken to be like any other. Raises where a history is not whole, or work waits for itself.
    """
    from milepost.analyses.forecasts.worlds import imagine
    from milepost.loader.plan import with_history

    plan = plan or session.plan(session.repository.work_tree())
    try:
        history = session.history
    except NothingYetError:
        return imagine(plan, today, None, settings)
    return imagine(with_history(plan, history), today, history, settings)


def learn_point(session: Session, plan: Plan) -> Known | None:
    """How many hours a point takes this team, by accepted history; None where nothing open is in points.

    History is read only where it is needed, and a schedule can do without: what is in points then has no dates.
    """
    from milepost.analyses.forecasts.experience import gain_experience
    from milepost.analyses.known import NOTHING
    from milepost.analyses.points import open_in_points
    from milepost.loader.plan import with_history

    if not open_in_points(plan):
        return None
    try:
        history = session.history
    except NothingYetError:
        return NOTHING
    except MilepostError as error:
        note(f"How long a point takes can't be told: {error.message}")
        return None
    return gain_experience(with_history(plan, history), history).point


def expect_date(session: Session, plan: Plan, item: Ref, today: date) -> Outlook | None:
    """What is to be expected of an open milestone, or a goal; None where it is something else, or nobody can know.

    For commands that tell it beside what they are for, and say nothing where it can't be had.
    """
    milestone = plan.milestone(item.id) if item.kind == "milestone" else None
    one = milestone or next((goal for goal in plan.goals if goal.ref == item), None)
    if one is None or (milestone and not milestone.status.is_open) or not _can_be_told(plan):
        return None
    from milepost.analyses.forecasts.forecast import expect
    from milepost.analyses.forecasts.worlds import Settings

    try:
        outlook = expect(look_ahead(session, today, Settings(), plan), one)
    except MilepostError:
        return None
    return outlook if outlook and outlook.days else None


def _can_be_told(plan: Plan) -> bool:
    """Whether there is anything to go by: an estimate, or as many reached milestones as it takes."""
    if any(one.estimate for one in plan.milestones) or any(task.estimate for task in plan.tasks()):
        return True
    from milepost.analyses.forecasts.lateness import ENOUGH

    return sum(milestone.finish is not None for milestone in plan.milestones) >= ENOUGH
