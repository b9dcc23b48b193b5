"""`milepost build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from milepost.cli.options import history_options, note, plan_options, today_option
from milepost.cli.session import Session


@click.command("build")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Where the site goes.  [default: site, in the repository's first folder]")  # fmt: skip
@today_option
@history_options
@plan_options
def command(
    output: Path | None, today: date, branch: str | None, no_cache: bool, config: Path | None, folder: Path
) -> None:
    """Build the roadmap site from the accepted plan and its history.

    The folder is replaced as a whole, and only if it holds nothing but an earlier site.
    """
    from milepost.render.escape import escape_terminal

    session = Session(folder, config, branch, not no_cache)
    target = folder / output if output else _usual_target(session, folder)
    count = build_site(session, target, today)
    history = session.history
    where = escape_terminal(str(target / "index.html"))
    click.echo(f"{count} pages from {escape_terminal(history.branch)} at {history.tip.short_id}: {where}")
    if not session.accepted_plan.milestones:
        note("The plan has no milestones yet: milepost new milestone adds one.")


def _usual_target(session: Session, folder: Path) -> Path:
    """`site` beside the plan, wherever in the repository the command was started; in a bare one, where that was."""
    root = session.repository.work_folder
    if root is None or root.resolve() == folder.resolve():
        return folder / "site"
    return root / "site"


def build_site(session: Session, target: Path, today: date) -> int:
    """Builds the site into a folder; returns the number of its pages."""
    from milepost.cli.publish import publish_site
    from milepost.render.site import render_site

    plan, history = session.accepted_plan, session.history
    return publish_site(
        target, {page.path: page.content for page in render_site(plan, history, today, session.address)}
    )
