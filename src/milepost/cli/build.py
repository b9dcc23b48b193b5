"""`milepost build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.bar import Bar
from milepost.cli.options import history_options, note, plan_options, today_option
from milepost.cli.session import Session

if TYPE_CHECKING:
    from milepost.model.history import History
    from milepost.model.plan import Plan

_EVERYTHING = "internal"
_PAST_RUNS, _PAST_VERSIONS = 2_000, 150  # of forecasts that are repeated: fewer than of today's, to be done in seconds


@click.command("build")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Where the site goes.  [default: site, in the repository's first folder]")  # fmt: skip
@click.option("--audience", type=click.Choice([_EVERYTHING, "public"]), default=_EVERYTHING, show_default=True,
              help="For whom: with public, items that are internal are left out.")  # fmt: skip
@today_option
@history_options
@plan_options
def command(
    output: Path | None, audience: str, today: date, branch: str | None, no_cache: bool, config: Path | None,
    folder: Path,
) -> None:  # fmt: skip
    """Build the roadmap site from the accepted plan and its history.

    The folder is replaced as a whole, and only if it holds nothing but an earlier site.
    """
    from milepost.render.escape import escape_terminal

    session = Session(folder, config, branch, not no_cache)
    target = folder / output if output else _usual_target(session, folder)
    plan, history = _part(session, audience)
    count = _publish(session, target, today, plan, history, audience)
    where = escape_terminal(str(target / "index.html"))
    click.echo(f"{count} pages from {escape_terminal(history.branch)} at {history.tip.short_id}: {where}")
    if not session.accepted_plan.milestones:
        note("The plan has no milestones yet: milepost new milestone adds one.")
    elif not plan.milestones:
        note("No milestone is public: milepost set ID audience=public makes one so.")


def _usual_target(session: Session, folder: Path) -> Path:
    """`site` beside the plan, wherever in the repository the command was started; in a bare one, where that was."""
    root = session.repository.work_folder
    if root is None or root.resolve() == folder.resolve():
        return folder / "site"
    return root / "site"


def build_site(session: Session, target: Path, today: date) -> int:
    """Builds the site of the whole plan into a folder; returns the number of its pages."""
    return _publish(session, target, today, *_part(session, _EVERYTHING), _EVERYTHING)


def _part(session: Session, audience: str) -> tuple[Plan, History]:
    """What an audience may see of the plan and of its history."""
    from milepost.analyses.audience import public_part

    plan, history = session.accepted_plan, session.history
    return (plan, history) if audience == _EVERYTHING else public_part(plan, history)


def _publish(session: Session, target: Path, today: date, plan: Plan, history: History, audience: str) -> int:
    from milepost.analyses.forecasts.prospects import foresee
    from milepost.analyses.forecasts.worlds import Settings
    from milepost.cli.publish import publish_site
    from milepost.render.site import Replay, render_site

    is_part = audience != _EVERYTHING
    shown = frozenset(plan.items) if is_part else None
    settings = Settings(samples=_PAST_RUNS)
    replay = Replay(session.replay(settings, _PAST_VERSIONS), settings)
    with Bar("Forecasting") as bar:
        ahead = foresee(session.accepted_plan, session.history, today, shown, bar.show)
    pages = render_site(plan, history, today, session.address, is_part, ahead, replay)
    with Bar("Writing pages") as bar:
        content = {page.path: page.content for page in bar.over(pages, len(plan.milestones) + len(plan.goals))}
    return publish_site(target, content)
