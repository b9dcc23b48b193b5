"""`milepost sprint`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.completion import complete_ids
from milepost.cli.items import find_among
from milepost.cli.nothing import even_of_nothing
from milepost.cli.options import format_option, history_options, plan_options, today_option, use_colour, write_out
from milepost.cli.session import NothingYetError, Session
from milepost.errors import UsageError

if TYPE_CHECKING:
    from milepost.model.plan import Plan
    from milepost.model.sprint import Sprint

_LONGEST = 366  # days
_CORRECT = "milepost check --rule sprint-length"


@click.command("sprint")
@click.argument(
    "what", metavar="[plan|status|review]", type=click.Choice(("plan", "status", "review")), default="status"
)
@click.argument("item", metavar="[ID]", required=False, shell_complete=complete_ids("sprint"))
@format_option("text", "json")
@today_option
@history_options
@plan_options
@even_of_nothing("sprint-{what}")
def command(
    what: str, item: str | None, form: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """Plan, follow and review a sprint.

    \b
    milepost sprint plan      what fits into the next one, and what to type
    milepost sprint plan ID   what else fits into that one
    milepost sprint status    the burn-down, what is held up, what changed lately
    milepost sprint review    what was finished, what is left over, the velocity

    Alone it is `status`. Without an ID, `status` is about the sprint that runs, and `review` about the one that ended
    last.

    `plan` reads the plan as it is in the work tree; what past sprints did comes from accepted history, as all else.
    """
    session = Session(folder, config, branch, not no_cache)
    write_out({"plan": _plan, "status": _status, "review": _review}[what](session, item, today, form))


def _plan(session: Session, name: str | None, today: date, form: str) -> str:
    from milepost.analyses.sprints.proposal import propose_sprint
    from milepost.render.paint import Paint
    from milepost.render.sprint_plan import render_proposal_json, render_proposal_text

    plan = session.present_plan
    sprint = _dated(_find(plan, name)) if name else None
    if sprint and sprint.end and sprint.end < today:
        raise UsageError(f"The sprint {sprint.id} ended on {sprint.end}.", f"milepost sprint review {sprint.id}")
    proposal = propose_sprint(
        plan, session.courses(today), _days(plan, sprint, today), sprint, today, session.focus(plan)
    )
    if form == "json":
        return render_proposal_json(proposal, plan)
    return render_proposal_text(proposal, plan, Paint(use_colour()))


def _status(session: Session, name: str | None, today: date, form: str) -> str:
    from milepost.analyses.sprints.status import measure_status
    from milepost.render.paint import Paint
    from milepost.render.sprint_status import render_status_json, render_status_text

    plan = session.accepted_plan
    status = measure_status(plan, session.history, _choose(plan, name, today, is_over=False), today)
    return render_status_json(status, plan) if form == "json" else render_status_text(status, plan, Paint(use_colour()))


def _review(session: Session, name: str | None, today: date, form: str) -> str:
    from milepost.analyses.sprints.course import follow_sprints
    from milepost.analyses.sprints.review import review_sprint
    from milepost.render.paint import Paint
    from milepost.render.sprint_review import render_review_json, render_review_text

    plan = session.accepted_plan
    sprint = _choose(plan, name, today, is_over=True)
    review = review_sprint(plan, follow_sprints(plan, session.history, today), sprint)
    if review is None:
        raise NothingYetError(f"The sprint {sprint.id} begins on {sprint.start}: there is nothing to review yet.", None)
    if form == "json":
        return render_review_json(review, plan)
    return render_review_text(review, plan, today, Paint(use_colour()))


def _choose(plan: Plan, name: str | None, today: date, is_over: bool) -> Sprint:
    """The sprint that was named, or the one that is meant without a name."""
    from milepost.analyses.sprints.status import choose_sprint

    if name:
        return _dated(_find(plan, name))
    if sprint := choose_sprint(plan.sprints, today, is_over):
        return sprint
    if plan.sprints:
        return _dated(plan.sprints[0])
    raise NothingYetError("There is no sprint in the accepted plan yet.", "milepost sprint plan   proposes one")


def _find(plan: Plan, name: str) -> Sprint:
    known = {sprint.ref: sprint for sprint in plan.sprints}
    return known[find_among(name, plan.items, ("sprint",), "only sprints are planned, followed and reviewed")]


def _dated(sprint: Sprint) -> Sprint:
    from milepost.analyses.sprints.course import is_dated

    if not is_dated(sprint):
        message = f"The sprint {sprint.id} has no first and last day that a sprint can have."
        raise UsageError(message, f"milepost set {sprint.id} start=DATE end=DATE")
    return sprint


def _days(plan: Plan, sprint: Sprint | None, today: date) -> tuple[date, date]:
    """First and last day: of the sprint, or of the one that would come next."""
    if sprint:
        return sprint.start or today, sprint.end or today
    try:
        start, end = _upcoming(plan, today)
    except OverflowError:
        raise UsageError("The last sprint ends where the calendar does, so none can follow it.", _CORRECT) from None
    if (end - start).days > _LONGEST:
        raise UsageError("The last sprint is longer than a year, so the next one would be as long.", _CORRECT)
    return start, end


def _upcoming(plan: Plan, today: date) -> tuple[date, date]:
    from milepost.analyses.sprints.upcoming import next_sprint

    days = next_sprint(plan, None, today, guess=True)
    if days["end"] < today.isoformat():  # nobody has planned for a while: from today on, on the same day of the week
        start = today + timedelta(days=(date.fromisoformat(days["start"]).weekday() - today.weekday()) % 7)
        days = next_sprint(plan, start.isoformat(), today, guess=True)
    return date.fromisoformat(days["start"]), date.fromisoformat(days["end"])
